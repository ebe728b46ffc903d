package org.jsocat.core.run;

import org.jsocat.core.run.WorkerChannel.Order;
import org.jsocat.core.run.WorkerChannel.Report;
import org.jsocat.spi.posix.ChildProcess;
import org.jsocat.spi.posix.ExitStatus;
import org.jsocat.spi.posix.Fd;
import org.jsocat.spi.posix.Libc;
import org.jsocat.spi.posix.Linux;
import org.jsocat.spi.posix.PosixException;
import org.slf4j.Logger;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntConsumer;

/** A worker process as its program sees it. Safe for use by several threads. */
final class Worker implements AutoCloseable {
    private final WorkerChannel channel;
    private final ChildProcess process;
    private final Logger log;
    private final Map<Integer, IntConsumer> orders = new HashMap<>();
    private int lastNumber = WorkerChannel.ITSELF;
    private boolean over;
    private boolean closed;

    private Worker(WorkerChannel channel, ChildProcess process, Logger log) {
        this.channel = channel;
        this.process = process;
        this.log = log;
    }

    /**
     * Starts a worker.
     *
     * @throws PosixException where that is not possible
     */
    static Worker start(WorkerStarter starter, Logger log) {
        int[] pair = new int[2];
        PosixException.check(
                Libc.socketpair(Linux.AF_UNIX, Linux.SOCK_SEQPACKET | Linux.SOCK_CLOEXEC, 0, pair),
                "socketpair(1, 5, 0, ...)");
        Fd ours = new Fd(pair[0]);
        Worker worker;
        try (Fd theirs = new Fd(pair[1])) {
            worker = new Worker(new WorkerChannel(ours), starter.start(theirs), log);
        } catch (RuntimeException | Error failure) {
            ours.close();
            throw failure;
        }
        Thread.ofPlatform().daemon().name("worker-" + worker.process.pid()).start(worker::listen);
        return worker;
    }

    /**
     * Hands a side over.
     *
     * @param order without its number
     * @param ended told the relay's exit status, once, on any thread; also where the worker ends
     * @return whether the worker has taken it
     */
    boolean take(Order order, IntConsumer ended) {
        int number;
        synchronized (this) {
            if (over) {
                return false;
            }
            number = ++lastNumber;
            orders.put(number, ended);
        }
        try {
            channel.send(new Order(number, order.whole(), order.variables(), order.descriptors()));
            return true;
        } catch (PosixException gone) {
            log.debug(gone.getMessage());
            synchronized (this) {
                // Where the worker's end was noticed meanwhile, the order has been told to be over.
                return orders.remove(number) == null;
            }
        }
    }

    private void listen() {
        Optional<Report> report = channel.report();
        while (report.isPresent()) {
            IntConsumer ended = remove(report.get().number());
            if (ended != null) {
                ended.accept(report.get().status());
            }
            report = channel.report();
        }
        end();
    }

    private synchronized IntConsumer remove(int number) {
        return orders.remove(number);
    }

    private void end() {
        ExitStatus status = process.waitFor();
        Map<Integer, IntConsumer> left;
        boolean expected;
        synchronized (this) {
            over = true;
            expected = closed;
            left = new HashMap<>(orders);
            orders.clear();
        }
        if (!expected && status.isSignalled()) {
            log.warn("worker process {} was ended by signal {}", process.pid(), status.signal());
        }
        left.values().forEach(ended -> ended.accept(1));
        process.close();
        channel.close();
    }

    /** Whether it cannot take any more. */
    synchronized boolean isOver() {
        return over;
    }

    /** Has it end its relays and itself; returns at once. */
    @Override
    public void close() {
        synchronized (this) {
            closed = true;
            if (over) {
                return;
            }
        }
        channel.shutdown();
    }
}
