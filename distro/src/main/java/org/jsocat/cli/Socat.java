package org.jsocat.cli;

import org.jsocat.cli.Invocation.LogTarget;
import org.jsocat.cli.log.LogOutput;
import org.jsocat.cli.log.Syslog;
import org.jsocat.cli.plugins.PluginFolders;
import org.jsocat.cli.plugins.Plugins;
import org.jsocat.core.Catalog;
import org.jsocat.core.LockFile;
import org.jsocat.core.Session;
import org.jsocat.core.SessionListener;
import org.jsocat.core.relay.Relay;
import org.jsocat.core.relay.RelaySettings;
import org.jsocat.spi.AddressException;
import org.jsocat.spi.Endpoint;
import org.jsocat.spi.posix.Libc;
import org.jsocat.spi.posix.Linux;
import org.jsocat.spi.posix.NativeStrings;
import org.jsocat.spi.posix.Platform;
import org.jsocat.spi.posix.PosixException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The command {@code socat}. */
public final class Socat {
    private static final int SIGNAL_STATUS = 128;

    private final Invocation invocation;
    private final Logger log;
    private boolean switchedToSyslog;

    private Socat(Invocation invocation, Logger log) {
        this.invocation = invocation;
        this.log = log;
    }

    /** Runs the command and ends the JVM with its exit status. */
    public static void main(String[] args) {
        Platform.prepare();
        int status = run(NativeStrings.arguments(args));
        Libc.exit(status);
    }

    /** Runs the command; returns its exit status. */
    static int run(String... args) {
        Map<String, String> environment = System.getenv();
        pause(environment.get("SOCAT_MAIN_WAIT"));
        String programName = System.getProperty("jsocat.program", "socat");
        LogOutput output = LogOutput.instance();
        output.programName(programName);
        Logger log = LoggerFactory.getLogger("socat");
        try {
            Invocation invocation = SocatOptions.parse(programName, List.of(args), environment);
            output.threshold(invocation.threshold());
            return new Socat(invocation, log).run();
        } catch (UsageException wrong) {
            if (wrong.isHint()) {
                print(2, wrong.getMessage() + "\n");
            } else {
                log.error(wrong.getMessage());
            }
            return 1;
        } catch (AddressException | PosixException failure) {
            log.error(failure.getMessage());
            return 1;
        }
    }

    private static void pause(String seconds) {
        if (seconds != null && !seconds.isEmpty()) {
            try {
                Thread.sleep(1000 * Numeral.whole("SOCAT_MAIN_WAIT", seconds));
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static void print(int fd, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        for (int done = 0; done < bytes.length; ) {
            long count = Libc.write(fd, bytes, done, bytes.length - done);
            if (count < 0) {
                return;
            }
            done += (int) count;
        }
    }

    private int run() {
        switch (invocation.action()) {
            case VERSION -> print(1, Version.text(catalog()));
            case HELP -> print(1, Help.text(catalog(), 0));
            case HELP_OPTIONS -> print(1, Help.text(catalog(), 1));
            case HELP_ALL -> print(1, Help.text(catalog(), 2));
            case RELAY -> {
                return relay();
            }
        }
        return 0;
    }

    private int relay() {
        if (invocation.addresses().size() != 2) {
            throw new UsageException(
                    "exactly 2 addresses required (there are "
                            + invocation.addresses().size()
                            + "); use option \"-h\" for help");
        }
        setUpLog();
        Session session = session();
        installSignals(session);
        invocation.lock().ifPresent(this::lock);
        int status = session.run(invocation.addresses().get(0), invocation.addresses().get(1));
        session.end();
        finish(session);
        log.info(session.hasFailed() ? "exit({})" : "exiting with status {}", status);
        return status;
    }

    private Catalog catalog() {
        Optional<String> home = Optional.ofNullable(System.getProperty("jsocat.home"));
        return Plugins.catalog(
                PluginFolders.of(System.getenv(), home, invocation.pluginPath()), log);
    }

    private Session session() {
        RelaySettings plain = invocation.relaySettings();
        RelaySettings settings =
                new RelaySettings(
                        plain.direction(),
                        plain.bufferSize(),
                        plain.closeTimeout(),
                        plain.inactivityTimeout(),
                        Taps.of(invocation, log),
                        plain.sloppy());
        return new Session(catalog(), invocation.settings(), settings, invocation.anyGroup(), log)
                .listener(new Progress());
    }

    /** What the command line wants done as the session goes on. */
    private final class Progress implements SessionListener {
        @Override
        public void listening() {
            switchToSyslog();
        }

        @Override
        public void transferring(Endpoint left, Endpoint right) {
            if (invocation.describe()) {
                print(2, DescriptorReport.of(left, right));
            }
            switchToSyslog();
            String wait = System.getenv("SOCAT_TRANSFER_WAIT");
            if (wait != null) {
                log.debug("before starting data transfer loop: sleeping {}s (env:SOCAT_TRANSFER_WAIT)", wait);
                pause(wait);
            }
        }
    }

    /** Ends the first part of mixed logging, once. */
    private synchronized void switchToSyslog() {
        if (invocation.log().kind() == LogTarget.Kind.MIXED && !switchedToSyslog) {
            log.debug("switching to syslog");
            LogOutput.instance().syslog(syslog());
            switchedToSyslog = true;
        }
    }

    private void setUpLog() {
        LogOutput output = LogOutput.instance();
        LogTarget target = invocation.log();
        output.programName(invocation.settings().programName());
        output.microseconds(target.microseconds());
        if (target.hostName()) {
            String name = System.getenv("HOSTNAME");
            output.hostName(name != null ? name : Libc.gethostname());
        }
        switch (target.kind()) {
            case STDERR, MIXED -> {}
            case SYSLOG -> output.syslog(syslog());
            case FILE ->
                    output.descriptor(
                            PosixException.check(
                                    Libc.open(
                                            target.name(),
                                            Linux.O_CREAT
                                                    | Linux.O_WRONLY
                                                    | Linux.O_APPEND
                                                    | Linux.O_CLOEXEC,
                                            0666),
                                    () -> "cannot open log file \"" + target.name() + "\""));
        }
    }

    private Syslog syslog() {
        String facility = invocation.log().name();
        return Syslog.ofFacility(facility)
                .orElseThrow(
                        () ->
                                new UsageException(
                                        "unknown syslog facility \""
                                                + facility
                                                + "\"; "
                                                + String.join(", ", Syslog.facilities())
                                                + " are accepted"));
    }

    private void lock(Invocation.Lock lock) {
        if (!LockFile.obtain(lock.path(), lock.waits(), log)) {
            throw new UsageException("could not obtain lock \"" + lock.path() + "\"");
        }
    }

    private void installSignals(Session session) {
        Signals.handle(
                invocation.signals(),
                number -> {
                    if (number == Signals.SIGUSR1) {
                        statistics(session);
                    } else if (!session.pass(number)) {
                        endBySignal(number, session);
                    }
                });
    }

    private void endBySignal(int number, Session session) {
        log.info("socat_signal(): handling signal {}", number);
        switch (number) {
            case Signals.SIGTERM -> log.warn("exiting on signal {}", number);
            case Signals.SIGHUP, Signals.SIGINT -> log.info("exiting on signal {}", number);
            default -> log.error("exiting on signal {}", number);
        }
        session.end();
        finish(session);
        log.info("exit({})", SIGNAL_STATUS + number);
        Libc.exit(SIGNAL_STATUS + number);
    }

    /** What is left to do however the program ends. */
    private void finish(Session session) {
        if (invocation.statistics()) {
            statistics(session);
        }
        invocation.lock().ifPresent(lock -> LockFile.release(lock.path(), log));
    }

    private void statistics(Session session) {
        List<Relay> relays = session.relays();
        if (relays.isEmpty()) {
            log.warn("transfer engine not yet started, statistics not available");
            return;
        }
        log.warn("statistics are experimental");
        LogOutput output = LogOutput.instance();
        output.always(
                Level.DEBUG,
                () -> {
                    for (Relay relay : relays) {
                        Statistics.lines(relay, invocation.direction()).forEach(log::debug);
                    }
                });
    }
}
