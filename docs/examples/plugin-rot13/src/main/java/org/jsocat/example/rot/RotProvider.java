package org.jsocat.example.rot;

import org.jsocat.spi.AddressProvider;
import org.jsocat.spi.AddressType;
import org.jsocat.spi.AddressType.Parameters;
import org.jsocat.spi.DescriptorEndpoint;
import org.jsocat.spi.Direction;
import org.jsocat.spi.Endpoint;
import org.jsocat.spi.OpenContext;
import org.jsocat.spi.posix.Linux;
import org.jsocat.spi.posix.Pipe;

import java.util.List;

/** The addresses of this plugin: the stage ROT13 and the endpoint ROT13-ECHO. */
public final class RotProvider implements AddressProvider {
    private static final int DEFAULT_ROTATION = 13;

    /** For {@link java.util.ServiceLoader}. */
    public RotProvider() {}

    @Override
    public List<AddressType> addressTypes() {
        return List.of(
                AddressType.named("ROT13")
                        .alias("ROT")
                        .groups("ROT")
                        .stage(Parameters.NONE, Direction.BOTH, RotProvider::stage)
                        .summary(
                                "turns the letters that pass from left to right, and back those"
                                        + " that return"),
                AddressType.named("ROT13-ECHO")
                        .groups("ROT")
                        .opens(Parameters.NONE, Direction.BOTH, RotProvider::echo)
                        .summary("gives back what is written to it, with its letters turned"));
    }

    private static Endpoint stage(OpenContext context, Endpoint inner) {
        int places = context.option(RotOptions.ROT).orElse(DEFAULT_ROTATION);
        // With ^ before the stage its sides are swapped: what goes to the right is turned back
        // then.
        Rotation forth = new Rotation(context.reversed() ? -places : places);
        return new RotStage(context, inner, forth, forth.back());
    }

    /**
     * A pipe back to ourselves, non-blocking as every descriptor of an endpoint, behind a stage
     * that turns one way.
     */
    private static Endpoint echo(OpenContext context) {
        Rotation forth = new Rotation(context.option(RotOptions.ROT).orElse(DEFAULT_ROTATION));
        Pipe pipe = Pipe.open(Linux.O_NONBLOCK);
        Endpoint ends = DescriptorEndpoint.over(context, pipe.reader(), pipe.writer()).build();
        return new RotStage(context, ends, forth, Rotation.NONE);
    }
}
