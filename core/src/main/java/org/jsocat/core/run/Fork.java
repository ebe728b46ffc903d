package org.jsocat.core.run;

import org.jsocat.core.open.AddressOpening;
import org.jsocat.core.open.Listening;
import org.jsocat.core.open.RelayContext;
import org.jsocat.core.option.ChildOptions;
import org.jsocat.core.plan.Options;
import org.jsocat.core.plan.Plan;
import org.jsocat.spi.Arrival;
import org.jsocat.spi.posix.Errno;
import org.jsocat.spi.posix.PosixException;

import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

/**
 * Takes one peer after another on an address with {@code fork} and has a relay started for each.
 */
final class Fork {
    /** Time for a debugger, as in the reference: SOCAT_FORK_WAIT, seconds. */
    private static final Duration FORK_WAIT = forkWait(System.getenv("SOCAT_FORK_WAIT"));

    /** What the kernel answers where a relay that ends may free what lacks. */
    private static final Set<Integer> LACKING =
            Set.of(Errno.EMFILE, Errno.ENFILE, Errno.ENOBUFS, Errno.ENOMEM);

    private static final long RELIEF_MILLIS = 100;
    private static final long OPENING_MILLIS = 1000;

    private final Session session;
    private final AddressOpening opening;
    private final RelayContext context;
    private final Children children;
    private final int shutup;
    private final Duration interval;
    private final Loops loops;
    private final Reserve reserve = new Reserve();
    private final AtomicBoolean lacking = new AtomicBoolean();
    private final boolean ownThread;
    private final InProcess inProcess;
    private Optional<Supplier<Workers>> startWorkers = Optional.empty();
    private Optional<Workers> workers = Optional.empty();
    private volatile Listening current;
    private volatile Runnable onStop = () -> {};
    private volatile boolean stopped;

    /**
     * Prepares to fork.
     *
     * @param plan the address that forks
     * @param opening opens it
     * @param ownThread whether each relay is opened on a thread that is used for nothing else
     */
    Fork(
            Session session,
            Plan plan,
            AddressOpening opening,
            RelayContext context,
            boolean ownThread,
            InProcess.Joining joining) {
        this.session = session;
        this.opening = opening;
        this.context = context;
        this.ownThread = ownThread;
        Plan.Address address = plan.end().orElseThrow();
        int most = Options.last(address.options(), ChildOptions.MAX_CHILDREN).orElse(0);
        children = new Children(most, opening.listens(), context.log());
        shutup = Options.last(address.options(), ChildOptions.CHILDREN_SHUTUP).orElse(0);
        interval = plan.interval();
        loops = session.loops();
        inProcess = new InProcess(session, loops, children, joining, ownThread);
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
     * Runs until no more peers can be had.
     *
     * @param quickly opens the second address on an event loop, where that is possible
     */
    int run(Optional<LoopOpening.Joining> quickly) {
        try (loops;
                reserve) {
            if (ownThread) {
                loops.start();
            }
            workers = startWorkers.map(Supplier::get);
            workers.ifPresent(inProcess::handTo);
            if (opening.listens()) {
                try (Listening listening = opening.listen(context)) {
                    listen(listening, quickly);
                }
            } else {
                connect();
            }
            context.log().info("Waiting for child processes to terminate");
            children.awaitAll();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        } finally {
            workers.ifPresent(Workers::close);
        }
        return 0;
    }

    private void listen(Listening listening, Optional<LoopOpening.Joining> quickly)
            throws InterruptedException {
        context.log().debug("starting accept loop");
        session.listener().listening();
        current = listening;
        if (stopped) {
            return;
        }
        boolean onLoops =
                quickly.isPresent()
                        && !ownThread
                        && workers.isEmpty()
                        && !children.areLimited()
                        && FORK_WAIT.isZero()
                        && System.getenv("SOCAT_TRANSFER_WAIT") == null
                        && listening.listener().timeout().isZero();
        if (onLoops) {
            LoopAccepting accepting = new LoopAccepting(this, listening, quickly.get());
            onStop = accepting::stop;
            if (!stopped) {
                accepting.run();
            }
        } else {
            accept(listening);
        }
    }

    /**
     * Takes no more peers; {@link #run} returns when the relays have ended that there are. Any
     * thread.
     */
    void stop() {
        stopped = true;
        Listening listening = current;
        if (listening != null) {
            listening.stop();
        }
        onStop.run();
    }

    private void accept(Listening listening) throws InterruptedException {
        while (acceptOne(listening)) {
            context.log().debug("still listening");
        }
    }

    /** Accepts one peer on this thread; returns whether there may be more. */
    boolean acceptOne(Listening listening) throws InterruptedException {
        boolean tight = isTight();
        if (tight) {
            awaitDescriptors();
        }
        Optional<Arrival> peer;
        try {
            peer = listening.await();
        } catch (PosixException failure) {
            if (!isLacking(failure)) {
                throw failure;
            }
            lacks(failure.getMessage());
            children.awaitChange(RELIEF_MILLIS);
            return true;
        } finally {
            reserve.close();
        }
        if (peer.isEmpty()) {
            if (!listening.isStopped()) {
                context.log().warn("accept: Connection timed out");
            }
            return false;
        }
        if (!tight) {
            enough();
        }
        reserve.accepted(peer.get().descriptor());
        start(new First.Accepted(listening, peer.get()));
        return true;
    }

    /** Tells, once until there is enough again, why nobody is accepted. */
    void lacks(String reason) {
        if (lacking.compareAndSet(false, true)) {
            context.log().warn(reason);
        }
    }

    /** A peer was accepted as usual. */
    void enough() {
        lacking.set(false);
    }

    /** Whether it is worth to try again when a relay has ended. */
    static boolean isLacking(PosixException failure) {
        return LACKING.contains(failure.errno());
    }

    /** Whether peers are to be accepted one at a time, for lack of descriptors. */
    boolean isTight() {
        return reserve.isTight(children.count(), children.opening());
    }

    /**
     * Waits until the next peer will not lack descriptors for the second address, as far as relays
     * that end can help.
     */
    private void awaitDescriptors() throws InterruptedException {
        children.awaitOpened(OPENING_MILLIS);
        while (!reserve.take() && children.count() > 0 && !stopped) {
            lacks("no descriptors are left (RLIMIT_NOFILE); peers wait until a relay ends");
            children.awaitChange(RELIEF_MILLIS);
        }
    }

    private void connect() throws InterruptedException {
        while (!stopped) {
            RelayContext child = child();
            start(new First.Connected(opening.open(child)), child);
            AddressOpening.pause(interval);
        }
    }

    private void start(First first) throws InterruptedException {
        start(first, child());
    }

    private void start(First first, RelayContext child) throws InterruptedException {
        context.log().info("forked off child process {}", child.id());
        if (!FORK_WAIT.isZero()) {
            AddressOpening.pause(FORK_WAIT);
        }
        inProcess.start(first, child);
        children.awaitPlace();
    }

    /** The context of one more relay. */
    RelayContext child() {
        int id = context.nextId();
        return context.fork(id, new RelayLogger(context.log(), id, shutup));
    }

    RelayContext context() {
        return context;
    }

    Loops loops() {
        return loops;
    }

    Reserve reserve() {
        return reserve;
    }

    Children children() {
        return children;
    }

    InProcess inProcess() {
        return inProcess;
    }

    private static Duration forkWait(String seconds) {
        return seconds == null || !seconds.matches("[0-9]{1,9}")
                ? Duration.ZERO
                : Duration.ofSeconds(Long.parseLong(seconds));
    }
}
