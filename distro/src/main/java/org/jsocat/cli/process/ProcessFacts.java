package org.jsocat.cli.process;

import org.jsocat.spi.posix.Errno;
import org.jsocat.spi.posix.PosixException;
import org.jsocat.spi.posix.ProcFile;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What /proc tells about a process.
 *
 * @param pid its number
 * @param parent its parent's
 * @param group its process group's
 * @param session its session's
 * @param terminal its controlling terminal as C's dev_t; 0 if it has none
 * @param foreground the foreground process group of that terminal; -1 if it has none
 * @param users real, effective and saved user
 * @param groups real, effective and saved group
 * @param umask of the files that it makes
 * @param limits of its resources, in {@link Limit#ROWS}' order
 */
public record ProcessFacts(
        int pid,
        int parent,
        int group,
        int session,
        long terminal,
        int foreground,
        List<Long> users,
        List<Long> groups,
        int umask,
        List<Limit> limits) {
    private static final int OCTAL = 8;

    /**
     * A limit.
     *
     * @param current the one in force, -1 for none
     * @param maximum the highest that the process may set, -1 for none
     */
    public record Limit(long current, long maximum) {
        /** The names in /proc, in the order of the output. */
        static final List<String> ROWS =
                List.of(
                        "Max cpu time",
                        "Max file size",
                        "Max data size",
                        "Max stack size",
                        "Max core file size",
                        "Max resident set",
                        "Max processes",
                        "Max open files",
                        "Max locked memory",
                        "Max address space");

        private static Limit of(String text, String name) {
            int start = text.indexOf(name);
            int end = text.indexOf('\n', start);
            if (start < 0 || end < 0) {
                return new Limit(-1, -1);
            }
            List<String> words = words(text.substring(start + name.length(), end));
            return new Limit(value(words.get(0)), value(words.get(1)));
        }

        private static long value(String text) {
            return text.equals("unlimited") ? -1 : Long.parseLong(text);
        }
    }

    /**
     * Reads them.
     *
     * @param process its number, or {@code self}
     * @throws PosixException if there is no such process
     */
    public static ProcessFacts of(String process) {
        String folder = "/proc/" + process;
        String stat = read(folder + "/stat");
        String status = read(folder + "/status");
        String limits = read(folder + "/limits");
        // the name in parentheses may hold blanks and parentheses
        List<String> fields = words(stat.substring(stat.lastIndexOf(')') + 1));
        List<Limit> list = new ArrayList<>();
        for (String name : Limit.ROWS) {
            list.add(Limit.of(limits, name));
        }
        return new ProcessFacts(
                Integer.parseInt(stat, 0, stat.indexOf(' '), 10),
                Integer.parseInt(fields.get(1)),
                Integer.parseInt(fields.get(2)),
                Integer.parseInt(fields.get(3)),
                Integer.toUnsignedLong(Integer.parseInt(fields.get(4))),
                Integer.parseInt(fields.get(5)),
                identities(status, "Uid"),
                identities(status, "Gid"),
                ProcFile.field(status, "Umask")
                        .map(digits -> Integer.parseInt(digits, OCTAL))
                        .orElse(0),
                list);
    }

    private static String read(String path) {
        return ProcFile.read(path)
                .orElseThrow(() -> new PosixException(Errno.ENOENT, "open(\"" + path + "\")"));
    }

    private static List<Long> identities(String status, String name) {
        List<Long> numbers = new ArrayList<>();
        for (String word : words(ProcFile.field(status, name).orElse("0 0 0"))) {
            numbers.add(Long.parseLong(word));
        }
        return numbers.subList(0, 3);
    }

    /** The words of a text; without regular expressions, which a start would pay for. */
    static List<String> words(String text) {
        List<String> words = new ArrayList<>();
        int start = -1;
        for (int i = 0; i <= text.length(); i++) {
            boolean blank = i == text.length() || text.charAt(i) <= ' ';
            if (blank && start >= 0) {
                words.add(text.substring(start, i));
                start = -1;
            } else if (!blank && start < 0) {
                start = i;
            }
        }
        return words;
    }

    Optional<Integer> majorOfTerminal() {
        return terminal == 0 ? Optional.empty() : Optional.of((int) (terminal >> 8 & 0xff));
    }

    int minorOfTerminal() {
        return (int) ((terminal >> 12 & 0xfff00) | (terminal & 0xff));
    }
}
