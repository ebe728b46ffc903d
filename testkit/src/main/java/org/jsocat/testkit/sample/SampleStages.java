package org.jsocat.testkit.sample;

import org.jsocat.spi.AddressProvider;
import org.jsocat.spi.AddressType;
import org.jsocat.spi.AddressType.Parameters;
import org.jsocat.spi.Direction;
import org.jsocat.spi.Endpoint;
import org.jsocat.spi.OpenContext;
import org.jsocat.spi.Option;
import org.jsocat.spi.OptionGroup;
import org.jsocat.spi.OptionTypes;
import org.jsocat.spi.Phase;

import java.util.List;
import java.util.Optional;

/** The stages BASE64 and THROTTLE, and the options of THROTTLE. */
public final class SampleStages implements AddressProvider, OptionGroup {
    private static final Option<Long> RATE =
            Option.of("rate", OptionTypes.LONG, Phase.OFFSET).summary("bytes per second");
    private static final Option<String> ONLY =
            Option.of("only", OptionTypes.STRING, Phase.OFFSET)
                    .summary("left or right: the direction that is limited");

    /** The tables. */
    public SampleStages() {}

    @Override
    public List<AddressType> addressTypes() {
        return List.of(
                AddressType.named("BASE64")
                        .stage(Parameters.NONE, Direction.BOTH, Base64Stage::new)
                        .summary("writes base64 to the right"),
                AddressType.named("THROTTLE")
                        .groups("THROTTLE")
                        .stage(Parameters.NONE, Direction.BOTH, SampleStages::throttle)
                        .summary("limits the rate"));
    }

    private static Endpoint throttle(OpenContext context, Endpoint inner) {
        long rate = context.option(RATE).orElse(0L);
        Optional<String> only = context.option(ONLY);
        return new ThrottleStage(
                context,
                inner,
                only.filter("right"::equals).isPresent() ? 0 : rate,
                only.filter("left"::equals).isPresent() ? 0 : rate);
    }

    @Override
    public String name() {
        return "THROTTLE";
    }

    @Override
    public List<Option<?>> options() {
        return List.of(RATE, ONLY);
    }
}
