package org.jsocat.core.run;

import org.jsocat.core.open.RelayContext;
import org.jsocat.core.relay.EventLoop;
import org.jsocat.spi.posix.Linux;

import java.util.Optional;
import java.util.concurrent.CountDownLatch;

/** Relays what a program hands to this process, its worker, until that program has ended. */
final class Serving {
    /** So many orders at a time, then relays have their turn. */
    private static final int BATCH = 8;

    private final Session session;
    private final RelayContext context;
    private final Loops loops = Loops.own();
    private final Children children;
    private final InProcess inProcess;
    private final boolean ownThread;
    private final Optional<LoopOpening> quickly;

    /**
     * Prepares to serve.
     *
     * @param ownThread whether each relay is opened on a thread that is used for nothing else
     * @param quickly opens the second address on an event loop, where that is possible
     */
    Serving(
            Session session,
            RelayContext context,
            boolean ownThread,
            InProcess.Joining joining,
            Optional<LoopOpening.Joining> quickly) {
        this.session = session;
        this.context = context;
        this.ownThread = ownThread;
        children = new Children(0, false, context.log());
        inProcess = new InProcess(session, loops, children, joining, ownThread);
        this.quickly =
                quickly.filter(possible -> !ownThread)
                        .map(begin -> new LoopOpening(inProcess, children, begin));
    }

    /**
     * Runs until the program has ended.
     *
     * @param alone whether there is one relay, to whose end it lasts
     */
    void run(WorkerChannel channel, boolean alone) {
        try (loops) {
            if (ownThread) {
                loops.start();
            }
            if (!alone && quickly.isPresent()) {
                runOnLoops(channel, quickly.get());
                return;
            }
            while (true) {
                Optional<WorkerChannel.Order> order = channel.order();
                if (order.isEmpty()) {
                    return;
                }
                begin(channel, order.get(), alone);
                if (alone) {
                    Thread.ofPlatform().daemon().name("program").start(() -> watch(channel));
                    children.awaitAll();
                    return;
                }
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** All loops wait for orders, as they do for peers where no worker is needed. */
    private void runOnLoops(WorkerChannel channel, LoopOpening opening)
            throws InterruptedException {
        CountDownLatch over = new CountDownLatch(1);
        for (EventLoop loop : loops.all()) {
            loop.execute(
                    () ->
                            loop.watch(
                                    channel.descriptor(),
                                    Linux.EPOLLIN | Linux.EPOLLEXCLUSIVE,
                                    events -> take(loop, channel, opening, over)));
        }
        over.await();
    }

    private void take(
            EventLoop loop, WorkerChannel channel, LoopOpening opening, CountDownLatch over) {
        boolean more =
                channel.orders(
                        BATCH,
                        order -> {
                            RelayContext relay = context(order);
                            First first = passed(channel, order, relay);
                            children.begin();
                            opening.open(loop, first, relay);
                        });
        if (!more) {
            over.countDown();
        }
    }

    private RelayContext context(WorkerChannel.Order order) {
        int id = context.idOf(order.variables());
        RelayContext relay = context.fork(id, new RelayLogger(context.log(), id, 0));
        relay.environment().putAll(order.variables());
        return relay;
    }

    private First passed(WorkerChannel channel, WorkerChannel.Order order, RelayContext relay) {
        return new First.Passed(session.leftOf(order, relay), channel, order);
    }

    private void begin(WorkerChannel channel, WorkerChannel.Order order, boolean alone) {
        RelayContext child = context(order);
        RelayContext relay = alone ? child.alone() : child;
        inProcess.start(passed(channel, order, relay), relay);
    }

    /** Ends what runs when the program has ended. */
    private void watch(WorkerChannel channel) {
        if (channel.order().isEmpty()) {
            session.cancel();
        }
    }
}
