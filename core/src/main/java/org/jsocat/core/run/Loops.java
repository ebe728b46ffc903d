package org.jsocat.core.run;

import org.jsocat.core.relay.EventLoop;
import org.jsocat.spi.AddressException;

import java.util.List;

/**
 * One event loop per core, each started when it is first needed, or all before that. Used by
 * several opening threads.
 */
final class Loops implements AutoCloseable {
    private static final class Shared {
        static final Loops LOOPS = new Loops(true);
    }

    private final boolean lasting;
    private final EventLoop[] loops = new EventLoop[Runtime.getRuntime().availableProcessors()];
    private int turn;
    private boolean closed;

    private Loops(boolean lasting) {
        this.lasting = lasting;
    }

    /** Loops of their own, which the caller closes. */
    static Loops own() {
        return new Loops(false);
    }

    /** The loops that all embedded sessions of this program share; closing them does nothing. */
    static Loops shared() {
        return Shared.LOOPS;
    }

    /** The loop for the next relay. */
    synchronized EventLoop next() {
        if (closed) {
            throw AddressException.fatal("this session has ended");
        }
        return loop(turn++ % loops.length);
    }

    /**
     * Starts all loops now. Required where opening threads change their identity or root directory:
     * a new thread has those of the thread that starts it.
     */
    synchronized void start() {
        for (int place = 0; place < loops.length; place++) {
            loop(place);
        }
    }

    /** All loops, running. */
    synchronized List<EventLoop> all() {
        start();
        return List.of(loops);
    }

    /**
     * The loop for a relay that one of them has accepted: its own, unless another has clearly fewer
     * relays to run.
     */
    EventLoop least(EventLoop own) {
        EventLoop least = own;
        int most = own.relays() - own.relays() / 4;
        for (EventLoop loop : loops) {
            if (loop.relays() < most) {
                least = loop;
                most = loop.relays();
            }
        }
        return least;
    }

    private EventLoop loop(int place) {
        if (loops[place] == null) {
            EventLoop loop = new EventLoop();
            Thread.ofPlatform().daemon().name("loop-" + place).start(() -> run(loop));
            loops[place] = loop;
        }
        return loops[place];
    }

    private static void run(EventLoop loop) {
        try (loop) {
            loop.run();
        }
    }

    /** Ends all loops, and the relays that they run. */
    @Override
    public synchronized void close() {
        if (lasting) {
            return;
        }
        closed = true;
        for (EventLoop loop : loops) {
            if (loop != null) {
                loop.stop();
            }
        }
    }
}
