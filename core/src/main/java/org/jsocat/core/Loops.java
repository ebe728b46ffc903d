package org.jsocat.core;

import org.jsocat.core.relay.EventLoop;
import org.jsocat.spi.AddressException;

/**
 * One event loop per core, each started when it is first needed. Used by several opening threads.
 */
final class Loops implements AutoCloseable {
    private final EventLoop[] loops = new EventLoop[Runtime.getRuntime().availableProcessors()];
    private int turn;
    private boolean closed;

    /** The loop for the next relay. */
    synchronized EventLoop next() {
        if (closed) {
            throw AddressException.fatal("this session has ended");
        }
        int place = turn++ % loops.length;
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
        closed = true;
        for (EventLoop loop : loops) {
            if (loop != null) {
                loop.stop();
            }
        }
    }
}
