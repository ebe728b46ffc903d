package org.jsocat.core.relay;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.PriorityQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jsocat.spi.Endpoint;
import org.jsocat.spi.posix.Epoll;
import org.jsocat.spi.posix.Errno;
import org.jsocat.spi.posix.EventFd;
import org.jsocat.spi.posix.Fd;
import org.jsocat.spi.posix.Libc;
import org.jsocat.spi.posix.Linux;
import org.jsocat.spi.posix.PosixException;

/**
 * Runs relays on one thread: waits for events of all their descriptors at once (epoll(7), edge-triggered, so that a
 * descriptor is registered once and never modified) and lets each relay that has one move its bytes.
 *
 * <p>{@link #run} occupies the calling thread. {@link #add}, {@link #stop} and {@link #execute} may be called from any
 * thread; everything else runs on the loop's.
 */
public final class EventLoop implements AutoCloseable {
    /** The greatest block that a relay moves at once, in bytes. */
    static final int BUFFER_SIZE = 256 * 1024;

    private static final int EVENTS = Linux.EPOLLIN | Linux.EPOLLOUT | Linux.EPOLLRDHUP | Linux.EPOLLET;
    private static final int BATCH = 256;
    private static final long NANOS_PER_MILLI = 1_000_000;

    /** A descriptor that a relay waits for. */
    static final class Registration {
        final Relay relay;
        final int descriptor;
        final int slot;
        /** Present where the same descriptor is also watched for another relay. */
        final Fd duplicate;
        /** Whether the descriptor cannot be waited for because it is always ready (a regular file). */
        final boolean alwaysReady;

        Registration(Relay relay, int descriptor, int slot, Fd duplicate, boolean alwaysReady) {
            this.relay = relay;
            this.descriptor = descriptor;
            this.slot = slot;
            this.duplicate = duplicate;
            this.alwaysReady = alwaysReady;
        }
    }

    private record Timer(long at, Relay relay) {}

    private final Epoll epoll = new Epoll(BATCH);
    private final EventFd wakeup = new EventFd();
    private final ConcurrentLinkedQueue<Runnable> tasks = new ConcurrentLinkedQueue<>();
    private final ArrayDeque<Relay> ready = new ArrayDeque<>();
    private final PriorityQueue<Timer> timers = new PriorityQueue<>((a, b) -> Long.compare(a.at - b.at, 0));
    private ByteBuffer buffer;
    private Registration[] slots = new Registration[64];
    private int[] freeSlots = new int[64];
    private int freeCount;
    private int slotCount = 1;
    private int relays;
    private long now = System.nanoTime();
    private volatile boolean stopped;
    private volatile boolean waiting;

    /** A loop that runs nothing yet. */
    public EventLoop() {
        PosixException.check(
                epoll.add(wakeup.fd().number(), Linux.EPOLLIN | Linux.EPOLLET, 0), "epoll_ctl(EPOLL_CTL_ADD)");
    }

    /** Adds a relay; the loop owns it from now on. */
    public void add(Relay relay) {
        execute(() -> start(relay));
    }

    /** Has the loop's thread do something. */
    public void execute(Runnable task) {
        tasks.add(task);
        if (waiting) {
            wakeup.signal();
        }
    }

    /** Ends {@link #run} after its current round; the relays that are left are closed. */
    public void stop() {
        stopped = true;
        wakeup.signal();
    }

    /** Runs until {@link #stop}. */
    public void run() {
        while (!stopped) {
            round();
        }
    }

    /** Runs one relay until it has ended. */
    public void run(Relay relay) {
        start(relay);
        while (!relay.isOver() || relays > 0) {
            round();
        }
    }

    private void start(Relay relay) {
        relays++;
        now = System.nanoTime();
        int size = Math.max(BUFFER_SIZE, relay.blockSize());
        if (buffer == null || buffer.capacity() < size) {
            buffer = ByteBuffer.allocateDirect(size);
        }
        try {
            relay.start(this, now);
        } catch (PosixException failure) {
            relay.fail(failure);
        }
        queue(relay);
    }

    private void round() {
        waiting = true;
        int timeout = tasks.isEmpty() && ready.isEmpty() ? timeout() : 0;
        int count = epoll.await(timeout);
        waiting = false;
        now = System.nanoTime();
        for (int i = 0; i < count; i++) {
            dispatch((int) epoll.token(i), epoll.events(i));
        }
        for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
            task.run();
        }
        for (int turns = ready.size(); turns > 0; turns--) {
            advance(ready.poll());
        }
        expire();
    }

    private void dispatch(int slot, int events) {
        if (slot == 0) {
            wakeup.clear();
            return;
        }
        Registration registration = slots[slot];
        if (registration != null) {
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
        boolean more = relay.advance(buffer, now);
        if (relay.isOver()) {
            finish(relay);
        } else if (more) {
            queue(relay);
        } else {
            schedule(relay);
        }
    }

    private void schedule(Relay relay) {
        long deadline = relay.deadline();
        if (deadline != Long.MAX_VALUE && !relay.timed) {
            relay.timed = true;
            timers.add(new Timer(deadline, relay));
        }
    }

    private int timeout() {
        if (timers.isEmpty()) {
            return -1;
        }
        long nanos = timers.peek().at - System.nanoTime();
        return nanos <= 0 ? 0 : (int) Math.min(Integer.MAX_VALUE, (nanos + NANOS_PER_MILLI - 1) / NANOS_PER_MILLI);
    }

    private void expire() {
        while (!timers.isEmpty() && timers.peek().at - now <= 0) {
            Relay relay = timers.poll().relay;
            relay.timed = false;
            if (relay.isOver()) {
                continue;
            }
            if (relay.deadline() - now > 0) {
                schedule(relay); // there was activity meanwhile
            } else if (relay.timeout(now)) {
                queue(relay);
            } else if (relay.isOver()) {
                finish(relay);
            } else {
                schedule(relay);
            }
        }
    }

    private void finish(Relay relay) {
        relays--;
        for (int i = 0; i < relay.registrationCount; i++) {
            forget(relay.registrations[i]);
            relay.registrations[i] = null;
        }
        relay.registrationCount = 0;
        relay.finish();
    }

    /** Waits for a descriptor on behalf of a relay; more than one wish for the same descriptor counts once. */
    void watch(Relay relay, int descriptor) {
        if (descriptor == Endpoint.NONE) {
            return;
        }
        for (int i = 0; i < relay.registrationCount; i++) {
            if (relay.registrations[i].descriptor == descriptor) {
                return;
            }
        }
        int slot = freeCount > 0 ? freeSlots[--freeCount] : slotCount++;
        if (slot >= slots.length) {
            slots = java.util.Arrays.copyOf(slots, slots.length * 2);
            freeSlots = java.util.Arrays.copyOf(freeSlots, slots.length);
        }
        Registration registration = register(relay, descriptor, slot);
        slots[slot] = registration;
        relay.registrations[relay.registrationCount++] = registration;
    }

    private Registration register(Relay relay, int descriptor, int slot) {
        int result = epoll.add(descriptor, EVENTS, slot);
        if (result == -Errno.EEXIST) {
            Fd duplicate = new Fd(PosixException.check(
                    Libc.fcntl(descriptor, Linux.F_DUPFD_CLOEXEC, 0), () -> "dup(" + descriptor + ")"));
            PosixException.check(
                    epoll.add(duplicate.number(), EVENTS, slot), () -> "epoll_ctl(EPOLL_CTL_ADD, " + descriptor + ")");
            return new Registration(relay, descriptor, slot, duplicate, false);
        }
        if (result == -Errno.EPERM) {
            return new Registration(relay, descriptor, slot, null, true);
        }
        PosixException.check(result, () -> "epoll_ctl(EPOLL_CTL_ADD, " + descriptor + ")");
        return new Registration(relay, descriptor, slot, null, false);
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

    /** How many relays it runs. */
    public int relays() {
        return relays;
    }

    @Override
    public void close() {
        epoll.close();
        wakeup.close();
    }
}
