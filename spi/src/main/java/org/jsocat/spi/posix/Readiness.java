package org.jsocat.spi.posix;

import java.util.Arrays;
import java.util.concurrent.locks.LockSupport;

/**
 * Waits for a descriptor to become ready, in the way that suits the calling thread: a platform
 * thread blocks in poll(2); a virtual thread parks and is woken by one epoll thread that all
 * virtual threads share, and which is started when it is first needed.
 *
 * <p>Thread-safe. Several threads may wait for one descriptor, for the same or for different
 * events.
 *
 * <p>Closing a descriptor while a thread waits for it: {@link Fd#close} wakes virtual threads with
 * POLLNVAL. A raw {@link Libc#close} does not, and nothing wakes a platform thread; give such waits
 * a timeout, or let them wait for an {@link EventFd} too, with {@link Poller}.
 *
 * @since 0.1
 */
public final class Readiness {

    /** The events that are told even if they were not asked for. */
    private static final int ALWAYS = Linux.POLLERR | Linux.POLLHUP | Linux.POLLNVAL;

    private Readiness() {}

    /**
     * Waits until a descriptor has one of the events, or an error.
     *
     * @param fd the descriptor
     * @param events a mask of POLLIN, POLLOUT, POLLPRI, POLLRDHUP
     * @param timeoutNanos nanoseconds; negative waits for ever, 0 does not wait
     * @return the events there are, POLLERR, POLLHUP and POLLNVAL among them; 0 after the timeout;
     *     -EINTR if the calling virtual thread is interrupted, which it then still is; or another
     *     negated errno. A signal does not end the wait. Files that are always ready, as regular
     *     ones, have the events asked for
     */
    public static int await(int fd, int events, long timeoutNanos) {
        if (timeoutNanos != 0 && Thread.currentThread().isVirtual()) {
            return park(fd, events, timeoutNanos);
        }
        return poll(fd, events, timeoutNanos);
    }

    /** Wakes the virtual threads that wait for a descriptor which is about to be closed. */
    static void closing(int fd) {
        Reactor.INSTANCE.closing(fd);
    }

    private static int poll(int fd, int events, long timeoutNanos) {
        long deadline = timeoutNanos > 0 ? System.nanoTime() + timeoutNanos : 0;
        long left = timeoutNanos;
        while (true) {
            int millis =
                    left < 0 ? -1 : (int) Math.min(Integer.MAX_VALUE, (left + 999_999) / 1_000_000);
            int result = Libc.poll(fd, events, millis);
            boolean early = result == 0 && millis == Integer.MAX_VALUE;
            if (result != -Errno.EINTR && !early) {
                return result;
            }
            if (timeoutNanos > 0) {
                left = Math.max(0, deadline - System.nanoTime());
            }
        }
    }

    private static int park(int fd, int events, long timeoutNanos) {
        Waiter waiter = new Waiter(Thread.currentThread(), events);
        Reactor reactor = Reactor.INSTANCE;
        int result = reactor.register(fd, waiter);
        if (result < 0) {
            // The kernel cannot wait for regular files and the like: poll(2) says they are always
            // ready.
            return result == -Errno.EPERM ? Libc.poll(fd, events, 0) : result;
        }
        long deadline = timeoutNanos > 0 ? System.nanoTime() + timeoutNanos : 0;
        while (waiter.ready == 0) {
            long left = timeoutNanos;
            if (timeoutNanos > 0) {
                left = deadline - System.nanoTime();
                if (left <= 0) {
                    reactor.remove(fd, waiter);
                    return waiter.ready;
                }
            }
            if (waiter.thread.isInterrupted()) {
                reactor.remove(fd, waiter);
                return waiter.ready != 0 ? waiter.ready : -Errno.EINTR;
            }
            if (left < 0) {
                LockSupport.park(waiter);
            } else {
                LockSupport.parkNanos(waiter, left);
            }
        }
        return waiter.ready;
    }

    /** One wait of one thread. */
    private static final class Waiter {
        final Thread thread;
        final int events;
        volatile int ready;
        Waiter next;

        Waiter(Thread thread, int events) {
            this.thread = thread;
            this.events = events;
        }
    }

    /** What is known about one descriptor number. */
    private static final class Entry {
        Waiter first;
        int generation;
        boolean registered;
    }

    /**
     * The shared epoll instance and its thread.
     *
     * <p>A registration is one-shot and stays in the set, disarmed, so that waiting again takes one
     * epoll_ctl(2). Each arming has a number of its own: an event of an earlier one, perhaps of
     * another file with the same descriptor number, is not mistaken for one of this.
     */
    private static final class Reactor implements Runnable {

        static final Reactor INSTANCE = start();

        private static final int EVENTS = 256;

        private final Epoll epoll = new Epoll(EVENTS);
        private Entry[] entries = new Entry[256];

        private static Reactor start() {
            Reactor reactor = new Reactor();
            Fd.waitersPossible = true;
            Thread.ofPlatform().daemon().name("jsocat-readiness").start(reactor);
            return reactor;
        }

        @Override
        public void run() {
            while (true) {
                int count = epoll.await(-1);
                for (int i = 0; i < count; i++) {
                    long token = epoll.token(i);
                    dispatch((int) token, (int) (token >>> 32), epoll.events(i));
                }
            }
        }

        synchronized int register(int fd, Waiter waiter) {
            if (fd < 0) {
                return -Errno.EBADF;
            }
            if (fd >= entries.length) {
                entries = Arrays.copyOf(entries, Math.max(fd + 1, 2 * entries.length));
            }
            Entry entry = entries[fd];
            if (entry == null) {
                entry = new Entry();
                entries[fd] = entry;
            }
            waiter.next = entry.first;
            entry.first = waiter;
            int result = arm(fd, entry);
            if (result < 0) {
                entry.first = waiter.next;
            }
            return result;
        }

        synchronized void remove(int fd, Waiter waiter) {
            // The registration stays armed; an event that nobody waits for disarms it.
            Entry entry = entries[fd];
            Waiter previous = null;
            for (Waiter w = entry.first; w != null; previous = w, w = w.next) {
                if (w == waiter) {
                    unlink(entry, previous, w);
                    return;
                }
            }
        }

        synchronized void closing(int fd) {
            if (fd < entries.length && entries[fd] != null) {
                Entry entry = entries[fd];
                entry.registered = false;
                entry.generation++;
                while (entry.first != null) {
                    wake(entry, null, entry.first, Linux.POLLNVAL);
                }
            }
        }

        private synchronized void dispatch(int fd, int generation, int events) {
            Entry entry = entries[fd];
            if (entry.generation != generation) {
                return;
            }
            Waiter previous = null;
            Waiter waiter = entry.first;
            while (waiter != null) {
                Waiter next = waiter.next;
                int ready = events & (waiter.events | ALWAYS);
                if (ready != 0) {
                    wake(entry, previous, waiter, ready);
                } else {
                    previous = waiter;
                }
                waiter = next;
            }
            if (entry.first != null && arm(fd, entry) < 0) {
                while (entry.first != null) {
                    wake(entry, null, entry.first, Linux.POLLNVAL);
                }
            }
        }

        private int arm(int fd, Entry entry) {
            int events = Linux.EPOLLONESHOT;
            for (Waiter w = entry.first; w != null; w = w.next) {
                events |= w.events;
            }
            long token = (long) ++entry.generation << 32 | fd;
            int result =
                    entry.registered
                            ? epoll.modify(fd, events, token)
                            : epoll.add(fd, events, token);
            if (result == -Errno.ENOENT) {
                result = epoll.add(fd, events, token);
            } else if (result == -Errno.EEXIST) {
                result = epoll.modify(fd, events, token);
            }
            entry.registered = result == 0;
            return result;
        }

        private static void wake(Entry entry, Waiter previous, Waiter waiter, int ready) {
            unlink(entry, previous, waiter);
            waiter.ready = ready;
            LockSupport.unpark(waiter.thread);
        }

        private static void unlink(Entry entry, Waiter previous, Waiter waiter) {
            if (previous == null) {
                entry.first = waiter.next;
            } else {
                previous.next = waiter.next;
            }
        }
    }
}
