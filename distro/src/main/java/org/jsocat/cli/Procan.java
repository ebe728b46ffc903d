package org.jsocat.cli;

import org.jsocat.cli.log.LogOutput;
import org.jsocat.cli.process.Constants;
import org.jsocat.cli.process.HostReport;
import org.jsocat.cli.process.ProcessReport;
import org.jsocat.spi.posix.Libc;
import org.jsocat.spi.posix.NativeStrings;
import org.jsocat.spi.posix.PosixException;
import org.slf4j.LoggerFactory;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/** The command {@code procan}: what the process is that it was started as, and the host. */
public final class Procan {
    static final String PURPOSE = "Tells what a process is, and the constants of the system.";

    static final List<ToolOption> ROWS =
            List.of(
                    new ToolOption("-c", "", "constants of the system's C interface"),
                    new ToolOption("--json", "", "print JSON"),
                    new ToolOption("--pid", "PID", "another process"),
                    new ToolOption("-h", "", "print this help; also -?"),
                    new ToolOption("-V", "", "print the version"));

    private boolean constants;
    private boolean json;
    private OptionalInt pid = OptionalInt.empty();

    private Procan() {}

    /** Runs the command and ends the JVM with its exit status. */
    public static void main(String[] args) {
        Libc.exit(run(Startup.begin(args)));
    }

    /** Runs the command; returns its exit status. */
    static int run(String... args) {
        LogOutput.instance().programName(System.getProperty("jsocat.program", "procan"));
        try {
            return new Procan().run(List.of(args));
        } catch (UsageException | PosixException failure) {
            LoggerFactory.getLogger("procan").error(failure.getMessage());
            return 1;
        }
    }

    private static void print(int fd, String text) {
        LogOutput.write(fd, NativeStrings.encode(text));
    }

    private int run(List<String> arguments) {
        int at = 0;
        for (; at < arguments.size() && arguments.get(at).startsWith("-"); at++) {
            String option = arguments.get(at);
            if (option.equals("--json")) {
                json = true;
            } else if (option.startsWith("--pid")) {
                int equals = option.indexOf('=');
                if (equals < 0 && ++at == arguments.size()) {
                    throw new UsageException("option " + option + " requires an argument");
                }
                String number = equals < 0 ? arguments.get(at) : option.substring(equals + 1);
                pid = OptionalInt.of(FilanOptions.number("--pid", number));
            } else if (option.startsWith("-c")) {
                constants = true;
            } else if (option.startsWith("-h")
                    || option.startsWith("-?")
                    || option.equals("--help")) {
                print(1, ToolOption.help("procan", PURPOSE, ROWS));
                return 0;
            } else if (option.startsWith("-V") || option.equals("--version")) {
                print(1, Version.text("procan"));
                return 0;
            } else if (!option.equals("-")) {
                LoggerFactory.getLogger("procan").error("unknown option \"{}\"", option);
                print(2, ToolOption.help("procan", PURPOSE, ROWS));
                return 1;
            } else {
                at++;
                break;
            }
        }
        if (at < arguments.size()) {
            throw new UsageException(arguments.size() - at + " superfluous arguments");
        }
        print(1, json ? Json.text(object()) : text());
        return 0;
    }

    private static void warn(String message) {
        LoggerFactory.getLogger("procan").warn(message);
    }

    private ProcessReport process() {
        return pid.isPresent() ? ProcessReport.of(pid.getAsInt()) : ProcessReport.ofThis();
    }

    private String text() {
        return constants ? Constants.text() : process().text() + HostReport.text(Procan::warn);
    }

    private Map<String, Object> object() {
        if (constants) {
            return Constants.object();
        }
        Map<String, Object> object = process().object();
        List<Object> interfaces = new ArrayList<>();
        for (HostReport.Interface device : HostReport.interfaces(Procan::warn)) {
            Map<String, Object> entry = new LinkedHashMap<>();
            entry.put("index", device.index());
            entry.put("name", device.name());
            interfaces.add(entry);
        }
        object.put("interfaces", interfaces);
        return object;
    }
}
