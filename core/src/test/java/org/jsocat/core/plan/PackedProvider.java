package org.jsocat.core.plan;

import org.jsocat.spi.AddressProvider;
import org.jsocat.spi.AddressType;
import org.jsocat.spi.AddressType.Parameters;
import org.jsocat.spi.Direction;

import java.util.List;

/** A plugin's table of one address, which tests pack into jars. */
public final class PackedProvider implements AddressProvider {
    /** For {@link java.util.ServiceLoader}. */
    public PackedProvider() {}

    @Override
    public List<AddressType> addressTypes() {
        return List.of(
                AddressType.named("PACKED")
                        .opens(
                                Parameters.NONE,
                                Direction.BOTH,
                                context -> {
                                    throw new AssertionError("not to be opened");
                                }));
    }
}
