package org.jsocat.core.open;

import org.jsocat.core.plan.Plan;
import org.jsocat.core.relay.HopEndpoint;
import org.jsocat.core.relay.Side;
import org.jsocat.spi.Direction;
import org.jsocat.spi.Endpoint;
import org.jsocat.spi.OptionTarget;
import org.jsocat.spi.Phase;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/** Puts one stage of a chain on what is to its right. */
final class StageOpening {
    private final Side inner;
    private final RelayContext relay;
    private final boolean retrying;
    private final List<OpeningContext> contexts = new ArrayList<>(1);

    private StageOpening(Side inner, RelayContext relay, boolean retrying) {
        this.inner = inner;
        this.relay = relay;
        this.retrying = retrying;
    }

    /**
     * Opens a stage.
     *
     * @param inner what is to the right; closed when this fails
     * @param retrying whether another attempt follows if this one fails
     */
    static Side open(Plan.Stage stage, Side inner, RelayContext relay, boolean retrying) {
        StageOpening opening = new StageOpening(HopEndpoint.done(inner), relay, retrying);
        Endpoint endpoint;
        try {
            endpoint = opening.open(stage);
            relay.environment().learn(endpoint, opening.inner.endpoint());
        } catch (RuntimeException | Error failure) {
            opening.clean();
            opening.inner.close();
            throw failure;
        }
        return opening.side(endpoint);
    }

    /** Has a stage look at what it needs, before anything is opened. */
    static void prepare(Plan.Stage stage, RelayContext relay) {
        if (stage instanceof Plan.Stage.Single single) {
            prepare(single.address(), stage.direction(), relay);
        } else if (stage instanceof Plan.Stage.Dual dual) {
            prepare(dual.forth(), Direction.WRITE, relay);
            prepare(dual.back(), Direction.READ, relay);
        }
    }

    private static void prepare(Plan.Address address, Direction direction, RelayContext relay) {
        OpeningContext context = new OpeningContext(address, direction, relay, Optional.empty());
        address.type().stage().orElseThrow().opener().prepare(context);
    }

    private Endpoint open(Plan.Stage stage) {
        if (stage instanceof Plan.Stage.Single single) {
            Plan.Address address = single.address();
            return half(address, stage.direction(), address.reversed(), inner.endpoint());
        }
        Plan.Stage.Dual dual = (Plan.Stage.Dual) stage;
        AtomicInteger users = new AtomicInteger(2);
        Endpoint right = new HalfEndpoint(inner.endpoint(), Direction.WRITE, users);
        Endpoint left = new HalfEndpoint(inner.endpoint(), Direction.READ, users);
        Plan.Address forth = dual.forth();
        Plan.Address back = dual.back();
        Endpoint writing = half(forth, Direction.WRITE, forth.reversed(), right);
        Endpoint reading;
        try {
            reading = half(back, Direction.READ, !back.reversed(), left);
        } catch (RuntimeException | Error failure) {
            writing.close();
            throw failure;
        }
        return new DualEndpoint(reading, writing);
    }

    private Endpoint half(
            Plan.Address address, Direction direction, boolean reversed, Endpoint right) {
        OpeningContext context =
                new OpeningContext(address.oriented(reversed), direction, relay, Optional.empty())
                        .retrying(retrying);
        contexts.add(context);
        AddressOpening.takeCoreOptions(context);
        Endpoint endpoint = null;
        try {
            context.apply(Phase.INIT, OptionTarget.NONE);
            endpoint =
                    Foreign.call(
                            context,
                            "open()",
                            () ->
                                    address.type()
                                            .stage()
                                            .orElseThrow()
                                            .opener()
                                            .open(context, right));
            context.successes().forEach(Runnable::run);
            return endpoint;
        } catch (RuntimeException | Error failure) {
            if (endpoint != null) {
                endpoint.close();
            }
            throw failure;
        } finally {
            context.opened();
        }
    }

    /** What the options of the stage say about the transfer is done to its left. */
    private Side side(Endpoint endpoint) {
        Side side = inner.with(endpoint, this::closed);
        for (OpeningContext context : contexts) {
            side =
                    context.transferOptions(side, side.afterClosing())
                            .from(context.origin().and(side.origin()));
        }
        try {
            for (OpeningContext context : contexts) {
                context.refuseUnused();
            }
        } catch (RuntimeException refused) {
            side.close();
            throw refused;
        }
        return side;
    }

    private void closed() {
        clean();
        inner.afterClosing().run();
    }

    private void clean() {
        for (OpeningContext context : contexts) {
            context.cleanups().run();
        }
    }
}
