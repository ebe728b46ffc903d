package org.jsocat.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;

/** What a process and its descendants take of the machine, from /proc (proc(5)). */
final class Footprint {
    /** Clock ticks per second in which the kernel tells times (USER_HZ). */
    private static final long TICKS = 100;

    private static final int USER_TIME = 11;
    private static final int TIMES = 4;
    private static final int TIMES_OF_ITSELF = 2;

    private Footprint() {}

    /**
     * KiB of memory: the proportional set size, which counts a page that several processes share
     * once in all.
     */
    static long memory(ProcessHandle process) {
        AtomicLong sum = new AtomicLong(memory(process.pid()));
        process.descendants().forEach(child -> sum.addAndGet(memory(child.pid())));
        return sum.get();
    }

    private static long memory(long pid) {
        for (String line : read(pid, "smaps_rollup").split("\n")) {
            if (line.startsWith("Pss:")) {
                return Long.parseLong(line.replaceAll("[^0-9]", ""));
            }
        }
        return 0;
    }

    /** Seconds of processor time so far, user and system, children that have ended included. */
    static double processorTime(ProcessHandle process) {
        AtomicLong ticks = new AtomicLong(ticks(process.pid(), TIMES));
        process.descendants()
                .forEach(child -> ticks.addAndGet(ticks(child.pid(), TIMES_OF_ITSELF)));
        return ticks.get() / (double) TICKS;
    }

    private static long ticks(long pid, int times) {
        String text = read(pid, "stat");
        String[] fields = text.substring(text.lastIndexOf(')') + 1).trim().split(" ");
        long sum = 0;
        for (int i = USER_TIME; i < USER_TIME + times && i < fields.length; i++) {
            sum += Long.parseLong(fields[i]);
        }
        return sum;
    }

    private static String read(long pid, String name) {
        try {
            return Files.readString(Path.of("/proc/" + pid + "/" + name));
        } catch (IOException gone) {
            return ""; // the process ended meanwhile
        }
    }
}
