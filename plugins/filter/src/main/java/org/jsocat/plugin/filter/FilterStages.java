package org.jsocat.plugin.filter;

import org.jsocat.spi.AddressProvider;
import org.jsocat.spi.AddressType;
import org.jsocat.spi.AddressType.Parameters;
import org.jsocat.spi.Direction;

import java.util.List;

/** The stages of this plugin. */
public final class FilterStages implements AddressProvider {
    private static final List<AddressType> TYPES =
            List.of(
                    AddressType.named("NOP")
                            .groups("RETRY")
                            .stage(Parameters.NONE, Direction.BOTH, (context, inner) -> inner)
                            .summary("passes bytes on as they are"),
                    AddressType.named("TEST")
                            .groups("RETRY")
                            .stage(Parameters.NONE, Direction.BOTH, MarkStage::bothWays)
                            .summary(
                                    "appends > to blocks that move right, < to those that move"
                                            + " left"),
                    AddressType.named("TESTUNI")
                            .groups("RETRY")
                            .stage(
                                    Parameters.NONE,
                                    Direction.WRITE,
                                    (context, inner) -> MarkStage.oneWay(context, inner, '>'))
                            .summary("one way, to the right: appends > to blocks"),
                    AddressType.named("TESTREV")
                            .groups("RETRY")
                            .stage(
                                    Parameters.NONE,
                                    Direction.WRITE,
                                    (context, inner) -> MarkStage.oneWay(context, inner, '<'))
                            .summary("one way, to the right: appends < to blocks"));

    /** For {@link java.util.ServiceLoader}. */
    public FilterStages() {}

    @Override
    public List<AddressType> addressTypes() {
        return TYPES;
    }
}
