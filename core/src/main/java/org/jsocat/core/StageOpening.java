package org.jsocat.core;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.jsocat.core.relay.Side;
import org.jsocat.spi.AddressException;
import org.jsocat.spi.Direction;
import org.jsocat.spi.Endpoint;
import org.jsocat.spi.OptionTarget;
import org.jsocat.spi.Phase;

/** Puts one stage of a chain on what is to its right. */
final class StageOpening {
    private StageOpening() {}

    /**
     * Opens a stage.
     *
     * @param inner what is to the right; closed when this fails
     */
    static Side open(Plan.Stage stage, Direction direction, Side inner, RelayContext relay) {
        try {
            return switch (stage) {
                case Plan.Stage.Single(Plan.Address address) ->
                    with(inner, single(address, direction, address.reversed(), inner.endpoint(), relay));
                case Plan.Stage.Dual(Plan.Address forth, Plan.Address back) ->
                    with(inner, dual(forth, back, inner.endpoint(), relay));
            };
        } catch (RuntimeException failure) {
            inner.close();
            throw failure;
        }
    }

    private static Side with(Side inner, Endpoint endpoint) {
        return new Side(
                endpoint,
                inner.ignoreEof(),
                inner.readBytes(),
                inner.lineEnd(),
                inner.escape(),
                inner.afterClosing());
    }

    private static Endpoint single(
            Plan.Address address, Direction direction, boolean reversed, Endpoint inner, RelayContext relay) {
        Plan.Address oriented = new Plan.Address(
                address.type(), address.provider(), address.text(), address.parameters(), address.options(), reversed);
        OpeningContext context = new OpeningContext(oriented, direction, relay, Optional.empty());
        try {
            context.apply(Phase.INIT, OptionTarget.NONE);
            Endpoint endpoint = address.type().stage().orElseThrow().opener().open(context, inner);
            if (!context.unused().isEmpty()) {
                endpoint.close();
                throw AddressException.usage(
                        "option " + context.unused() + " has no effect on the stage " + address.type().name());
            }
            return endpoint;
        } finally {
            context.opened();
        }
    }

    private static Endpoint dual(Plan.Address forth, Plan.Address back, Endpoint inner, RelayContext relay) {
        AtomicInteger users = new AtomicInteger(2);
        Endpoint writing =
                single(forth, Direction.WRITE, forth.reversed(), new HalfEndpoint(inner, Direction.WRITE, users), relay);
        Endpoint reading =
                single(back, Direction.READ, !back.reversed(), new HalfEndpoint(inner, Direction.READ, users), relay);
        return new DualEndpoint(reading, writing);
    }
}
