package org.jsocat.core.relay;

import org.jsocat.spi.Endpoint;
import org.jsocat.spi.posix.Epoll;
import org.jsocat.spi.posix.Errno;
import org.jsocat.spi.posix.EventFd;
import org.jsocat.spi.posix.Fd;
import org.jsocat.spi.posix.Libc;
import org.jsocat.spi.posix.Linux;
import org.jsocat.spi.posix.PosixException;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Runs relays on one thread: waits for events of all their descriptors at once (epoll(7),
 * edge-triggered, so that a descriptor is registered once and never modified) and lets each relay
 * that has one move its bytes.
 *
 * <p>{@link #run} occupies the calling thread. {@link #add}, {@link #stop} and {@link #execute} may
 * be called from any thread; everything else runs on the loop's.
 */
public final class EventLoop implements AutoCloseable {
    private static final int EVENTS =
            Linux.EPOLLIN | Linux.EPOLLOUT | Linux.EPOLLPRI | Linux.EPOLLRDHUP | Linux.EPOLLET;
    private static final int BATCH = 256;
    private static final long WAKEUP = 0;
    private static final long NANOS_PER_MILLI = 1_000_000;

    /** Told of the events of a descriptor, on the loop's thread. Must not block or throw. */
    @FunctionalInterface
    public interface Watcher {
        /**
         * Something happened.
         *
         * @param events a mask of EPOLLIN and the like
         */
        void event(int events);
    }

    /** A descriptor that is waited for, for a relay or for a watcher. */
    public static final class Registration {
        final Relay relay;
        final Watcher watcher;
        final int descriptor;
        final int slot;

        /**
         * Tells an event of this registration from a late one of an earlier one in the same slot.
         */
        final long token;

        /** Present where the same descriptor is also watched for another relay. */
        final Fd duplicate;

        /**
         * Whether the descriptor cannot be waited for because it is always ready (a regular file).
         */
        final boolean alwaysReady;

        Registration(Relay relay, int descriptor, long token, Fd duplicate, boolean alwaysReady) {
            this(relay, null, descriptor, token, duplicate, alwaysReady);
        }

        private Registration(
                Relay relay,
                Watcher watcher,
                int descriptor,
                long token,
                Fd duplicate,
                boolean alwaysReady) {
            this.relay = relay;
            this.watcher = watcher;
            this.descriptor = descriptor;
            this.slot = (int) token;
            this.token = token;
            this.duplicate = duplicate;
            this.alwaysReady = alwaysReady;
        }
    }

    private final Epoll epoll = new Epoll(BATCH);
    private final EventFd wakeup = new EventFd();
    private final ConcurrentLinkedQueue<Runnable> tasks = new ConcurrentLinkedQueue<>();
    private final ArrayDeque<Relay> ready = new ArrayDeque<>();
    private final Timers timers = new Timers();
    private final Workspace workspace = new Workspace();
    private final Set<Relay> relays = new HashSet<>();
    private Registration[] slots = new Registration[64];
    private int[] freeSlots = new int[64];
    private int freeCount;
    private int slotCount = 1;
    private int generation;
    private long now = System.nanoTime();
    private volatile int load;
    private volatile boolean stopped;
    private volatile boolean waiting;
    private volatile Thread thread;
    private Relay advancing;

    /** A loop that runs nothing yet. */
    public EventLoop() {
        PosixException.check(
                epoll.add(wakeup.fd().number(), Linux.EPOLLIN | Linux.EPOLLET, WAKEUP),
                "epoll_ctl(EPOLL_CTL_ADD)");
    }

    /** Adds a relay; the loop owns it from now on. */
    public void add(Relay relay) {
        execute(() -> start(relay));
    }

    /** Ends a relay that it runs; does nothing where that has ended. */
    void end(Relay relay) {
        execute(
                () -> {
                    relay.cancel();
                    queue(relay);
                });
    }

    /** Has a relay's endpoints called again; does nothing where it has ended. */
    void wake(Relay relay) {
        execute(
                () -> {
                    if (relays.contains(relay)) {
                        relay.woken();
                        queue(relay);
                    }
                });
    }

    /** The deadline of a relay has become earlier. */
    void sooner(Relay relay) {
        if (relay != advancing || Thread.currentThread() != thread) {
            execute(
                    () -> {
                        if (relays.contains(relay)) {
                            queue(relay); // its time is looked at after its turn
                        }
                    });
        }
    }

    /** Has the loop's thread do something. */
    public void execute(Runnable task) {
        tasks.add(task);
        if (waiting) {
            wakeup.signal();
        }
    }

    /** Ends {@link #run} after its current round; the relays that are left are closed then. */
    public void stop() {
        stopped = true;
        wakeup.signal();
    }

    /** Runs until {@link #stop}. */
    public void run() {
        while (!stopped) {
            round();
        }
        runTasks();
        for (Relay relay : List.copyOf(relays)) {
            relay.cancel();
            finish(relay);
        }
    }

    /** Runs until this relay and all others have ended. */
    public void run(Relay relay) {
        start(relay);
        while (!relays.isEmpty()) {
            round();
        }
    }

    private void start(Relay relay) {
        thread = Thread.currentThread();
        relays.add(relay);
        load = relays.size();
        now = System.nanoTime();
        try {
            workspace.reserve(relay.room());
            relay.start(this, now);
        } catch (Throwable failure) {
            relay.fail(failure);
        }
        queue(relay);
    }

    private void round() {
        waiting = true;
        int timeout = tasks.isEmpty() && ready.isEmpty() && !stopped ? timeout() : 0;
        int count = epoll.await(timeout);
        waiting = false;
        now = System.nanoTime();
        for (int i = 0; i < count; i++) {
            dispatch(epoll.token(i), epoll.events(i));
        }
        if (count < BATCH) {
            expire(); // else there may be events yet to be told that make up for the silence
        }
        runTasks();
        for (int turns = ready.size(); turns > 0; turns--) {
            advance(ready.poll());
        }
    }

    private void runTasks() {
        for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
            try {
                task.run();
            } catch (Throwable defect) {
                tell(defect);
            }
        }
    }

    /** A defect outside any relay: told, and all relays go on. */
    private static void tell(Throwable defect) {
        Thread thread = Thread.currentThread();
        thread.getUncaughtExceptionHandler().uncaughtException(thread, defect);
    }

    private void dispatch(long token, int events) {
        if (token == WAKEUP) {
            wakeup.clear();
            return;
        }
        Registration registration = slots[(int) token];
        if (registration == null || registration.token != token) {
            return;
        }
        if (registration.watcher != null) {
            try {
                registration.watcher.event(events);
            } catch (Throwable defect) {
                tell(defect);
            }
        } else {
            registration.relay.event(registration.descriptor, events);
            queue(registration.relay);
        }
    }

    private void queue(Relay relay) {
        if (!relay.queued) {
            relay.queued = true;
            ready.add(relay);
        }
    }

    private void advance(Relay relay) {
        relay.queued = false;
        if (!relays.contains(relay)) {
            return; // it ended between being queued and its turn
        }
        boolean more = false;
        advancing = relay;
        try {
            more = !relay.isOver() && relay.advance(workspace, now);
            if (!more && !relay.isOver()) {
                timers.schedule(relay, relay.deadline());
            }
        } catch (Throwable failure) {
            relay.fail(failure);
            more = true; // to its end
        }
        advancing = null;
        if (relay.isOver()) {
            finish(relay);
        } else if (more) {
            queue(relay);
        }
    }

    private int timeout() {
        long nanos = timers.remaining(System.nanoTime());
        return nanos < 0
                ? -1
                : (int)
                        Math.min(
                                Integer.MAX_VALUE, (nanos + NANOS_PER_MILLI - 1) / NANOS_PER_MILLI);
    }

    private void expire() {
        while (timers.due(now)) {
            Relay relay = timers.poll();
            if (relay.queued) {
                continue; // something happened; its time counts anew from its turn
            }
            try {
                long deadline = relay.deadline();
                if (deadline - now > 0) {
                    timers.schedule(relay, deadline); // there was activity meanwhile
                    continue;
                }
                relay.timeout(now);
            } catch (Throwable failure) {
                relay.fail(failure);
            }
            queue(relay);
        }
    }

    private void finish(Relay relay) {
        relays.remove(relay);
        load = relays.size();
        timers.remove(relay);
        for (int i = 0; i < relay.registrationCount; i++) {
            forget(relay.registrations[i]);
            relay.registrations[i] = null;
        }
        relay.registrationCount = 0;
        try {
            relay.finish();
        } catch (Throwable failure) {
            relay.fail(failure); // only told: the relay has ended, and the others go on
        }
    }

    /**
     * Waits for a descriptor on behalf of a relay; more than one wish for the same descriptor
     * counts once.
     */
    void watch(Relay relay, int descriptor) {
        if (descriptor == Endpoint.NONE) {
            return;
        }
        for (int i = 0; i < relay.registrationCount; i++) {
            if (relay.registrations[i].descriptor == descriptor) {
                return;
            }
        }
        watch(relay, descriptor, false);
    }

    /**
     * Waits for a descriptor that may be closed meanwhile, through a duplicate of it, until {@link
     * #forget(Relay, int)}.
     *
     * @return false where there is no descriptor to wait for, or none left for the duplicate:
     *     wake-ups have to do
     */
    boolean watchApart(Relay relay, int descriptor) {
        if (descriptor == Endpoint.NONE) {
            return false;
        }
        try {
            watch(relay, descriptor, true);
            return true;
        } catch (PosixException none) {
            if (none.errno() != Errno.EMFILE && none.errno() != Errno.ENFILE) {
                throw none;
            }
            return false;
        }
    }

    private void watch(Relay relay, int descriptor, boolean apart) {
        int slot = slot();
        Registration registration;
        try {
            registration = register(relay, descriptor, (long) ++generation << 32 | slot, apart);
        } catch (RuntimeException | Error failure) {
            freeSlots[freeCount++] = slot;
            throw failure;
        }
        slots[slot] = registration;
        relay.registrations[relay.registrationCount++] = registration;
    }

    private int slot() {
        int slot = freeCount > 0 ? freeSlots[--freeCount] : slotCount++;
        if (slot >= slots.length) {
            slots = Arrays.copyOf(slots, slots.length * 2);
            freeSlots = Arrays.copyOf(freeSlots, slots.length);
        }
        return slot;
    }

    /**
     * Waits for a descriptor until {@link #unwatch}; for the loop's thread.
     *
     * @param events a mask of EPOLLIN and the like, level-triggered unless it says otherwise
     * @throws PosixException when the kernel cannot wait for it
     */
    public Registration watch(int descriptor, int events, Watcher watcher) {
        int slot = slot();
        long token = (long) ++generation << 32 | slot;
        int result = epoll.add(descriptor, events, token);
        if (result < 0) {
            freeSlots[freeCount++] = slot;
            throw new PosixException(-result, "epoll_ctl(EPOLL_CTL_ADD, " + descriptor + ")");
        }
        Registration registration = new Registration(null, watcher, descriptor, token, null, false);
        slots[slot] = registration;
        return registration;
    }

    /** No longer waits for a descriptor, which is still open; for the loop's thread. Once. */
    public void unwatch(Registration registration) {
        forget(registration);
    }

    /** No longer waits for a descriptor on behalf of a relay, which may close it then. */
    void forget(Relay relay, int descriptor) {
        for (int i = 0; i < relay.registrationCount; i++) {
            if (relay.registrations[i].descriptor == descriptor) {
                forget(relay.registrations[i]);
                relay.registrations[i] = relay.registrations[--relay.registrationCount];
                relay.registrations[relay.registrationCount] = null;
                return;
            }
        }
    }

    private Registration register(Relay relay, int descriptor, long token, boolean apart) {
        int result = apart ? -Errno.EEXIST : epoll.add(descriptor, EVENTS, token);
        if (result == -Errno.EPERM) {
            return new Registration(relay, descriptor, token, null, true);
        }
        if (result != -Errno.EEXIST) {
            PosixException.check(result, () -> "epoll_ctl(EPOLL_CTL_ADD, " + descriptor + ")");
            return new Registration(relay, descriptor, token, null, false);
        }
        Fd duplicate =
                new Fd(
                        PosixException.check(
                                Libc.fcntl(descriptor, Linux.F_DUPFD_CLOEXEC, 0),
                                () -> "dup(" + descriptor + ")"));
        result = epoll.add(duplicate.number(), EVENTS, token);
        if (result < 0) {
            duplicate.close();
        }
        if (result == -Errno.EPERM) {
            return new Registration(relay, descriptor, token, null, true);
        }
        PosixException.check(result, () -> "epoll_ctl(EPOLL_CTL_ADD, " + descriptor + ")");
        return new Registration(relay, descriptor, token, duplicate, false);
    }

    private void forget(Registration registration) {
        slots[registration.slot] = null;
        freeSlots[freeCount++] = registration.slot;
        if (registration.duplicate != null) {
            epoll.remove(registration.duplicate.number());
            registration.duplicate.close();
        } else if (!registration.alwaysReady) {
            epoll.remove(registration.descriptor);
        }
    }

    /** How many relays it runs; for any thread, and a little late for others than the loop's. */
    public int relays() {
        return load;
    }

    @Override
    public void close() {
        workspace.close();
        epoll.close();
        wakeup.close();
    }
}
