package org.jsocat.core.run;

import org.jsocat.core.open.RelayContext;
import org.jsocat.core.relay.EventLoop;

import java.util.Optional;

/** Relays what a program hands to this process, its worker, until that program has ended. */
final class Serving {
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

    private void begin(WorkerChannel channel, WorkerChannel.Order order, boolean alone) {
        int id = context.idOf(order.variables());
        RelayContext child = context.fork(id, new RelayLogger(context.log(), id, 0));
        RelayContext relay = alone ? child.alone() : child;
        relay.environment().putAll(order.variables());
        First first = new First.Passed(session.leftOf(order, relay), channel, order);
        if (alone || quickly.isEmpty()) {
            inProcess.start(first, relay);
            return;
        }
        children.begin();
        EventLoop loop = loops.next();
        loop.execute(() -> quickly.get().open(loop, first, relay));
    }

    /** Ends what runs when the program has ended. */
    private void watch(WorkerChannel channel) {
        if (channel.order().isEmpty()) {
            session.cancel();
        }
    }
}
