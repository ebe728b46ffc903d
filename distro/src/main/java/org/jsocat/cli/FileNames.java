package org.jsocat.cli;

import java.util.HashMap;
import java.util.Map;

/**
 * Expands the names of files for raw dumps: {@code $NAME} and <code>${NAME}</code> stand for
 * environment variables and for PROGNAME, TIMESTAMP and MICROS, {@code $$} for the process id,
 * <code>\\$</code> for a dollar sign. Variables that do not exist are nothing; other dollar signs
 * and backslashes stay.
 */
final class FileNames {
    private final Map<String, String> variables;
    private final String pid;

    FileNames(Map<String, String> variables, String pid) {
        this.variables = Map.copyOf(variables);
        this.pid = pid;
    }

    /**
     * With the variables of this process.
     *
     * @param now the time as in log lines, with microseconds
     */
    static FileNames of(String programName, String now) {
        Map<String, String> variables = new HashMap<>(System.getenv());
        int point = now.indexOf('.');
        variables.put("PROGNAME", programName);
        variables.put(
                "TIMESTAMP",
                now.substring(0, point).replace("/", "").replace(":", "").replace(' ', 'T'));
        variables.put("MICROS", now.substring(point + 1));
        return new FileNames(variables, Long.toString(ProcessHandle.current().pid()));
    }

    /**
     * The name with its variables replaced.
     *
     * @throws UsageException when a brace is not closed
     */
    String expand(String name) {
        StringBuilder path = new StringBuilder();
        for (int i = 0; i < name.length(); ) {
            if (name.startsWith("\\$", i)) {
                path.append('$');
                i += 2;
            } else if (name.startsWith("$$", i)) {
                path.append(pid);
                i += 2;
            } else if (name.startsWith("${", i) && isLetter(name, i + 2)) {
                int end = end(name, i + 2);
                if (!name.startsWith("}", end)) {
                    throw new UsageException(
                            "file name \"" + name + "\" (column " + (end + 1) + "): missing \"}\"");
                }
                path.append(value(name.substring(i + 2, end)));
                i = end + 1;
            } else if (name.charAt(i) == '$' && isLetter(name, i + 1)) {
                int end = end(name, i + 1);
                path.append(value(name.substring(i + 1, end)));
                i = end;
            } else {
                path.append(name.charAt(i++));
            }
        }
        return path.toString();
    }

    private String value(String variable) {
        return variables.getOrDefault(variable, "");
    }

    private static int end(String name, int start) {
        int end = start;
        while (isLetter(name, end)
                || (end < name.length() && name.charAt(end) >= '0' && name.charAt(end) <= '9')) {
            end++;
        }
        return end;
    }

    private static boolean isLetter(String name, int place) {
        if (place >= name.length()) {
            return false;
        }
        char c = name.charAt(place);
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
    }
}
