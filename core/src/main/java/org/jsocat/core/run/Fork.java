package org.jsocat.core.run;

import org.jsocat.core.open.AddressOpening;
import org.jsocat.core.open.Listening;
import org.jsocat.core.open.RelayContext;
import org.jsocat.core.option.ChildOptions;
import org.jsocat.core.option.RetryOptions;
import org.jsocat.core.plan.Options;
import org.jsocat.core.plan.Plan;
import org.jsocat.core.relay.EventLoop;
import org.jsocat.core.relay.Relay;
import org.jsocat.core.relay.Side;
import org.jsocat.spi.AddressException;
import org.jsocat.spi.Arrival;
import org.jsocat.spi.posix.Errno;
import org.jsocat.spi.posix.Libc;
import org.jsocat.spi.posix.Linux;
import org.jsocat.spi.posix.Platform;
import org.jsocat.spi.posix.PosixException;

import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Takes one peer after another on an address with {@code fork} and starts a relay for each: opened
 * on a virtual thread of its own, then run by one of the event loops. Where options change settings
 * of a thread (working directory, umask, namespace), the relay is opened on a platform thread that
 * is used for nothing else; where they change an identity, it lives in a {@linkplain Workers worker
 * process}.
 */
final class Fork {
    /** Time for a debugger, as in the reference: SOCAT_FORK_WAIT, seconds. */
    private static final Duration FORK_WAIT = forkWait(System.getenv("SOCAT_FORK_WAIT"));

    /** What the kernel answers where a relay that ends may free what lacks. */
    private static final Set<Integer> LACKING =
            Set.of(Errno.EMFILE, Errno.ENFILE, Errno.ENOBUFS, Errno.ENOMEM);

    private static final long RELIEF_MILLIS = 100;

    private final Session session;
    private final AddressOpening opening;
    private final RelayContext context;
    private final int maxChildren;
    private final int shutup;
    private final Duration interval;
    private final boolean listens;
    private final boolean ownThread;
    private final Loops loops = new Loops();
    private Optional<Supplier<Workers>> startWorkers = Optional.empty();
    private Optional<Workers> workers = Optional.empty();
    private int children;

    /** Makes the pair of sides for a peer. */
    @FunctionalInterface
    interface Joining {
        Session.Pair join(Side peer, RelayContext child);
    }

    Fork(
            Session session,
            Plan plan,
            AddressOpening opening,
            RelayContext context,
            boolean ownThread) {
        this.ownThread = ownThread;
        this.session = session;
        this.opening = opening;
        this.context = context;
        Plan.Address address = plan.end().orElseThrow();
        maxChildren = Options.last(address.options(), ChildOptions.MAX_CHILDREN).orElse(0);
        shutup = Options.last(address.options(), ChildOptions.CHILDREN_SHUTUP).orElse(0);
        interval =
                Options.last(address.options(), RetryOptions.INTERVAL)
                        .orElse(Duration.ofSeconds(1));
        listens = opening.listens();
    }

    /** Runs until no more peers can be had. */
    int run(Joining joining) {
        try (loops) {
            if (ownThread) {
                loops.start();
            }
            return runChildren(joining);
        } finally {
            workers.ifPresent(Workers::close);
        }
    }

    /**
     * Has worker processes relay what it accepts; the first one starts before this process takes an
     * identity itself.
     */
    Fork inWorkers(Supplier<Workers> starting) {
        startWorkers = Optional.of(starting);
        return this;
    }

    /**
     * Relays what a program hands to this process, its worker, until that program has ended.
     *
     * @param alone whether there is one relay, to whose end it lasts
     */
    void serve(WorkerChannel channel, boolean alone, Joining joining) {
        try (loops) {
            while (true) {
                Optional<WorkerChannel.Order> order = channel.order();
                if (order.isEmpty()) {
                    return;
                }
                RelayContext child = alone ? child().alone() : child();
                child.environment().putAll(order.get().variables());
                start(
                        new Passed(session.leftOf(order.get(), child), channel, order.get()),
                        child,
                        joining);
                if (alone) {
                    Thread.ofPlatform().daemon().name("program").start(() -> watch(channel));
                    awaitChildren(1);
                    return;
                }
            }
        }
    }

    /** Ends what runs when the program has ended. */
    private void watch(WorkerChannel channel) {
        if (channel.order().isEmpty()) {
            session.cancel();
        }
    }

    private int runChildren(Joining joining) {
        workers = startWorkers.map(Supplier::get);
        if (listens) {
            try (Listening listening = opening.listen(context)) {
                accept(listening, joining);
            }
        } else {
            connect(joining);
        }
        context.log().info("Waiting for child processes to terminate");
        awaitChildren(1);
        return 0;
    }

    private void accept(Listening listening, Joining joining) {
        context.log().debug("starting accept loop");
        session.listener().listening();
        boolean told = false;
        while (true) {
            Optional<Arrival> peer;
            try {
                peer = listening.await();
            } catch (PosixException failure) {
                if (!LACKING.contains(failure.errno())) {
                    throw failure;
                }
                if (!told) {
                    context.log().warn(failure.getMessage());
                    told = true;
                }
                relieve();
                continue;
            }
            told = false;
            if (peer.isEmpty()) {
                context.log().warn("accept: Connection timed out");
                return;
            }
            start(new Accepted(listening, peer.get()), child(), joining);
            context.log().debug("still listening");
        }
    }

    /** What is lacking may be held by relays of this program: the peer waits until one ends. */
    private synchronized void relieve() {
        try {
            wait(RELIEF_MILLIS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw AddressException.fatal("interrupted while waiting for descriptors");
        }
    }

    private void connect(Joining joining) {
        while (true) {
            RelayContext child = child();
            start(new Connected(opening.open(child)), child, joining);
            AddressOpening.pause(interval);
        }
    }

    /** How the first side of a forked relay comes to be, on the thread that opens the relay. */
    private interface First extends AutoCloseable {
        /**
         * Opens it.
         *
         * @return empty where nothing is to be relayed; that has been logged
         */
        Optional<Side> open(RelayContext child);

        /** The relay has ended, with this exit status. */
        default void ended(int status) {}

        /** Drops what has not been opened. */
        @Override
        void close();
    }

    private record Accepted(Listening listening, Arrival peer) implements First {
        @Override
        public Optional<Side> open(RelayContext child) {
            return listening.open(peer, child);
        }

        @Override
        public void close() {
            peer.close();
        }
    }

    private static class Connected implements First {
        private Side side;

        Connected(Side side) {
            this.side = side;
        }

        @Override
        public Optional<Side> open(RelayContext child) {
            Side opened = side;
            side = null;
            return Optional.of(opened);
        }

        @Override
        public void close() {
            if (side != null) {
                side.close();
            }
        }
    }

    /** Opened by the program whose worker this process is. */
    private static final class Passed extends Connected {
        private final WorkerChannel channel;
        private final WorkerChannel.Order order;

        Passed(Side side, WorkerChannel channel, WorkerChannel.Order order) {
            super(side);
            this.channel = channel;
            this.order = order;
        }

        @Override
        public void ended(int status) {
            try {
                channel.send(new WorkerChannel.Report(order.number(), status));
            } catch (PosixException gone) {
                // So has the program whose worker this is, and nobody wants to know.
            }
        }
    }

    private RelayContext child() {
        return context.fork(shutup == 0 ? context.log() : new QuieterLogger(context.log(), shutup));
    }

    private void start(First first, RelayContext child, Joining joining) {
        synchronized (this) {
            children++;
        }
        if (!FORK_WAIT.isZero()) {
            AddressOpening.pause(FORK_WAIT);
        }
        if (ownThread) {
            Thread.ofPlatform()
                    .name("opening")
                    .start(() -> session.running().opening(() -> openAlone(first, child, joining)));
        } else {
            Thread.ofVirtual()
                    .start(() -> session.running().opening(() -> open(first, child, joining)));
        }
        if (maxChildren > 0) {
            awaitChildren(maxChildren);
        }
    }

    private static Duration forkWait(String seconds) {
        return seconds == null || !seconds.matches("[0-9]{1,9}")
                ? Duration.ZERO
                : Duration.ofSeconds(Long.parseLong(seconds));
    }

    private void openAlone(First first, RelayContext child, Joining joining) {
        int result = Libc.unshare(Linux.CLONE_FS);
        if (result < 0) {
            child.log().error("unshare(CLONE_FS): {}", Errno.text(-result));
            first.close();
            ended(first, child, 1);
            return;
        }
        open(first, child, joining);
    }

    private void open(First first, RelayContext child, Joining joining) {
        try (first) {
            Optional<Side> side = first.open(child);
            if (side.isEmpty()) {
                ended(first, child, 1);
            } else if (workers.isPresent()) {
                hand(workers.get(), side.get(), child);
            } else {
                relay(first, join(side.get(), child, joining), child);
            }
        } catch (AddressException | PosixException failure) {
            AddressOpening.report(failure, child.log());
            ended(first, child, 1);
        } catch (RuntimeException | Error failure) {
            child.log().error("internal error: {}", failure.toString(), failure);
            ended(first, child, 1);
        } finally {
            Platform.threadEnds();
        }
    }

    private void hand(Workers to, Side side, RelayContext child) {
        to.relay(
                side,
                child,
                (left, right) -> session.pump(left, right, child, loops),
                status -> childEnded());
    }

    private static Session.Pair join(Side side, RelayContext child, Joining joining) {
        try {
            return joining.join(side, child);
        } catch (RuntimeException | Error failure) {
            side.close();
            throw failure;
        }
    }

    private void relay(First first, Session.Pair pair, RelayContext child) {
        try {
            session.listener().transferring(pair.left().endpoint(), pair.right().endpoint());
            EventLoop loop = loops.next();
            loop.add(
                    session.relay(pair, child, (over, status) -> over(first, over, child, status)));
        } catch (RuntimeException | Error failure) {
            pair.close();
            throw failure;
        }
    }

    private void over(First first, Relay over, RelayContext child, int status) {
        session.running().remove(over);
        ended(first, child, status);
        session.listener().ended(over);
    }

    private void ended(First first, RelayContext child, int status) {
        child.log().info("exiting with status {}", status);
        first.ended(status);
        childEnded();
    }

    private synchronized void childEnded() {
        children--;
        notifyAll();
    }

    /** Waits until fewer than this many children are left. */
    private synchronized void awaitChildren(int limit) {
        if (maxChildren > 0 && children >= limit) {
            if (listens) {
                context.log().info("maxchildren are active, waiting");
            } else {
                context.log().debug("all {} allowed children are active, waiting", maxChildren);
            }
        }
        while (children >= limit) {
            try {
                wait();
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }
}
