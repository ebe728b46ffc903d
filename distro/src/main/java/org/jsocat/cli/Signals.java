package org.jsocat.cli;

import org.jsocat.spi.posix.Libc;
import org.jsocat.spi.posix.Linux;
import org.jsocat.spi.posix.SignalPipe;

import java.util.Arrays;
import java.util.function.IntConsumer;

/** The signals that end the program with a log line, and the one that asks for statistics. */
final class Signals {
    static final int SIGHUP = 1;
    static final int SIGINT = 2;
    static final int SIGQUIT = 3;
    static final int SIGUSR1 = 10;
    static final int SIGPIPE = 13;
    static final int SIGTERM = 15;

    private static final int SIGKILL = 9;
    private static final int SIGCHLD = 17;
    private static final int SIGSTOP = 19;

    /** The mask of the reference names no real-time signals. */
    private static final int LAST = 31;

    private Signals() {}

    /**
     * Has something done when a signal comes, on a thread of its own.
     *
     * @param mask a bit for each signal that ends the program; SIGUSR1 comes in any case
     */
    static void handle(long mask, IntConsumer action) {
        // The JVM ignores it, and a file that has reached its limit would not end the program.
        Libc.setSignalDisposition(Linux.SIGXFSZ, false);
        int[] signals = new int[LAST];
        int count = 0;
        for (int signal = 1; signal <= LAST; signal++) {
            boolean wanted = (mask >> signal & 1) != 0 || signal == SIGUSR1;
            if (wanted && !isFixed(signal)) {
                signals[count++] = signal;
            }
        }
        SignalPipe.install(Arrays.copyOf(signals, count), action);
    }

    /**
     * What the kernel does not pass on, what is always ignored, and what must not end a relay of a
     * program.
     */
    private static boolean isFixed(int signal) {
        return signal == SIGKILL || signal == SIGSTOP || signal == SIGPIPE || signal == SIGCHLD;
    }
}
