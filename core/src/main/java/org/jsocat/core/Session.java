package org.jsocat.core;

import org.jsocat.core.parse.Problem;
import org.jsocat.core.relay.EventLoop;
import org.jsocat.core.relay.Relay;
import org.jsocat.core.relay.RelaySettings;
import org.jsocat.core.relay.Side;
import org.jsocat.spi.AddressException;
import org.jsocat.spi.Direction;
import org.jsocat.spi.Endpoint;
import org.jsocat.spi.Settings;
import org.jsocat.spi.posix.PosixException;
import org.slf4j.Logger;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/**
 * Joins two addresses: checks both, opens the first, then the second, and relays; once, or for each
 * peer of an address with {@code fork}.
 *
 * <p>{@link #run} occupies the calling thread. {@link #end} and {@link #relays} may be called from
 * any thread.
 */
public final class Session {
    /** The version of the reference whose behaviour this program has. */
    public static final String COMPATIBLE = "1.8.1.3";

    private final Catalog catalog;
    private final Settings settings;
    private final RelaySettings relaySettings;
    private final boolean anyGroup;
    private final Logger log;
    private final Set<Cleanups> cleanups = new LinkedHashSet<>();
    private final Set<Relay> relays = new LinkedHashSet<>();
    private final PassedSignals signals = new PassedSignals();
    private SessionListener listener = new SessionListener() {};
    private boolean failed;
    private final Set<Thread> openers = ConcurrentHashMap.newKeySet();
    private volatile boolean cancelled;

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
        this.catalog = catalog;
        this.settings = settings;
        this.relaySettings = relaySettings;
        this.anyGroup = anyGroup;
        this.log = log;
    }

    /** Has somebody told what it does; to be called before {@link #run}. */
    public Session listener(SessionListener told) {
        listener = told;
        return this;
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

    /**
     * Joins the two addresses and returns when the relay has ended; with {@code fork} that is when
     * listening fails.
     *
     * @return the exit status of the program: 0 or 1; what went wrong has been logged
     */
    public int run(String first, String second) {
        Outcomes outcomes = plan(first, second);
        if (!outcomes.fit()) {
            outcomes.problems().forEach(log::error);
            failed = true;
            return 1;
        }
        Thread opener = Thread.currentThread();
        openers.add(opener);
        try {
            if (cancelled) {
                return 0;
            }
            return join(outcomes.left().plan().get(), outcomes.right().plan().get());
        } catch (AcceptTimeoutException timeout) {
            AddressOpening.report(timeout, log);
            return 0;
        } catch (AddressException | PosixException failure) {
            if (cancelled) {
                return 0;
            }
            AddressOpening.report(failure, log);
            failed = true;
            return 1;
        } finally {
            openers.remove(opener);
        }
    }

    /** Both addresses as far as they could be planned. */
    private record Outcomes(Planner.Outcome left, Planner.Outcome right) {
        boolean fit() {
            return left.plan().isPresent() && right.plan().isPresent();
        }

        /** What is wrong, a line each. */
        List<String> problems() {
            List<String> lines = new ArrayList<>();
            left.problems().forEach(found -> lines.add(found.line("address 1")));
            right.problems().forEach(found -> lines.add(found.line("address 2")));
            return lines;
        }
    }

    private Outcomes plan(String first, String second) {
        Planner planner = new Planner(catalog, anyGroup, log);
        Direction direction = relaySettings.direction();
        Planner.Outcome left = planner.plan(first, direction);
        return new Outcomes(left, planner.plan(second, opposite(left, direction)));
    }

    /** The second address is written where the first one is read and the other way round. */
    private static Direction opposite(Planner.Outcome left, Direction direction) {
        boolean narrower =
                direction == Direction.BOTH
                        && left.plan().isPresent()
                        && left.plan().get().supported() != Direction.BOTH;
        return narrower ? left.plan().get().supported().reversed() : direction.reversed();
    }

    private int join(Plan left, Plan right) {
        Direction direction = relaySettings.direction();
        AddressOpening first = new AddressOpening(left, direction, Optional.empty());
        RelayContext context = new RelayContext(this, settings, log);
        if (left.forks()) {
            return new Fork(this, left, first, context, needOwnThread(left, right))
                    .run((side, child) -> side(right, side, child));
        }
        Side leftSide = first.open(context);
        try {
            if (right.forks()) {
                Side shared = leftSide;
                AddressOpening second =
                        new AddressOpening(right, opposite(shared), Optional.empty());
                return new Fork(this, right, second, context, needOwnThread(left, right))
                        .run(
                                (side, child) ->
                                        new Pair(
                                                shared.with(shared.endpoint().share(), () -> {}),
                                                side));
            }
            return relay(side(right, leftSide, context), context);
        } catch (RuntimeException failure) {
            leftSide.close();
            throw failure;
        }
    }

    /** Two open sides. */
    record Pair(Side left, Side right) {}

    /** Opens the second address for a first one that is open. */
    private Pair side(Plan right, Side left, RelayContext context) {
        Optional<Endpoint> replaceable =
                Optional.of(left.endpoint()).filter(endpoint -> left.isPlain());
        return new Pair(left, new AddressOpening(right, opposite(left), replaceable).open(context));
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
        listener.transferring(pair.left().endpoint(), pair.right().endpoint());
        int[] result = new int[1];
        Relay relay = relay(pair, context, (ended, status) -> result[0] = status);
        try (EventLoop loop = new EventLoop()) {
            if (Thread.currentThread().isVirtual()) {
                runApart(loop, relay);
            } else {
                loop.run(relay);
            }
        }
        return result[0];
    }

    /** Makes a relay that is listed among {@link #relays} until it ends. */
    Relay relay(Pair pair, RelayContext context, Relay.Completion completion) {
        Relay relay;
        try {
            relay = new Relay(pair.left(), pair.right(), relaySettings, context.log(), completion);
        } catch (RuntimeException failure) {
            pair.left().close(); // a tap could not be opened
            pair.right().close();
            throw failure;
        }
        synchronized (relays) {
            relays.add(relay);
        }
        if (cancelled) {
            relay.end();
        }
        return relay;
    }

    /** A relay has ended. */
    void forget(Relay relay) {
        synchronized (relays) {
            relays.remove(relay);
        }
    }

    /** The relays that run, or have run without {@code fork}: for statistics. */
    public List<Relay> relays() {
        synchronized (relays) {
            return List.copyOf(relays);
        }
    }

    /**
     * Passes a signal on to what the addresses have registered for it.
     *
     * @return whether there was something, so that the signal does not end the program
     */
    public boolean pass(int signal) {
        int count = signals.pass(signal);
        if (count > 0) {
            log.debug("propagated signal {} to {} sub processes", signal, count);
        }
        return count > 0;
    }

    PassedSignals signals() {
        return signals;
    }

    Catalog catalog() {
        return catalog;
    }

    void register(Cleanups pending) {
        synchronized (cleanups) {
            cleanups.add(pending);
        }
    }

    void unregister(Cleanups done) {
        synchronized (cleanups) {
            cleanups.remove(done);
        }
    }

    /** Does what is still to be cleaned up, because the program ends now. Idempotent. */
    public void end() {
        while (true) {
            Cleanups next;
            synchronized (cleanups) {
                if (cleanups.isEmpty()) {
                    return;
                }
                next = cleanups.iterator().next();
            }
            next.run();
        }
    }

    /** A loop would keep the carrier of a virtual thread to itself. */
    private static void runApart(EventLoop loop, Relay relay) {
        Thread runner = Thread.ofPlatform().daemon().name("relay").start(() -> loop.run(relay));
        boolean interrupted = false;
        while (runner.isAlive()) {
            try {
                runner.join();
            } catch (InterruptedException again) {
                interrupted = true; // whoever interrupts ends the relay too: see cancel
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * What is wrong with two addresses, a line each; nothing is opened.
     *
     * @return empty where {@link #run} would open them
     */
    public List<String> problems(String first, String second) {
        Outcomes outcomes = plan(first, second);
        return outcomes.fit() ? List.of() : outcomes.problems();
    }

    /**
     * Opens one address, which the caller closes; one that listens is opened for one peer. Blocks.
     *
     * @throws AddressException when the address is wrong or cannot be opened
     * @throws PosixException when a system call failed
     */
    public Side open(String address) {
        Direction direction = relaySettings.direction();
        Planner.Outcome outcome = new Planner(catalog, anyGroup, log).plan(address, direction);
        Plan plan =
                outcome.plan()
                        .orElseThrow(
                                () ->
                                        AddressException.usage(
                                                outcome.problems().stream()
                                                        .map(Problem::line)
                                                        .collect(Collectors.joining("; "))));
        return new AddressOpening(plan, direction, Optional.empty())
                .open(new RelayContext(this, settings, log));
    }

    /**
     * Does something on a thread that {@link #cancel} interrupts.
     *
     * @param work opens addresses
     */
    void opening(Runnable work) {
        Thread thread = Thread.currentThread();
        openers.add(thread);
        if (cancelled) {
            thread.interrupt();
        }
        try {
            work.run();
        } finally {
            openers.remove(thread);
        }
    }

    /**
     * Ends a session that runs: what is being opened is given up where it is opened on a virtual
     * thread, relays are closed, and {@link #run} returns. May be called from any thread.
     */
    public void cancel() {
        cancelled = true;
        openers.forEach(Thread::interrupt);
        relays().forEach(Relay::end);
    }
}
