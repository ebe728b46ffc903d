package org.jsocat.core.run;

import org.jsocat.core.open.Listening;
import org.jsocat.core.open.PendingSide;
import org.jsocat.core.open.RelayContext;
import org.jsocat.core.relay.EventLoop;
import org.jsocat.core.relay.Side;
import org.jsocat.spi.Arrival;
import org.jsocat.spi.Listener;
import org.jsocat.spi.posix.Linux;
import org.jsocat.spi.posix.PosixException;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.function.BiConsumer;

/**
 * Accepts on the event loops themselves: all of them wait for the listener, the kernel wakes one,
 * and where nothing blocks the relay is opened and run there without another thread. What may block
 * goes to an opening thread.
 *
 * <p>{@link #run} occupies the calling thread; everything else happens on the loops' threads.
 */
final class LoopAccepting {
    /** So many at a time, then others have their turn. */
    private static final int BATCH = 8;

    private static final long RELIEF_MILLIS = 100;

    private static final int LISTEN_EVENTS = Linux.EPOLLIN | Linux.EPOLLEXCLUSIVE;

    private final Fork fork;
    private final Listening listening;
    private final Listener listener;
    private final Joining joining;
    private final Map<EventLoop, EventLoop.Registration> watches = new ConcurrentHashMap<>();
    private final Map<EventLoop, Set<Opening>> pendings = new HashMap<>();
    private boolean lacking;
    private RuntimeException failure;
    private volatile boolean paused;
    private volatile boolean stopped;

    /** How the second address of a forked relay is opened on a loop. */
    interface Joining {
        /** Begins to open it; empty where it may block. */
        Optional<PendingSide> begin(Side first, RelayContext child);
    }

    LoopAccepting(Fork fork, Listening listening, Joining joining) {
        this.fork = fork;
        this.listening = listening;
        listener = listening.listener();
        this.joining = joining;
    }

    /** Runs until nobody can be accepted any more. */
    void run() throws InterruptedException {
        for (EventLoop loop : fork.loops().all()) {
            pendings.put(loop, new HashSet<>());
        }
        fork.context().log().info(listener.text());
        try {
            while (true) {
                resume();
                boolean enough = awaitPause();
                if (stopped) {
                    return;
                }
                if (!enough) {
                    fork.children().awaitChange(RELIEF_MILLIS);
                }
                everywhere((loop, waiting) -> pause(loop));
                while (fork.isTight()) {
                    if (!fork.acceptOne(listening)) {
                        return;
                    }
                }
            }
        } finally {
            paused = true;
            everywhere(stopped ? (loop, waiting) -> pause(loop) : this::close);
        }
    }

    /** Ends {@link #run}; what is being opened goes on. Any thread. */
    synchronized void stop() {
        stopped = true;
        paused = true;
        notifyAll();
    }

    /** Has all loops do something, and waits until they have. */
    private void everywhere(BiConsumer<EventLoop, Set<Opening>> action)
            throws InterruptedException {
        CountDownLatch left = new CountDownLatch(pendings.size());
        pendings.forEach(
                (loop, waiting) ->
                        loop.execute(
                                () -> {
                                    action.accept(loop, waiting);
                                    left.countDown();
                                }));
        left.await();
    }

    /** The loop forgets the listener, which is closed, and what it opens. */
    private void close(EventLoop loop, Set<Opening> waiting) {
        pause(loop);
        waiting.forEach(Opening::close);
        waiting.clear();
    }

    private void resume() {
        synchronized (this) {
            lacking = false;
            paused = stopped;
        }
        pendings.keySet().forEach(loop -> loop.execute(() -> watch(loop)));
    }

    /** Waits until accepting is to stop for a while; returns whether nothing was lacking yet. */
    private synchronized boolean awaitPause() throws InterruptedException {
        while (!paused) {
            wait();
        }
        if (failure != null) {
            throw failure;
        }
        return !lacking;
    }

    private synchronized void pause(boolean because) {
        lacking |= because;
        paused = true;
        notifyAll();
    }

    private void watch(EventLoop loop) {
        if (paused || watches.containsKey(loop)) {
            return;
        }
        try {
            watches.put(
                    loop, loop.watch(listener.descriptor(), LISTEN_EVENTS, events -> accept(loop)));
        } catch (RuntimeException refused) {
            fail(refused);
        }
    }

    private void pause(EventLoop loop) {
        EventLoop.Registration watch = watches.remove(loop);
        if (watch != null) {
            loop.unwatch(watch);
        }
    }

    private synchronized void fail(RuntimeException why) {
        failure = why;
        paused = true;
        notifyAll();
    }

    private void accept(EventLoop loop) {
        try {
            for (int i = 0; i < BATCH && !paused; i++) {
                Optional<Arrival> peer = next();
                if (peer.isEmpty()) {
                    break;
                }
                accepted(loop, peer.get());
            }
        } catch (RuntimeException defect) {
            fail(defect);
        }
        if (paused) {
            pause(loop);
        }
    }

    private void accepted(EventLoop loop, Arrival peer) {
        RelayContext child = fork.child();
        fork.context().log().info("forked off child process {}", child.id());
        EventLoop least = fork.loops().least(loop);
        if (least == loop) {
            open(loop, peer, child);
        } else {
            least.execute(() -> open(least, peer, child));
        }
        if (fork.context().log().isInfoEnabled()) {
            fork.context().log().info(listener.text());
        }
    }

    /** The next peer, which counts as a child; lack of descriptors and failures end or pause it. */
    private Optional<Arrival> next() {
        try {
            synchronized (listener) {
                if (fork.isTight()) {
                    pause(false);
                    return Optional.empty();
                }
                Optional<Arrival> peer = listener.next();
                if (peer.isPresent()) {
                    fork.reserve().accepted(peer.get().descriptor());
                    fork.children().begin();
                }
                return peer;
            }
        } catch (PosixException failed) {
            if (!Fork.isLacking(failed)) {
                fail(failed);
                return Optional.empty();
            }
            fork.lacks(failed.getMessage());
            pause(true);
        } catch (RuntimeException defect) {
            fail(defect);
        }
        return Optional.empty();
    }

    /** Opens a relay as far as that does not block. */
    private void open(EventLoop loop, Arrival peer, RelayContext child) {
        First first = new First.Accepted(listening, peer);
        if (!peer.opensAtOnce()) {
            fork.inProcess().launch(first, child);
            return;
        }
        Side side = null;
        try (first) {
            Optional<Side> opened = first.open(child);
            if (opened.isEmpty()) {
                fork.inProcess().ended(first, child, 1);
            } else {
                side = opened.get();
                Optional<PendingSide> second = joining.begin(side, child);
                if (second.isEmpty()) {
                    fork.inProcess().launch(new First.Connected(side), child);
                    return;
                }
                advance(loop, new Opening(first, side, second.get(), child));
            }
        } catch (RuntimeException | Error failed) {
            if (side != null) {
                side.close();
            }
            fork.inProcess().failed(first, child, failed);
        }
        loop.execute(fork.children()::opened);
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
            fork.inProcess()
                    .run(
                            loop,
                            relay.first(),
                            new Session.Pair(relay.side(), opened.get()),
                            relay.child());
            return;
        }
        Set<Opening> waiting = pendings.get(loop);
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
            fork.inProcess().failed(relay.first(), relay.child(), failed);
        }
    }
}
