package org.jsocat.core.run;

import org.jsocat.core.open.Adoption;
import org.jsocat.core.open.RelayContext;
import org.jsocat.core.relay.Side;
import org.jsocat.core.run.WorkerChannel.Order;
import org.jsocat.spi.AddressException;
import org.jsocat.spi.Endpoint;
import org.jsocat.spi.posix.Errno;
import org.jsocat.spi.posix.Fd;
import org.jsocat.spi.posix.Libc;
import org.jsocat.spi.posix.Linux;
import org.jsocat.spi.posix.PosixException;
import org.slf4j.Logger;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntConsumer;

/**
 * The worker processes of a program whose forked relays have another identity than it has. Where
 * all of them have the same one, for it stands on the listener, one worker relays them all;
 * otherwise each has a worker of its own, and the next one waits ready.
 *
 * <p>A worker gets the descriptor of the first side where the bytes on it are the bytes of the
 * stream; otherwise this process moves the bytes between that side and a socket pair. Safe for use
 * by several threads.
 */
final class Workers implements AutoCloseable {
    private final WorkerStarter starter;
    private final boolean shared;
    private final Logger log;
    private Worker ready;
    private boolean closed;
    private final List<Worker> workers = new ArrayList<>();

    /**
     * Starts the first worker.
     *
     * @param shared whether one worker relays all
     */
    Workers(WorkerStarter starter, boolean shared, Logger log) {
        this.starter = starter;
        this.shared = shared;
        this.log = log;
        ready = start();
    }

    /** Whether one worker relays all, so that handing something over takes no time. */
    boolean isShared() {
        return shared;
    }

    /** Runs a relay of this process, between a first side and a worker's. */
    @FunctionalInterface
    interface Pump {
        /** Runs it; closes both sides whatever happens. */
        void run(Side left, Side right);
    }

    /**
     * Has a worker relay a first side.
     *
     * @param side closed here, or by the pump
     * @param ended told the relay's exit status, once, on any thread
     * @throws PosixException where no worker can be had; the side has been closed
     */
    void relay(Side side, RelayContext relay, Pump pump, IntConsumer ended) {
        if (mayPass(side)) {
            pass(side, relay, ended);
        } else {
            pump(side, relay, pump, ended);
        }
    }

    private static boolean mayPass(Side side) {
        Endpoint endpoint = side.endpoint();
        return endpoint.rawInput() != Endpoint.NONE && endpoint.rawOutput() != Endpoint.NONE;
    }

    private void pass(Side side, RelayContext relay, IntConsumer ended) {
        List<Fd> descriptors = new ArrayList<>(2);
        try {
            Endpoint endpoint = side.endpoint();
            descriptors.add(duplicate(endpoint.rawInput()));
            if (endpoint.rawOutput() != endpoint.rawInput()) {
                descriptors.add(duplicate(endpoint.rawOutput()));
            }
            endpoint.release();
            hand(
                    new Order(0, true, relay.environment().variables(), descriptors),
                    status -> {
                        side.afterClosing().run();
                        ended.accept(status);
                    });
        } catch (RuntimeException | Error failure) {
            side.close();
            throw failure;
        } finally {
            descriptors.forEach(Fd::close);
        }
    }

    private void pump(Side side, RelayContext relay, Pump pump, IntConsumer ended) {
        boolean packets = side.endpoint().keepsPackets();
        int[] pair = new int[2];
        Fd near;
        try {
            PosixException.check(
                    Libc.socketpair(
                            Linux.AF_UNIX,
                            (packets ? Linux.SOCK_SEQPACKET : Linux.SOCK_STREAM)
                                    | Linux.SOCK_CLOEXEC,
                            0,
                            pair),
                    "socketpair(1, ...)");
            near = new Fd(pair[0]);
            try (Fd far = new Fd(pair[1])) {
                hand(new Order(0, false, relay.environment().variables(), List.of(far)), ended);
            } catch (RuntimeException | Error failure) {
                near.close();
                throw failure;
            }
        } catch (RuntimeException | Error failure) {
            side.close();
            throw failure;
        }
        pump.run(side, Adoption.side(Optional.empty(), relay, near, near));
    }

    private static Fd duplicate(int descriptor) {
        return new Fd(
                PosixException.check(
                        Libc.fcntl(descriptor, Linux.F_DUPFD_CLOEXEC, 3),
                        () -> "dup(" + descriptor + ")"));
    }

    private void hand(Order order, IntConsumer ended) {
        for (int attempts = 0; attempts < 2; attempts++) {
            if (worker().take(order, ended)) {
                return;
            }
        }
        throw new PosixException(Errno.ECHILD, "worker");
    }

    private synchronized Worker worker() {
        if (closed) {
            throw AddressException.fatal("this session has ended");
        }
        workers.removeIf(Worker::isOver);
        if (ready == null || ready.isOver()) {
            ready = start();
        }
        Worker taken = ready;
        if (!shared) {
            ready = start();
        }
        return taken;
    }

    private Worker start() {
        Worker worker = Worker.start(starter, log);
        workers.add(worker);
        return worker;
    }

    @Override
    public synchronized void close() {
        closed = true;
        workers.forEach(Worker::close);
    }
}
