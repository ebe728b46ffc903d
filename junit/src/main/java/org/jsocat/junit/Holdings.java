package org.jsocat.junit;

import java.io.IOException;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The descriptors that this process has open and the platform threads that it runs, at one time.
 * What the JDK and jsocat keep once they have needed it is left out.
 *
 * @param descriptors number and target, as proc(5) tells them
 * @param threads those of the program
 */
record Holdings(Set<String> descriptors, Set<Thread> threads) {
    private static final Path DESCRIPTORS = Path.of("/proc/self/fd");

    /** What event loops, selectors and the sources of random numbers keep. */
    private static final List<String> LASTING_TARGETS =
            List.of(
                    "anon_inode:[eventpoll]",
                    "anon_inode:[eventfd]",
                    "anon_inode:[timerfd]",
                    "/dev/random",
                    "/dev/urandom");

    /** Threads that all relays of a program share, and those of JUnit. */
    private static final List<String> LASTING_THREADS =
            List.of("loop-", "jsocat-readiness", "blocking-call-", "reaper", "signals", "junit-");

    static {
        try {
            // The JDK opens a socket pair with its first channel and keeps it.
            ServerSocketChannel.open().close();
        } catch (IOException none) {
            // a test that needs sockets tells better
        }
    }

    static Holdings now() {
        return new Holdings(openDescriptors(), runningThreads());
    }

    /** What is held now and was not held before. */
    static List<String> since(Holdings before) {
        Holdings now = now();
        List<String> added = new ArrayList<>();
        for (String descriptor : now.descriptors) {
            if (!before.descriptors.contains(descriptor)) {
                added.add("descriptor " + descriptor + " is open");
            }
        }
        now.threads.stream()
                .filter(thread -> !before.threads.contains(thread))
                .sorted(Comparator.comparing(Thread::getName))
                .forEach(thread -> added.add("thread \"" + thread.getName() + "\" runs"));
        return added;
    }

    private static Set<String> openDescriptors() {
        Set<String> open = new TreeSet<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(DESCRIPTORS)) {
            for (Path entry : entries) {
                target(entry)
                        .filter(target -> !isLasting(target))
                        .ifPresent(target -> open.add(entry.getFileName() + " (" + target + ")"));
            }
        } catch (IOException unknown) {
            return Set.of(); // no proc(5) here
        }
        return open;
    }

    private static Optional<String> target(Path entry) throws IOException {
        try {
            return Optional.of(Files.readSymbolicLink(entry).toString());
        } catch (NoSuchFileException closed) {
            return Optional.empty(); // that of the listing, among others
        }
    }

    private static boolean isLasting(String target) {
        return LASTING_TARGETS.contains(target)
                || target.endsWith(".jar") // class loaders open them when they need them
                || target.startsWith("/proc/")
                || target.startsWith(System.getProperty("java.home"));
    }

    private static Set<Thread> runningThreads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(Holdings::isTheProgram)
                .collect(Collectors.toSet());
    }

    /** The JDK's own threads are in groups beside the one of the program. */
    private static boolean isTheProgram(Thread thread) {
        ThreadGroup group = thread.getThreadGroup();
        while (group != null && !"main".equals(group.getName())) {
            group = group.getParent();
        }
        return group != null && LASTING_THREADS.stream().noneMatch(thread.getName()::startsWith);
    }
}
