package org.jsocat.cli;

import org.jsocat.cli.descriptors.DescriptorFacts;
import org.jsocat.cli.descriptors.Inherited;
import org.jsocat.cli.descriptors.Inspector;
import org.jsocat.cli.descriptors.JsonForm;
import org.jsocat.cli.descriptors.LongForm;
import org.jsocat.cli.descriptors.OtherProcess;
import org.jsocat.cli.descriptors.ShortForm;
import org.jsocat.cli.log.LogOutput;
import org.jsocat.spi.posix.Errno;
import org.jsocat.spi.posix.Libc;
import org.jsocat.spi.posix.Linux;
import org.jsocat.spi.posix.NativeStrings;
import org.jsocat.spi.posix.PosixException;
import org.jsocat.spi.posix.SignalPipe;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;

/** The command {@code filan}: what the file descriptors are that it was started with. */
public final class Filan {
    static final String PURPOSE = "Tells what file descriptors are.";

    private static final int SIGWINCH = 28;
    private static final Level[] LEVELS = {Level.WARN, Level.INFO, Level.DEBUG, Level.TRACE};

    private final FilanOptions options;

    /** Where the text goes; -1 for an open file is not told from descriptors of the caller. */
    private int output = 1;

    /** The number that the opened output file has in the list; -1 where there is none. */
    private int outputNumber = -1;

    private Filan(FilanOptions options) {
        this.options = options;
    }

    /** Runs the command and ends the JVM with its exit status. */
    public static void main(String[] args) {
        Libc.exit(run(Startup.begin(args)));
    }

    /** Runs the command; returns its exit status. */
    static int run(String... args) {
        LogOutput.instance().programName(System.getProperty("jsocat.program", "filan"));
        try {
            new Filan(FilanOptions.parse(List.of(args))).run();
            return 0;
        } catch (FilanOptions.UnknownOption unknown) {
            log(Level.ERROR).accept(unknown.getMessage());
            LogOutput.write(2, NativeStrings.encode(help()));
        } catch (UsageException | PosixException failure) {
            log(Level.ERROR).accept(failure.getMessage());
        }
        return 1;
    }

    private static Consumer<String> log(Level level) {
        // SLF4J is loaded for the first line only
        return message -> LoggerFactory.getLogger("filan").atLevel(level).log(message);
    }

    private static String help() {
        return ToolOption.help("filan", PURPOSE, FilanOptions.ROWS);
    }

    private void run() {
        if (options.help) {
            LogOutput.write(1, NativeStrings.encode(help()));
            return;
        }
        if (options.version) {
            LogOutput.write(1, NativeStrings.encode(Version.text("filan")));
            return;
        }
        LogOutput.instance().threshold(LEVELS[Math.min(options.verbosity, LEVELS.length - 1)]);
        options.output.ifPresent(this::openOutput);
        if (!options.delay.isZero()) {
            pause();
        }
        print();
        if (options.repeat) {
            SignalPipe.install(new int[] {SIGWINCH}, signal -> print());
            forever();
        }
    }

    private void pause() {
        try {
            Thread.sleep(options.delay);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private static void forever() {
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void openOutput(String name) {
        switch (name) {
            case "stdin" -> output = 0;
            case "stdout" -> output = 1;
            case "stderr" -> output = 2;
            default -> {
                if (name.startsWith("+")) {
                    output = FilanOptions.number("-o", name.substring(1));
                    checkWritable(output);
                } else {
                    int flags = Linux.O_WRONLY | Linux.O_CREAT | Linux.O_TRUNC;
                    output = Libc.open(name, flags, 0666);
                    if (output < 0) {
                        String cause = Errno.text(-output);
                        throw new UsageException("can't fopen '" + name + "': " + cause);
                    }
                    Libc.fcntl(output, Linux.F_SETFD, 0);
                    outputNumber = Inherited.lowestFree(0);
                }
            }
        }
    }

    private static void checkWritable(int fd) {
        int flags = Inherited.has(fd) ? Libc.fcntl(fd, Linux.F_GETFL, 0) : -Errno.EBADF;
        if (flags >= 0 && (flags & Linux.O_ACCMODE) == Linux.O_RDONLY) {
            flags = -Errno.EINVAL;
        }
        if (flags < 0) {
            String cause = Errno.text(-flags);
            throw new UsageException("can't fdopen file descriptor " + fd + ": " + cause);
        }
    }

    private synchronized void print() {
        Consumer<String> warnings = log(Level.WARN);
        String text;
        if (options.file.isPresent()) {
            text = file(options.file.get(), warnings);
        } else if (options.pid.isPresent()) {
            try (OtherProcess process = new OtherProcess(options.pid.getAsInt())) {
                text = process(process, warnings);
            }
        } else {
            text = descriptors(warnings);
        }
        LogOutput.write(output, NativeStrings.encode(text));
    }

    private String file(String path, Consumer<String> warnings) {
        if (options.style != 0 && !options.json) {
            ShortForm form = new ShortForm(options.style == 'S', warnings);
            form.add(path);
            return form.text();
        }
        int number = Inherited.lowestFree(outputNumber < 0 ? 0 : outputNumber + 1);
        return text(List.of(new Inspector(warnings).file(path, options.follow, number)));
    }

    private String descriptors(Consumer<String> warnings) {
        boolean one = options.limit == options.first;
        int limit = one ? options.first + 1 : options.limit;
        boolean brief = options.style != 0 && !options.json;
        ShortForm form = new ShortForm(options.style == 'S', warnings);
        Inspector inspector = new Inspector(warnings);
        List<DescriptorFacts> found = new ArrayList<>();
        for (int number = options.first; number < limit; number++) {
            int fd = number == outputNumber ? output : number;
            if (fd == number && !Inherited.has(number)) {
                inspector.closed();
            } else if (brief) {
                form.add(fd, one ? Optional.empty() : Optional.of(number));
            } else {
                int shown = number;
                inspector.descriptor(fd).map(facts -> facts.as(shown)).ifPresent(found::add);
            }
        }
        return brief ? form.text() : text(found);
    }

    private String process(OtherProcess process, Consumer<String> warnings) {
        boolean one = options.bounded && options.limit == options.first;
        int limit = !options.bounded ? Integer.MAX_VALUE : one ? options.first + 1 : options.limit;
        boolean brief = options.style != 0 && !options.json;
        ShortForm form = new ShortForm(options.style == 'S', warnings);
        Inspector inspector = new Inspector(warnings);
        List<DescriptorFacts> found = new ArrayList<>();
        for (int number : process.numbers()) {
            if (number < options.first || number >= limit) {
                continue;
            }
            if (brief) {
                Optional<Integer> shown = one ? Optional.empty() : Optional.of(number);
                process.brief(number, shown, form);
            } else {
                process.descriptor(number, inspector).ifPresent(found::add);
            }
        }
        if (process.isRestricted()) {
            warnings.accept(
                    "process "
                            + options.pid.getAsInt()
                            + " must not be traced: only what /proc tells about its descriptors is"
                            + " shown");
        }
        return brief ? form.text() : text(found);
    }

    private String text(List<DescriptorFacts> found) {
        if (options.json) {
            List<Map<String, Object>> objects = new ArrayList<>();
            found.forEach(facts -> objects.add(JsonForm.of(facts)));
            return Json.text(objects);
        }
        LongForm form = new LongForm(options.raw);
        found.forEach(form::add);
        return form.text();
    }
}
