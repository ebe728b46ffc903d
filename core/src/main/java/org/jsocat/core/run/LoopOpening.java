package org.jsocat.core.run;

import org.jsocat.core.open.PendingSide;
import org.jsocat.core.open.RelayContext;
import org.jsocat.core.relay.EventLoop;
import org.jsocat.core.relay.Side;
import org.jsocat.spi.posix.Linux;

import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Opens forked relays on the event loops themselves, where nothing blocks; what may block goes to
 * an opening thread. Its methods are called by the thread of the loop that they are given.
 */
final class LoopOpening {
    private final InProcess inProcess;
    private final Children children;
    private final Joining joining;
    private final Map<EventLoop, Set<Opening>> pendings = new ConcurrentHashMap<>();

    /** How the second address of a forked relay is opened on a loop. */
    interface Joining {
        /** Begins to open it; empty where it may block. */
        Optional<PendingSide> begin(Side first, RelayContext child);
    }

    LoopOpening(InProcess inProcess, Children children, Joining joining) {
        this.inProcess = inProcess;
        this.children = children;
        this.joining = joining;
    }

    /**
     * Opens a relay as far as that does not block, and has the loop run it.
     *
     * @param first {@linkplain First#opensAtOnce opens at once}
     */
    void open(EventLoop loop, First first, RelayContext child) {
        Side side = null;
        try (first) {
            Optional<Side> opened = first.open(child);
            if (opened.isEmpty()) {
                inProcess.ended(first, child, 1);
            } else {
                side = opened.get();
                Optional<PendingSide> second = joining.begin(side, child);
                if (second.isEmpty()) {
                    inProcess.launch(new First.Opened(side, first), child);
                    return;
                }
                advance(loop, new Opening(first, side, second.get(), child));
            }
        } catch (RuntimeException | Error failed) {
            if (side != null) {
                side.close();
            }
            inProcess.failed(first, child, failed);
        }
        loop.execute(children::opened);
    }

    /** Gives up what a loop still opens. */
    void close(EventLoop loop) {
        Set<Opening> waiting = pendings.remove(loop);
        if (waiting != null) {
            waiting.forEach(Opening::close);
        }
    }

    /** A relay whose second address is on its way. */
    private record Opening(First first, Side side, PendingSide second, RelayContext child) {
        void close() {
            try {
                second.close();
            } finally {
                side.close();
            }
        }
    }

    /** Runs the relay if its second address is open, and waits for that otherwise. */
    private void advance(EventLoop loop, Opening relay) {
        Optional<Side> opened = relay.second().advance();
        if (opened.isPresent()) {
            Session.Pair pair = new Session.Pair(relay.side(), opened.get());
            inProcess.run(loop, relay.first(), pair, relay.child());
            return;
        }
        Set<Opening> waiting = pendings.computeIfAbsent(loop, any -> new HashSet<>());
        EventLoop.Registration[] watch = new EventLoop.Registration[1];
        try {
            watch[0] =
                    loop.watch(
                            relay.second().descriptor(),
                            Linux.EPOLLOUT,
                            events -> {
                                loop.unwatch(watch[0]);
                                waiting.remove(relay);
                                goOn(loop, relay);
                            });
            waiting.add(relay);
        } catch (RuntimeException | Error failed) {
            relay.second().close();
            throw failed;
        }
    }

    private void goOn(EventLoop loop, Opening relay) {
        try {
            advance(loop, relay);
        } catch (RuntimeException | Error failed) {
            relay.side().close();
            inProcess.failed(relay.first(), relay.child(), failed);
        }
    }
}
