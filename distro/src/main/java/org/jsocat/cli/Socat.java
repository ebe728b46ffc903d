package org.jsocat.cli;

import org.jsocat.cli.Invocation.LogTarget;
import org.jsocat.cli.log.LogOutput;
import org.jsocat.cli.log.Syslog;
import org.jsocat.cli.plugins.PluginException;
import org.jsocat.cli.plugins.PluginFolders;
import org.jsocat.cli.plugins.Plugins;
import org.jsocat.core.option.LockFile;
import org.jsocat.core.plan.Catalog;
import org.jsocat.core.plan.PlannedPair;
import org.jsocat.core.relay.RelaySettings;
import org.jsocat.core.run.Session;
import org.jsocat.core.run.SessionListener;
import org.jsocat.spi.AddressException;
import org.jsocat.spi.Endpoint;
import org.jsocat.spi.RelayInfo;
import org.jsocat.spi.RelayListener;
import org.jsocat.spi.posix.CallTrace;
import org.jsocat.spi.posix.Fd;
import org.jsocat.spi.posix.Libc;
import org.jsocat.spi.posix.Linux;
import org.jsocat.spi.posix.NativeStrings;
import org.jsocat.spi.posix.PosixException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The command {@code socat}. */
public final class Socat {
    private static final int STDERR = 2;
    private static final int SIGNAL_STATUS = 128;

    private final List<String> arguments;
    private final Invocation invocation;
    private final Logger log;
    private final Optional<TransferMeter> meter;
    private boolean switchedToSyslog;
    private boolean draining;
    private volatile LockFile heldLock;

    private Socat(List<String> arguments, Invocation invocation, Logger log) {
        this.arguments = arguments;
        this.invocation = invocation;
        this.log = log;
        meter =
                invocation.progress() && Libc.isatty(STDERR) == 1
                        ? Optional.of(
                                new TransferMeter(
                                        invocation.direction(), text -> print(STDERR, text)))
                        : Optional.empty();
    }

    /** Runs the command and ends the JVM with its exit status. */
    public static void main(String[] args) {
        int status = run(Startup.begin(args));
        Libc.exit(status);
    }

    /** Runs the command; returns its exit status. */
    static int run(String... args) {
        Map<String, String> environment = System.getenv();
        pause(environment.get("SOCAT_MAIN_WAIT"));
        String programName = System.getProperty("jsocat.program", "socat");
        LogOutput.instance().programName(programName);
        Logger log = LoggerFactory.getLogger("socat");
        List<String> arguments = List.of(args);
        try {
            Invocation invocation = SocatOptions.parse(programName, arguments, environment);
            return new Socat(arguments, invocation, log).run();
        } catch (UsageException | AddressException | PosixException | PluginException failure) {
            log.error(failure.getMessage());
        } catch (OutOfMemoryError failure) {
            // Of threads too: RLIMIT_NPROC.
            log.error("not enough memory or processes: {}", failure.getMessage());
        } catch (RuntimeException | StackOverflowError failure) {
            log.error("internal error: {}", failure.toString(), failure);
        }
        log.info("exit({})", 1);
        return 1;
    }

    private static void pause(String seconds) {
        if (seconds != null) {
            try {
                Thread.sleep(Math.max(0, 1000L * Numeral.leading(seconds)));
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static void print(int fd, String text) {
        LogOutput.write(fd, NativeStrings.encode(text));
    }

    private int run() {
        LogOutput.instance().threshold(invocation.threshold());
        if (invocation.threshold() == Level.TRACE) {
            CallTrace.to(log::trace);
        }
        if (!invocation.mistakes().isEmpty()) {
            return refuse();
        }
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

    /**
     * Tells what is wrong with the options, and with the addresses behind them if they can be told
     * from options.
     */
    private int refuse() {
        setUpLog();
        for (UsageException mistake : invocation.mistakes()) {
            if (mistake.isHint()) {
                print(STDERR, mistake.getMessage() + "\n");
            } else {
                log.error(mistake.getMessage());
            }
        }
        if (invocation.addresses().size() == 2) {
            session()
                    .plan(invocation.addresses().get(0), invocation.addresses().get(1))
                    .problems()
                    .forEach(log::error);
        }
        log.info("exit({})", 1);
        return 1;
    }

    private int relay() {
        setUpLog();
        Session session = session();
        installSignals(session);
        Optional<Fd> worker = WorkerProcess.channel();
        if (worker.isPresent()) {
            return serve(session, worker.get());
        }
        session.workers(new WorkerProcess(arguments));
        invocation.lock().ifPresent(this::lock);
        int status = session.run(invocation.addresses().get(0), invocation.addresses().get(1));
        session.end();
        log.info(session.hasFailed() ? "exit({})" : "exiting with status {}", status);
        finish(session);
        return status;
    }

    /** This process is another one's worker. */
    private int serve(Session session, Fd channel) {
        PlannedPair addresses =
                session.plan(invocation.addresses().get(0), invocation.addresses().get(1));
        int status = session.serve(addresses, channel);
        session.end();
        return status;
    }

    private Catalog catalog() {
        Optional<String> home = Optional.ofNullable(System.getProperty("jsocat.home"));
        return Plugins.catalog(
                PluginFolders.of(System.getenv(), home, invocation.pluginPath()), log);
    }

    private Session session() {
        RelaySettings settings = invocation.relaySettings(Taps.of(invocation, log));
        Session session =
                new Session(catalog(), invocation.settings(), settings, invocation.anyGroup(), log)
                        .listener(new Progress());
        if (meter.isPresent() || invocation.statistics().isPresent()) {
            session.listener(new Counting());
        }
        if (invocation.sessionLog()) {
            session.listener(new SessionLog(line -> print(STDERR, line)));
        }
        return session;
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
                print(STDERR, DescriptorReport.of(left, right, log::warn));
            }
            meter.ifPresent(shown -> shown.expect(left));
            switchToSyslog();
            String wait = System.getenv("SOCAT_TRANSFER_WAIT");
            if (wait != null) {
                log.debug(
                        "before starting data transfer loop: sleeping {}s"
                                + " (env:SOCAT_TRANSFER_WAIT)",
                        Numeral.leading(wait));
                pause(wait);
            }
        }
    }

    /** Counts what relays move, for those who asked for that. */
    private final class Counting implements RelayListener {
        private final Set<RelayInfo> open = ConcurrentHashMap.newKeySet();

        @Override
        public void opened(RelayInfo relay) {
            open.add(relay);
            meter.ifPresent(shown -> shown.started(relay));
        }

        @Override
        public void ended(RelayInfo relay) {
            if (!open.remove(relay)) {
                return;
            }
            meter.ifPresent(shown -> shown.ended(relay));
            if (relay.forked() && invocation.statistics().isPresent()) {
                statistics(List.of(relay));
            }
        }

        @Override
        public void failed(RelayInfo relay, Throwable cause) {
            ended(relay);
        }
    }

    /** Ends the first part of mixed logging, once. */
    private synchronized void switchToSyslog() {
        if (invocation.log().later().isPresent() && !switchedToSyslog) {
            log.debug("switching to syslog");
            LogOutput.instance().descriptor(-1);
            LogOutput.instance().syslog(Syslog.ofFacility(invocation.log().later().get()));
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
        target.file().ifPresent(file -> output.descriptor(logFile(file)));
        if (target.syslog().isPresent()) {
            output.syslog(Syslog.ofFacility(target.syslog().get()));
            if (!target.stderr() && target.file().isEmpty()) {
                output.descriptor(-1);
            }
        }
    }

    private static int logFile(String path) {
        int flags = Linux.O_CREAT | Linux.O_WRONLY | Linux.O_APPEND | Linux.O_CLOEXEC;
        return PosixException.check(
                Libc.open(path, flags, 0666), () -> "cannot open log file \"" + path + "\"");
    }

    private void lock(Invocation.Lock lock) {
        heldLock =
                LockFile.obtain(lock.path(), lock.waits(), log)
                        .orElseThrow(
                                () ->
                                        new UsageException(
                                                "could not obtain lock \"" + lock.path() + "\""));
    }

    private void installSignals(Session session) {
        Signals.handle(
                invocation.signals(),
                number -> {
                    if (number == Signals.SIGUSR1) {
                        log.info("socat_signal_logstats(): handling signal {}", number);
                        statistics(session.relays());
                        log.info("socat_signal_logstats(): finishing signal {}", number);
                    } else if (!session.pass(number) && !drain(number, session)) {
                        endBySignal(number, session);
                    }
                });
    }

    /**
     * Lets what runs end, at most for the time that {@code --drain} gives, where this is the first
     * signal that asks the program to end.
     *
     * @return false where it is to end at once
     */
    private synchronized boolean drain(int number, Session session) {
        boolean asks =
                number == Signals.SIGTERM || number == Signals.SIGINT || number == Signals.SIGHUP;
        if (!asks || draining || invocation.drain().isEmpty()) {
            return false;
        }
        draining = true;
        Duration most = invocation.drain().get();
        if (most.isZero() || !session.drain()) {
            return false;
        }
        log.warn("draining on signal {}, at most {} s", number, most.toMillis() / 1000.0);
        Thread.ofPlatform()
                .daemon()
                .name("drain")
                .start(
                        () -> {
                            sleep(most);
                            endBySignal(number, session);
                        });
        return true;
    }

    private static void sleep(Duration time) {
        try {
            Thread.sleep(time);
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
    }

    private void endBySignal(int number, Session session) {
        log.info("socat_signal(): handling signal {}", number);
        boolean expected = true;
        switch (number) {
            case Signals.SIGTERM -> log.warn("exiting on signal {}", number);
            case Signals.SIGHUP, Signals.SIGINT -> log.info("exiting on signal {}", number);
            default -> {
                log.error("exiting on signal {}", number);
                expected = false;
            }
        }
        if (expected) {
            log.info("socat_signal(): finishing signal {}", number);
        }
        log.info("exit({})", SIGNAL_STATUS + number);
        session.end();
        finish(session);
        Libc.exit(SIGNAL_STATUS + number);
    }

    /** What is left to do however the program ends. */
    private void finish(Session session) {
        meter.ifPresent(TransferMeter::close);
        if (invocation.statistics().isPresent()) {
            statistics(session.relays());
        }
        LockFile lock = heldLock;
        if (lock != null) {
            lock.release();
        }
    }

    private synchronized void statistics(List<RelayInfo> relays) {
        if (relays.isEmpty()) {
            log.warn("transfer engine not yet started, statistics not available");
            return;
        }
        if (invocation.statistics().equals(Optional.of(Statistics.Form.JSON))) {
            relays.forEach(relay -> print(STDERR, Statistics.json(relay)));
            return;
        }
        LogOutput.instance()
                .always(
                        Level.DEBUG,
                        () -> {
                            log.warn("statistics are experimental");
                            for (RelayInfo relay : relays) {
                                Statistics.lines(relay, invocation.direction()).forEach(log::debug);
                            }
                        });
    }
}
