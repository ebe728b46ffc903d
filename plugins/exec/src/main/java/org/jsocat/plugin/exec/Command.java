package org.jsocat.plugin.exec;

import org.jsocat.spi.posix.Errno;
import org.jsocat.spi.posix.Libc;
import org.jsocat.spi.posix.Linux;
import org.jsocat.spi.posix.PosixException;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A program with its arguments.
 *
 * @param program a path, or a name that is looked for in the folders of PATH
 * @param arguments all of them, its own name first
 */
record Command(String program, List<String> arguments) {
    /** Where execvp(3) looks without PATH. */
    private static final String USUAL_PATH = "/bin:/usr/bin";

    private static final String SHELL = "/bin/sh";

    /** The command that has a shell run a line, as system(3) does. */
    static Command system(String line) {
        return new Command(SHELL, List.of("sh", "-c", line));
    }

    /** Executes one file. */
    @FunctionalInterface
    interface Execution<T> {
        /**
         * Executes it.
         *
         * @throws PosixException when that is not possible
         */
        T execute(String path, List<String> arguments);
    }

    /**
     * Executes the command the way of execvp(3): looks for it, and has the shell run what has no
     * format of its own.
     *
     * @param environment the program's; its PATH is searched
     * @param root the program's root directory, or an empty text where that is this process's
     * @throws PosixException as execvp(3) fails
     */
    <T> T execute(Map<String, String> environment, String root, Execution<T> execution) {
        boolean refused = false;
        // Without the root directory, what is told is that.
        boolean told = root.isEmpty() || Libc.access(root, 0) == 0;
        for (String path : candidates(environment.getOrDefault("PATH", USUAL_PATH))) {
            try {
                // The shell's way to tell what may be executed; the kernel decides when it comes to
                // it.
                if (told) {
                    PosixException.check(Libc.access(within(root, path), Linux.X_OK), "access");
                }
                return execution.execute(path, arguments);
            } catch (PosixException failure) {
                if (!failure.call().startsWith("execve(") && !failure.call().equals("access")) {
                    throw failure; // something else that the program was to be given
                }
                switch (failure.errno()) {
                    case Errno.ENOEXEC -> {
                        return execution.execute(SHELL, script(path));
                    }
                    case Errno.EACCES -> refused = true;
                    case Errno.ENOENT,
                            Errno.ENOTDIR,
                            Errno.ENODEV,
                            Errno.ESTALE,
                            Errno.ETIMEDOUT -> {}
                    default -> throw new PosixException(failure.errno(), call());
                }
            }
        }
        throw new PosixException(refused ? Errno.EACCES : Errno.ENOENT, call());
    }

    private static String within(String root, String path) {
        return root.isEmpty() ? path : path.startsWith("/") ? root + path : root + "/" + path;
    }

    private List<String> candidates(String searchPath) {
        if (program.contains("/")) {
            return List.of(program);
        }
        List<String> paths = new ArrayList<>();
        if (!program.isEmpty()) {
            for (String folder : searchPath.split(":", -1)) {
                paths.add(folder.isEmpty() ? program : folder + "/" + program);
            }
        }
        return paths;
    }

    private List<String> script(String path) {
        List<String> line = new ArrayList<>(arguments.size() + 1);
        line.add(SHELL);
        line.add(path);
        line.addAll(arguments.subList(1, arguments.size()));
        return line;
    }

    /** The call as messages show it: at most two arguments behind the name. */
    private String call() {
        StringBuilder text = new StringBuilder("execvp(\"").append(program).append('"');
        for (int i = 0; i < Math.min(3, arguments.size()); i++) {
            text.append(", \"").append(arguments.get(i)).append('"');
        }
        return text.append(arguments.size() >= 3 ? ", ...)" : ")").toString();
    }
}
