package org.jsocat.cli;

import java.util.function.IntConsumer;
import sun.misc.Signal;

/** Signals that end the program with a log line, and the one that asks for statistics. */
final class Signals {
    private static final String[] NAMES = {"HUP", "INT", "TERM"};

    private Signals() {}

    /**
     * Has something done when one of the ending signals comes; on a thread of the JVM.
     *
     * @param mask a bit for each signal number that is wanted
     */
    static void onEnd(long mask, IntConsumer action) {
        for (String name : NAMES) {
            Signal signal = new Signal(name);
            if ((mask >> signal.getNumber() & 1) != 0) {
                Signal.handle(signal, received -> action.accept(received.getNumber()));
            }
        }
    }

    /** Has something done when SIGUSR1 comes. */
    static void onUsr1(Runnable action) {
        Signal.handle(new Signal("USR1"), received -> action.run());
    }
}
