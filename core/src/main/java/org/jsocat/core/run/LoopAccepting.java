package org.jsocat.core.run;

import org.jsocat.core.open.Listening;
import org.jsocat.core.open.RelayContext;
import org.jsocat.core.relay.EventLoop;
import org.jsocat.spi.Arrival;
import org.jsocat.spi.Listener;
import org.jsocat.spi.posix.Linux;
import org.jsocat.spi.posix.PosixException;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;

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
    private final LoopOpening opening;
    private final Map<EventLoop, EventLoop.Registration> watches = new ConcurrentHashMap<>();
    private List<EventLoop> loops = List.of();
    private boolean lacking;
    private RuntimeException failure;
    private volatile boolean paused;
    private volatile boolean stopped;

    LoopAccepting(Fork fork, Listening listening, LoopOpening.Joining joining) {
        this.fork = fork;
        this.listening = listening;
        listener = listening.listener();
        opening = new LoopOpening(fork.inProcess(), fork.children(), joining);
    }

    /** Runs until nobody can be accepted any more. */
    void run() throws InterruptedException {
        loops = fork.loops().all();
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
                everywhere(this::pause);
                while (fork.isTight()) {
                    if (!fork.acceptOne(listening)) {
                        return;
                    }
                }
            }
        } finally {
            paused = true;
            everywhere(stopped ? this::pause : this::close);
        }
    }

    /** Ends {@link #run}; what is being opened goes on. Any thread. */
    synchronized void stop() {
        stopped = true;
        paused = true;
        notifyAll();
    }

    /** Has all loops do something, and waits until they have. */
    private void everywhere(Consumer<EventLoop> action) throws InterruptedException {
        CountDownLatch left = new CountDownLatch(loops.size());
        for (EventLoop loop : loops) {
            loop.execute(
                    () -> {
                        action.accept(loop);
                        left.countDown();
                    });
        }
        left.await();
    }

    /** The loop forgets the listener, which is closed, and what it opens. */
    private void close(EventLoop loop) {
        pause(loop);
        opening.close(loop);
    }

    private void resume() {
        synchronized (this) {
            lacking = false;
            paused = stopped;
        }
        loops.forEach(loop -> loop.execute(() -> watch(loop)));
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
                    fork.enough();
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
        if (first.opensAtOnce()) {
            opening.open(loop, first, child);
        } else {
            fork.inProcess().launch(first, child);
        }
    }
}
