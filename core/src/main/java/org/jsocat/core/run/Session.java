package org.jsocat.core.run;

import org.jsocat.core.open.AcceptTimeoutException;
import org.jsocat.core.open.AddressOpening;
import org.jsocat.core.open.Adoption;
import org.jsocat.core.open.RelayContext;
import org.jsocat.core.open.RelayEnvironment;
import org.jsocat.core.open.Surroundings;
import org.jsocat.core.parse.Problem;
import org.jsocat.core.plan.Catalog;
import org.jsocat.core.plan.Plan;
import org.jsocat.core.plan.PlannedPair;
import org.jsocat.core.plan.Planner;
import org.jsocat.core.relay.EventLoop;
import org.jsocat.core.relay.Relay;
import org.jsocat.core.relay.RelaySettings;
import org.jsocat.core.relay.Side;
import org.jsocat.spi.AddressException;
import org.jsocat.spi.Direction;
import org.jsocat.spi.Endpoint;
import org.jsocat.spi.Listener;
import org.jsocat.spi.RelayInfo;
import org.jsocat.spi.RelayListener;
import org.jsocat.spi.Settings;
import org.jsocat.spi.posix.Fd;
import org.jsocat.spi.posix.NameService;
import org.jsocat.spi.posix.PosixException;
import org.slf4j.Logger;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * Joins two addresses: opens the first, then the second, and relays; once, or for each peer of an
 * address with {@code fork}.
 *
 * <p>{@link #run} occupies the calling thread. {@link #end} and {@link #relays} may be called from
 * any thread.
 */
public final class Session {
    /** The version of the reference whose behaviour this program has. */
    public static final String COMPATIBLE = RelayEnvironment.COMPATIBLE;

    private static final Duration WHILE_THE_WORKER_LASTS = Duration.ofDays(36_500);

    private final Planner planner;
    private final Surroundings surroundings;
    private final RelaySettings relaySettings;
    private final Logger log;
    private final RunningRelays relays = new RunningRelays();
    private final RelayEvents events;
    private SessionListener listener = new SessionListener() {};
    private Optional<WorkerStarter> workers = Optional.empty();
    private boolean sharesLoops;
    private Plan served;
    private boolean failed;
    private Optional<Fork> forking = Optional.empty();

    /**
     * A session that runs nothing yet.
     *
     * @param anyGroup whether options are taken whatever the address ({@code -g})
     */
    public Session(
            Catalog catalog,
            Settings settings,
            RelaySettings relaySettings,
            boolean anyGroup,
            Logger log) {
        planner = new Planner(catalog, anyGroup, log);
        events = new RelayEvents(catalog);
        surroundings = new Surroundings(catalog, settings);
        this.relaySettings = relaySettings;
        this.log = log;
    }

    /** Has somebody told how far it has come; to be called before {@link #run}. */
    public Session listener(SessionListener told) {
        listener = told;
        return this;
    }

    /**
     * Lets it start worker processes, for forked relays of another identity; to be called before
     * {@link #run}.
     */
    public Session workers(WorkerStarter starter) {
        workers = Optional.of(starter);
        return this;
    }

    /** Has somebody told what becomes of relays; to be called before {@link #run}. */
    public Session listener(RelayListener told) {
        events.add(told);
        return this;
    }

    /**
     * Runs its relays on the event loops of all sessions that do; for programs that embed it, whose
     * relays are many. To be called before {@link #run}.
     */
    public Session sharingLoops() {
        sharesLoops = true;
        return this;
    }

    /** Has somebody told of each socket that listens; to be called before {@link #run}. */
    public void onListening(Consumer<Listener> told) {
        surroundings.onListening(told);
    }

    /** Where it logs. */
    public Logger log() {
        return log;
    }

    Loops loops() {
        return sharesLoops ? Loops.shared() : Loops.own();
    }

    SessionListener listener() {
        return listener;
    }

    /**
     * Whether {@link #run} returned 1 because the addresses could not be joined, not for what
     * happened later.
     */
    public boolean hasFailed() {
        return failed;
    }

    /** Checks two addresses; nothing is opened. */
    public PlannedPair plan(String first, String second) {
        return PlannedPair.of(planner, first, second, relaySettings.direction());
    }

    /** Checks two addresses and joins them, see {@link #run(PlannedPair)}. */
    public int run(String first, String second) {
        return run(plan(first, second));
    }

    /**
     * Joins the two addresses and returns when the relay has ended; with {@code fork} that is when
     * listening fails.
     *
     * @param addresses as this session planned them
     * @return the exit status of the program: 0 or 1; what went wrong has been logged
     */
    public int run(PlannedPair addresses) {
        if (!addresses.fits()) {
            addresses.problems().forEach(log::error);
            failed = true;
            return 1;
        }
        RelayContext context = new RelayContext(surroundings, log);
        relays.opening();
        try {
            if (relays.isCancelled()) {
                return 0;
            }
            return join(addresses.left().plan().get(), addresses.right().plan().get(), context);
        } catch (AcceptTimeoutException timeout) {
            AddressOpening.report(timeout, log);
            return 0;
        } catch (AddressException | PosixException failure) {
            if (relays.isCancelled()) {
                return 0;
            }
            AddressOpening.report(failure, log);
            failed = true;
            events.failed(context, failure);
            return 1;
        } finally {
            relays.opened();
        }
    }

    private int join(Plan left, Plan right, RelayContext context) {
        Direction direction = relaySettings.direction();
        AddressOpening first = new AddressOpening(left, direction, Optional.empty());
        if (left.forks()) {
            InProcess.Joining joining = (side, child) -> pair(right, side, child);
            Fork fork = new Fork(this, left, first, context, needOwnThread(left, right), joining);
            if (left.changesIdentityLater() || right.changesIdentity()) {
                WorkerStarter starter = workersFor(left);
                fork.inWorkers(() -> new Workers(starter, !right.changesIdentity(), log));
            }
            return run(fork, quickly(left, right));
        }
        Side leftSide = first.open(context);
        try {
            if (right.forks()) {
                return forkRight(leftSide, right, context, needOwnThread(left, right));
            }
            return relay(pair(right, leftSide, context), context);
        } catch (RuntimeException | Error failure) {
            leftSide.close();
            throw failure;
        }
    }

    /** The first address is one that all relays of the second one share. */
    private int forkRight(Side left, Plan right, RelayContext context, boolean ownThread) {
        if (right.changesIdentity()) {
            throw AddressException.usage(
                    "options that change the identity of forked relays take effect on the first"
                            + " address: write the one with fork first");
        }
        AddressOpening second = new AddressOpening(right, opposite(left), Optional.empty());
        InProcess.Joining joining =
                (side, child) -> new Pair(left.with(left.endpoint().share(), () -> {}), side);
        Fork fork = new Fork(this, right, second, context, ownThread, joining);
        return run(fork, Optional.empty());
    }

    private int run(Fork fork, Optional<LoopOpening.Joining> quickly) {
        synchronized (relays) {
            forking = Optional.of(fork);
        }
        return fork.run(quickly);
    }

    /**
     * Takes no more peers and lets the relays end by themselves; {@link #run} returns then. Any
     * thread.
     *
     * @return false where there is nothing to wait for: no relay runs, and none is forked
     */
    public boolean drain() {
        Optional<Fork> fork;
        synchronized (relays) {
            fork = forking;
        }
        fork.ifPresent(Fork::stop);
        return fork.isPresent() || !relays.list().isEmpty();
    }

    /** How the second address is opened on an event loop, where it and the first one allow that. */
    private Optional<LoopOpening.Joining> quickly(Plan left, Plan right) {
        boolean possible =
                relaySettings.taps().isEmpty()
                        && left instanceof Plan.Endpoint
                        && right instanceof Plan.Endpoint end
                        && end.address().mayOpenAtOnce();
        return possible
                ? Optional.of((side, child) -> second(right, side).begin(child))
                : Optional.empty();
    }

    private WorkerStarter workersFor(Plan left) {
        if (left instanceof Plan.Chain chain && chain.stagesChangeIdentity()) {
            throw AddressException.usage(
                    "options that change the identity of forked relays stand on the address with"
                            + " fork or on the second one, not on a stage");
        }
        return workers.orElseThrow(
                () ->
                        AddressException.usage(
                                "relays of another identity need processes of their own, which"
                                        + " only the program starts"));
    }

    /**
     * Relays what another process of this program hands to this one, which takes the identity that
     * the addresses ask for, until that process has ended.
     *
     * @param addresses as this session planned them
     * @param channel this process's end of a socket pair to the other one
     * @return the exit status of the program
     */
    public int serve(PlannedPair addresses, Fd channel) {
        Plan left = addresses.left().plan().orElseThrow();
        Plan right = addresses.right().plan().orElseThrow();
        RelayContext context = new RelayContext(surroundings, log);
        served = left;
        try (WorkerChannel orders = new WorkerChannel(channel)) {
            // What looks names up is loaded from here, and not from a jail.
            NameService.warmUp();
            Adoption.takeIdentity(left, context);
            new Serving(
                            this,
                            context,
                            needOwnThread(left, right),
                            (side, child) -> pair(right, side, child),
                            quickly(left, right))
                    .run(orders, right.changesIdentity());
            return 0;
        } catch (AddressException | PosixException failure) {
            AddressOpening.report(failure, log);
            return 1;
        }
    }

    /** The first side of an order. */
    Side leftOf(WorkerChannel.Order order, RelayContext child) {
        Optional<Plan> plan = order.whole() ? Optional.of(served) : Optional.empty();
        return Adoption.side(
                plan, child, order.descriptors().getFirst(), order.descriptors().getLast());
    }

    /** Moves bytes between a side and a worker, which decides when they have ended. */
    void pump(Side left, Side right, RelayContext context, Loops loops) {
        RelaySettings settings =
                new RelaySettings(
                        relaySettings.direction(),
                        relaySettings.bufferSize(),
                        WHILE_THE_WORKER_LASTS,
                        Optional.empty(),
                        Optional.empty(),
                        relaySettings.sloppy());
        Pair pair = new Pair(left, right);
        KnownRelay known = new KnownRelay(context);
        try {
            Relay relay =
                    new Relay(
                            left,
                            right,
                            settings,
                            context.log(),
                            (ended, status) -> relays.remove(ended));
            known.opened(relay);
            relays.add(relay, known);
            loops.next().add(relay);
        } catch (RuntimeException | Error failure) {
            pair.close();
            throw failure;
        }
    }

    /** Two open sides. */
    record Pair(Side left, Side right) {
        void close() {
            try {
                left.close();
            } finally {
                right.close();
            }
        }
    }

    private AddressOpening second(Plan right, Side left) {
        Optional<Endpoint> replaceable =
                Optional.of(left.endpoint()).filter(endpoint -> left.isPlain());
        return new AddressOpening(right, opposite(left), replaceable);
    }

    /** Opens the second address for a first one that is open. */
    private Pair pair(Plan right, Side left, RelayContext context) {
        return new Pair(left, second(right, left).open(context));
    }

    private static boolean needOwnThread(Plan left, Plan right) {
        return left.changesThread() || right.changesThread();
    }

    private Direction opposite(Side left) {
        return switch (relaySettings.direction()) {
            case READ -> Direction.WRITE;
            case WRITE -> Direction.READ;
            case BOTH -> left.endpoint().direction().reversed();
        };
    }

    private int relay(Pair pair, RelayContext context) {
        log.debug("resolved and opened all sock addresses");
        int[] result = {1};
        CountDownLatch over = new CountDownLatch(1);
        Relay relay;
        try {
            listener.transferring(pair.left().endpoint(), pair.right().endpoint());
            relay =
                    relay(
                            pair,
                            context,
                            (ended, status) -> {
                                result[0] = status;
                                over.countDown();
                            });
        } catch (RuntimeException | Error failure) {
            pair.close();
            throw failure;
        }
        if (sharesLoops) {
            Loops.shared().next().add(relay);
            awaitUninterrupted(over);
            return result[0];
        }
        try (EventLoop loop = new EventLoop()) {
            loop.run(relay);
        }
        return result[0];
    }

    /**
     * Makes a relay that is listed among {@link #relays} until it ends.
     *
     * @throws org.jsocat.spi.posix.PosixException when a file for {@code -r} or {@code -R} cannot
     *     be opened; the pair stays open
     */
    Relay relay(Pair pair, RelayContext context, Relay.Completion completion) {
        KnownRelay known = new KnownRelay(context);
        Relay relay =
                new Relay(
                        pair.left(),
                        pair.right(),
                        relaySettings,
                        context.log(),
                        (ended, status) -> {
                            // First: the completion may be the end of the program.
                            events.over(context, known, ended.cause());
                            completion.ended(ended, status);
                        });
        known.opened(relay);
        relays.add(relay, known);
        events.opened(context, known);
        return relay;
    }

    /** Who is told what becomes of relays. */
    RelayEvents events() {
        return events;
    }

    /** What is going on. */
    RunningRelays running() {
        return relays;
    }

    /** The relays that run, or have run without {@code fork}: for statistics. */
    public List<RelayInfo> relays() {
        return relays.list();
    }

    /**
     * Passes a signal on to what the addresses have registered for it.
     *
     * @return whether there was something, so that the signal does not end the program
     */
    public boolean pass(int signal) {
        int count = surroundings.pass(signal);
        if (count > 0) {
            log.debug("propagated signal {} to {} sub processes", signal, count);
        }
        return count > 0;
    }

    /** Does what is still to be cleaned up, because the program ends now. Idempotent. */
    public void end() {
        surroundings.end();
    }

    private static void awaitUninterrupted(CountDownLatch over) {
        boolean interrupted = false;
        while (true) {
            try {
                over.await();
                break;
            } catch (InterruptedException again) {
                interrupted = true; // whoever interrupts ends the relay too: see cancel
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * Opens one address, which the caller closes; one that listens is opened for one peer. Blocks,
     * until the calling thread is interrupted; but an address whose options change the thread
     * itself is opened on the caller's, and a platform thread is not to be interrupted there.
     *
     * @throws AddressException when the address is wrong or cannot be opened
     * @throws PosixException when a system call failed
     */
    public Side open(String address) {
        Direction direction = relaySettings.direction();
        Plan plan = planned(address);
        AddressOpening opening = new AddressOpening(plan, direction, Optional.empty());
        RelayContext context = new RelayContext(surroundings, log);
        return plan.changesThread()
                ? opening.open(context)
                : Interruptible.run(() -> opening.open(context));
    }

    /**
     * Starts to listen on an address, for somebody who takes the peers one by one.
     *
     * @throws AddressException when the address is wrong, does not listen, or cannot be opened
     * @throws PosixException when a system call failed
     */
    public Accepting listen(String address) {
        AddressOpening opening =
                new AddressOpening(planned(address), relaySettings.direction(), Optional.empty());
        if (!opening.listens()) {
            throw AddressException.usage("\"" + address + "\" does not listen");
        }
        RelayContext context = new RelayContext(surroundings, log);
        return new Accepting(
                opening.listen(context),
                () -> {
                    int id = context.nextId();
                    return context.fork(id, new RelayLogger(log, id, 0));
                });
    }

    private Plan planned(String address) {
        Planner.Outcome outcome = planner.plan(address, relaySettings.direction());
        return outcome.plan()
                .orElseThrow(
                        () ->
                                AddressException.usage(
                                        outcome.problems().stream()
                                                .map(Problem::line)
                                                .collect(Collectors.joining("; "))));
    }

    /**
     * Ends a session that runs: what is being opened is given up where it is opened on a virtual
     * thread, relays are closed, and {@link #run} returns. May be called from any thread.
     */
    public void cancel() {
        relays.cancel();
    }
}
