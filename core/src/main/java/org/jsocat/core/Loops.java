package org.jsocat.core;

import org.jsocat.core.relay.EventLoop;

/** One event loop per core, each started when it is first needed. Used by several opening threads. */
final class Loops {
    private final EventLoop[] loops = new EventLoop[Runtime.getRuntime().availableProcessors()];
    private int turn;

    /** The loop for the next relay. */
    synchronized EventLoop next() {
        int place = turn++ % loops.length;
        if (loops[place] == null) {
            EventLoop loop = new EventLoop();
            Thread.ofPlatform().daemon().name("loop-" + place).start(loop::run);
            loops[place] = loop;
        }
        return loops[place];
    }
}
