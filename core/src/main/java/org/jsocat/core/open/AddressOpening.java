package org.jsocat.core.open;

import org.jsocat.core.option.ChildOptions;
import org.jsocat.core.option.RetryOptions;
import org.jsocat.core.plan.Plan;
import org.jsocat.core.relay.LineEnd;
import org.jsocat.core.relay.Side;
import org.jsocat.spi.AddressException;
import org.jsocat.spi.AddressType;
import org.jsocat.spi.Arrival;
import org.jsocat.spi.Direction;
import org.jsocat.spi.Endpoint;
import org.jsocat.spi.Listener;
import org.jsocat.spi.OptionTarget;
import org.jsocat.spi.Pending;
import org.jsocat.spi.Phase;
import org.jsocat.spi.Retry;
import org.jsocat.spi.Severity;
import org.jsocat.spi.posix.PosixException;
import org.slf4j.Logger;

import java.time.Duration;
import java.util.Optional;

/**
 * Opens a planned argument: the endpoint of its chain first, then the stages from right to left,
 * with retries where the user asked for them. Blocking code, for an opening thread.
 */
public final class AddressOpening {
    private final Plan plan;
    private final Direction direction;
    private final Optional<Endpoint> replaceable;

    /**
     * An opening of a plan.
     *
     * @param replaceable the endpoint opened before, see {@link
     *     org.jsocat.spi.OpenContext#replaceable()}
     */
    public AddressOpening(Plan plan, Direction direction, Optional<Endpoint> replaceable) {
        this.plan = plan;
        this.direction = direction;
        this.replaceable = replaceable;
    }

    /**
     * Opens it; a listening address is opened for one peer.
     *
     * @throws AddressException when it cannot be opened
     */
    public Side open(RelayContext relay) {
        prepare(plan, relay);
        return open(plan, direction, relay, false);
    }

    /** One of possibly several attempts. */
    @FunctionalInterface
    private interface Attempt<T> {
        /** Tries; {@code more} says that another attempt follows if this one fails. */
        T open(boolean more);
    }

    /** Has stages look at what they need before anything is opened. */
    private static void prepare(Plan plan, RelayContext relay) {
        if (plan instanceof Plan.Chain chain) {
            for (Plan.Stage stage : chain.stages()) {
                StageOpening.prepare(stage, relay);
            }
            prepare(chain.endpoint(), relay);
        } else if (plan instanceof Plan.Dual dual) {
            prepare(dual.read(), relay);
            prepare(dual.write(), relay);
        }
    }

    /** All that is tried again is tried again here. */
    private static <T> T retrying(Retry retry, Logger log, boolean outer, Attempt<T> attempt) {
        for (long attempts = 0; ; attempts++) {
            boolean more = retry.allows(attempts);
            try {
                return attempt.open(more || outer);
            } catch (AddressException | PosixException failure) {
                if (!more || !retryable(failure)) {
                    throw failure;
                }
                log.debug(failure.getMessage());
                pause(retry.interval());
            }
        }
    }

    private Side open(Plan plan, Direction direction, RelayContext relay, boolean retried) {
        if (plan instanceof Plan.Endpoint endpoint) {
            Plan.Address address = endpoint.address();
            return retrying(
                    address.retry(),
                    relay.log(),
                    retried,
                    more -> endpoint(context(address, direction, relay, more)));
        }
        if (plan instanceof Plan.Chain chain) {
            return chain(chain, 0, relay, retried);
        }
        Plan.Dual dual = (Plan.Dual) plan;
        return dual(dual.read(), dual.write(), direction, relay, retried);
    }

    /** Opens a chain from a stage on; the stage's own retry opens all of that again. */
    private Side chain(Plan.Chain chain, int from, RelayContext relay, boolean retried) {
        if (from == chain.stages().size()) {
            return open(chain.endpoint(), chain.direction(), relay, retried);
        }
        Plan.Stage stage = chain.stages().get(from);
        return retrying(
                stage.retry(),
                relay.log(),
                retried,
                more -> StageOpening.open(stage, chain(chain, from + 1, relay, more), relay, more));
    }

    private Side dual(
            Plan read, Plan write, Direction direction, RelayContext relay, boolean retried) {
        if (direction != Direction.BOTH) {
            relay.log().warn("unidirectional open of dual address");
            return open(direction.reads() ? read : write, direction, relay, retried);
        }
        Side reading = open(read, Direction.READ, relay, retried);
        Side writing;
        try {
            writing = open(write, Direction.WRITE, relay, retried);
        } catch (RuntimeException | Error failure) {
            reading.close();
            throw failure;
        }
        return new Side(
                new DualEndpoint(reading.endpoint(), writing.endpoint()),
                reading.ignoreEof(),
                reading.readBytes(),
                reading.lineEnd() != LineEnd.RAW ? reading.lineEnd() : writing.lineEnd(),
                reading.escape(),
                reading.tapped(),
                () -> {
                    reading.afterClosing().run();
                    writing.afterClosing().run();
                },
                relay.wakeups(),
                reading.origin().and(writing.origin()));
    }

    private OpeningContext context(
            Plan.Address address, Direction wanted, RelayContext relay, boolean more) {
        Optional<Endpoint> allowed = plan instanceof Plan.Endpoint ? replaceable : Optional.empty();
        return new OpeningContext(address, wanted, relay, allowed).retrying(more);
    }

    /** Opens an endpoint once; what this leaves is cleaned up when it fails. */
    private static Side endpoint(OpeningContext context) {
        try {
            begin(context);
            AddressType.EndpointForm form = context.form();
            Endpoint endpoint =
                    form.opener().isPresent()
                            ? Foreign.call(
                                    context, "open()", () -> form.opener().get().open(context))
                            : onePeer(context, form);
            return opened(context, endpoint);
        } catch (RuntimeException | Error failure) {
            context.cleanups().run();
            throw failure;
        } finally {
            context.opened();
        }
    }

    /**
     * Begins to open it where that needs nothing that blocks, so that it may happen on an event
     * loop.
     *
     * @return empty where it may block: {@link #open} does it then, on another thread
     * @throws AddressException when it cannot be opened
     */
    public Optional<PendingSide> begin(RelayContext relay) {
        if (!(plan instanceof Plan.Endpoint endpoint) || !endpoint.address().mayOpenAtOnce()) {
            return Optional.empty();
        }
        OpeningContext context = context(endpoint.address(), direction, relay, false);
        boolean begun = false;
        try {
            begin(context);
            Optional<Pending> pending =
                    Foreign.call(
                            context,
                            "begin()",
                            () -> context.form().opener().orElseThrow().begin(context));
            begun = pending.isPresent();
            return pending.map(waiting -> new PendingSide(context, waiting));
        } finally {
            if (!begun) {
                context.opened();
                context.cleanups().run();
            }
        }
    }

    /** Before anything of an address exists. */
    private static void begin(OpeningContext context) {
        Direction supported = context.form().direction();
        if (!supported.covers(context.direction())) {
            context.log()
                    .warn(
                            "address is opened in {} mode but only supports {}",
                            context.direction().text(),
                            supported.text());
        }
        takeCoreOptions(context);
        context.apply(Phase.INIT, OptionTarget.NONE);
    }

    private static Endpoint onePeer(OpeningContext context, AddressType.EndpointForm form) {
        try (Listener listener = listener(context, form)) {
            while (true) {
                Arrival peer =
                        Listening.await(listener, context.log())
                                .orElseThrow(AcceptTimeoutException::new);
                Optional<Endpoint> endpoint =
                        Foreign.call(context, "open()", () -> peer.open(context));
                if (endpoint.isPresent()) {
                    context.relay().environment().learn(endpoint.get());
                    return endpoint.get();
                }
            }
        }
    }

    /**
     * Starts to listen, for several peers.
     *
     * @throws AddressException when it cannot
     */
    public Listening listen(RelayContext relay) {
        prepare(plan, relay);
        Plan.Address address = plan.end().orElseThrow();
        Direction wanted = plan instanceof Plan.Chain chain ? chain.direction() : direction;
        return retrying(
                address.retry(),
                relay.log(),
                false,
                more -> listening(context(address, wanted, relay, more)));
    }

    private Listening listening(OpeningContext context) {
        try {
            begin(context);
            Listener listener = listener(context, context.form());
            try {
                return new Listening(this, context, listener);
            } catch (RuntimeException | Error failure) {
                listener.close();
                throw failure;
            }
        } catch (RuntimeException | Error failure) {
            context.cleanups().run();
            throw failure;
        } finally {
            context.opened();
        }
    }

    private static Listener listener(OpeningContext context, AddressType.EndpointForm form) {
        Listener listener =
                new GuardedListener(
                        context,
                        Foreign.call(
                                context,
                                "listen()",
                                () -> form.listener().orElseThrow().listen(context)));
        context.relay().surroundings().listening(listener);
        return listener;
    }

    /** Whether the endpoint of the plan listens. */
    public boolean listens() {
        return plan.end()
                .flatMap(address -> address.type().endpoint())
                .map(form -> form.listener().isPresent())
                .orElse(false);
    }

    /**
     * Opens a peer of a listener, with the stages of the chain if there are any.
     *
     * @param context made for this connection
     * @return empty where the peer was refused
     */
    Optional<Side> open(Arrival peer, OpeningContext context) {
        Side side;
        try {
            Optional<Endpoint> endpoint = Foreign.call(context, "open()", () -> peer.open(context));
            if (endpoint.isEmpty()) {
                context.cleanups().run();
                return Optional.empty();
            }
            context.relay().environment().learn(endpoint.get());
            side = side(context, endpoint.get());
        } catch (RuntimeException | Error failure) {
            context.cleanups().run();
            throw failure;
        } finally {
            context.opened();
        }
        RelayContext relay = context.relay();
        try {
            context.successes().forEach(Runnable::run);
        } catch (RuntimeException | Error failure) {
            side.close();
            throw failure;
        }
        if (plan instanceof Plan.Chain chain) {
            for (int i = chain.stages().size() - 1; i >= 0; i--) {
                side = StageOpening.open(chain.stages().get(i), side, relay, false);
            }
        }
        return Optional.of(side);
    }

    private static boolean retryable(RuntimeException failure) {
        return failure instanceof PosixException
                || (failure instanceof AddressException address
                        && address.kind() == AddressException.Kind.RETRYABLE);
    }

    /** Waits between attempts; in seconds with a fraction, as {@code interval} says. */
    public static void pause(Duration interval) {
        try {
            Thread.sleep(interval);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw AddressException.fatal("interrupted while waiting to try again");
        }
    }

    /** Takes the options that are core's own, so that they do not count as unused. */
    static void takeCoreOptions(OpeningContext context) {
        context.option(RetryOptions.FOREVER);
        context.option(RetryOptions.RETRY);
        context.option(RetryOptions.INTERVAL);
        boolean forks = context.option(ChildOptions.FORK).orElse(false);
        if (context.option(ChildOptions.MAX_CHILDREN).isPresent() && !forks) {
            context.error("option max-children not allowed without option fork");
        }
        context.option(ChildOptions.CHILDREN_SHUTUP);
    }

    /** What is to be done when an endpoint is open; closes it on failure. */
    static Side opened(OpeningContext context, Endpoint endpoint) {
        Side side = side(context, endpoint);
        try {
            context.successes().forEach(Runnable::run);
            return side;
        } catch (RuntimeException | Error failure) {
            side.close();
            throw failure;
        }
    }

    /** Reads the options that concern the transfer. */
    private static Side side(OpeningContext context, Endpoint endpoint) {
        Side side =
                context.transferOptions(
                        Side.plain(endpoint, context.wakeups()).from(context.origin()),
                        () -> context.cleanups().run());
        try {
            context.refuseUnused();
        } catch (RuntimeException refused) {
            side.close();
            throw refused;
        }
        return side;
    }

    /** Logs a failure at its own level, unless it has been logged where it happened. */
    public static void report(RuntimeException failure, Logger log) {
        if (failure instanceof ReportedException) {
            return;
        }
        Severity severity =
                failure instanceof AddressException address ? address.severity() : Severity.ERROR;
        if (failure.getCause() instanceof Error || failure.getCause() instanceof RuntimeException) {
            log.trace("caused by", failure.getCause());
        }
        switch (severity) {
            case FATAL, ERROR -> log.error(failure.getMessage());
            case WARNING -> log.warn(failure.getMessage());
            case NOTICE -> log.info(failure.getMessage());
            case INFO -> log.debug(failure.getMessage());
            case DEBUG -> log.trace(failure.getMessage());
        }
    }
}
