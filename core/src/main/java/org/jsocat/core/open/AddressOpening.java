package org.jsocat.core.open;

import org.jsocat.core.option.ChildOptions;
import org.jsocat.core.option.RetryOptions;
import org.jsocat.core.plan.Options;
import org.jsocat.core.plan.Plan;
import org.jsocat.core.relay.LineEnd;
import org.jsocat.core.relay.Side;
import org.jsocat.spi.AddressException;
import org.jsocat.spi.AddressType;
import org.jsocat.spi.Direction;
import org.jsocat.spi.Endpoint;
import org.jsocat.spi.Listener;
import org.jsocat.spi.OptionTarget;
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
        return open(plan, direction, relay);
    }

    private Side open(Plan plan, Direction direction, RelayContext relay) {
        if (plan instanceof Plan.Endpoint endpoint) {
            OpeningContext context = retrying(endpoint.address(), direction, relay, this::connect);
            return side(context, context.endpoint());
        }
        if (plan instanceof Plan.Chain chain) {
            return chain(chain, 0, relay);
        }
        Plan.Dual dual = (Plan.Dual) plan;
        return dual(dual.read(), dual.write(), direction, relay);
    }

    /** Opens a chain from a stage on; the stage's own retry opens all of that again. */
    private Side chain(Plan.Chain chain, int from, RelayContext relay) {
        if (from == chain.stages().size()) {
            return open(chain.endpoint(), chain.direction(), relay);
        }
        Plan.Stage stage = chain.stages().get(from);
        Retry retry = StageOpening.retry(stage);
        for (long attempts = 0; ; attempts++) {
            Side inner = chain(chain, from + 1, relay);
            try {
                return StageOpening.open(stage, inner, relay, retry.allows(attempts));
            } catch (AddressException | PosixException failure) {
                if (!retry.allows(attempts) || !retryable(failure)) {
                    throw failure;
                }
                relay.log().debug(failure.getMessage());
                pause(retry.interval());
            }
        }
    }

    /** Puts the stages of the chain, if there are any, on an endpoint that was accepted. */
    public Side stages(Side end, RelayContext relay) {
        Side side = end;
        if (plan instanceof Plan.Chain chain) {
            for (int i = chain.stages().size() - 1; i >= 0; i--) {
                side = StageOpening.open(chain.stages().get(i), side, relay, false);
            }
        }
        return side;
    }

    /** The directions in which the endpoint of the plan is used. */
    private Direction endDirection() {
        return plan instanceof Plan.Chain chain ? chain.direction() : direction;
    }

    private Side dual(Plan read, Plan write, Direction direction, RelayContext relay) {
        if (direction != Direction.BOTH) {
            relay.log().warn("unidirectional open of dual address");
            return direction.reads() ? open(read, direction, relay) : open(write, direction, relay);
        }
        Side reading = open(read, Direction.READ, relay);
        Side writing;
        try {
            writing = open(write, Direction.WRITE, relay);
        } catch (RuntimeException failure) {
            reading.close();
            throw failure;
        }
        return new Side(
                new DualEndpoint(reading.endpoint(), writing.endpoint()),
                reading.ignoreEof(),
                reading.readBytes(),
                reading.lineEnd() != LineEnd.RAW ? reading.lineEnd() : writing.lineEnd(),
                reading.escape(),
                () -> {
                    reading.afterClosing().run();
                    writing.afterClosing().run();
                });
    }

    /** Starts to listen, for several peers. */
    public Listening listen(RelayContext relay) {
        Plan.Address address = plan.end().orElseThrow();
        OpeningContext context = retrying(address, endDirection(), relay, this::listen);
        return new Listening(context);
    }

    /** An open listener, in the context in which it was opened. */
    public static final class Listening implements AutoCloseable {
        private final OpeningContext context;

        private Listening(OpeningContext context) {
            this.context = context;
        }

        @Override
        public void close() {
            context.listener().close();
            context.cleanups().run();
        }
    }

    /** Whether the endpoint of the plan listens. */
    public boolean listens() {
        return plan.end()
                .flatMap(address -> address.type().endpoint())
                .map(form -> form.listener().isPresent())
                .orElse(false);
    }

    /**
     * Opens the endpoint of the plan without the stages.
     *
     * @throws AddressException when it cannot be opened
     */
    public Side openEnd(RelayContext relay) {
        return plan instanceof Plan.Chain chain
                ? open(chain.endpoint(), chain.direction(), relay)
                : open(relay);
    }

    /**
     * Waits for the next peer of a listener and makes its side, without the stages, whose
     * handshakes may take their time: see {@link #stages}.
     *
     * @return empty when the accept timeout has passed
     */
    public Optional<Side> accept(Listening listening, RelayContext relay) {
        OpeningContext context = listening.context.connection(relay);
        Optional<Side> side =
                listening
                        .context
                        .listener()
                        .accept(context)
                        .map(endpoint -> side(context, endpoint));
        relay.start().run(context.successes());
        relay.start().run(listening.context.successes());
        return side;
    }

    private void connect(OpeningContext context, AddressType.EndpointForm form) {
        if (form.opener().isPresent()) {
            context.endpoint(form.opener().get().open(context));
        } else {
            try (Listener listener = form.listener().orElseThrow().listen(context)) {
                Optional<Endpoint> endpoint = listener.accept(context);
                context.endpoint(endpoint.orElseThrow(AcceptTimeoutException::new));
            }
        }
        try {
            context.relay().start().run(context.successes());
        } catch (RuntimeException failure) {
            context.endpoint().close();
            throw failure;
        }
    }

    private void listen(OpeningContext context, AddressType.EndpointForm form) {
        context.listener(form.listener().orElseThrow().listen(context));
    }

    @FunctionalInterface
    private interface Attempt {
        void open(OpeningContext context, AddressType.EndpointForm form);
    }

    private OpeningContext retrying(
            Plan.Address address, Direction wanted, RelayContext relay, Attempt attempt) {
        boolean forever = Options.flag(address.options(), RetryOptions.FOREVER);
        long retries = Options.last(address.options(), RetryOptions.RETRY).orElse(0L);
        Duration interval =
                Options.last(address.options(), RetryOptions.INTERVAL)
                        .orElse(Duration.ofSeconds(1));
        Optional<Endpoint> allowed = plan instanceof Plan.Endpoint ? replaceable : Optional.empty();
        while (true) {
            OpeningContext context =
                    new OpeningContext(address, wanted, relay, allowed)
                            .retrying(forever || retries > 0);
            try {
                attempt(address, context, attempt);
                return context;
            } catch (AddressException | PosixException failure) {
                context.cleanups().run();
                if (!forever && retries == 0 || !retryable(failure)) {
                    throw failure;
                }
                relay.log().debug(failure.getMessage());
                retries = forever ? retries : retries - 1;
                pause(interval);
            } catch (RuntimeException | Error failure) {
                context.cleanups().run();
                throw failure;
            }
        }
    }

    private static boolean retryable(RuntimeException failure) {
        return failure instanceof PosixException
                || failure instanceof AddressException address
                        && address.kind() == AddressException.Kind.RETRYABLE;
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

    private void attempt(Plan.Address address, OpeningContext context, Attempt attempt) {
        AddressType.EndpointForm form = address.type().endpoint().orElseThrow();
        address.provider()
                .unavailabilityCause()
                .ifPresent(
                        cause -> {
                            throw AddressException.unavailable(
                                    address.type().name() + " is not available here: " + cause);
                        });
        if (!form.direction().covers(context.direction())) {
            context.log()
                    .warn(
                            "address is opened in {} mode but only supports {}",
                            context.direction().text(),
                            form.direction().text());
        }
        takeCoreOptions(context);
        try {
            context.apply(Phase.INIT, OptionTarget.NONE);
            attempt.open(context, form);
        } finally {
            context.opened();
        }
    }

    /** Takes the options that are core's own, so that they do not count as unused. */
    static void takeCoreOptions(OpeningContext context) {
        context.option(RetryOptions.FOREVER);
        context.option(RetryOptions.RETRY);
        context.option(RetryOptions.INTERVAL);
        context.option(ChildOptions.FORK);
        context.option(ChildOptions.MAX_CHILDREN);
        context.option(ChildOptions.CHILDREN_SHUTUP);
    }

    /** Reads the options that concern the transfer. */
    private static Side side(OpeningContext context, Endpoint endpoint) {
        Side side = context.transferOptions(Side.plain(endpoint), () -> context.cleanups().run());
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
        switch (severity) {
            case FATAL, ERROR -> log.error(failure.getMessage());
            case WARNING -> log.warn(failure.getMessage());
            case NOTICE -> log.info(failure.getMessage());
            case INFO -> log.debug(failure.getMessage());
            case DEBUG -> log.trace(failure.getMessage());
        }
    }
}
