package org.example.shout;

import org.jsocat.spi.AddressProvider;
import org.jsocat.spi.AddressType;
import org.jsocat.spi.AddressType.Parameters;
import org.jsocat.spi.Direction;

import java.util.List;

/** The addresses of this plugin: the stage SHOUT. */
public final class ShoutProvider implements AddressProvider {
    /** For {@link java.util.ServiceLoader}. */
    public ShoutProvider() {}

    @Override
    public List<AddressType> addressTypes() {
        return List.of(
                AddressType.named("SHOUT")
                        .stage(Parameters.NONE, Direction.BOTH, ShoutStage::new)
                        .summary("makes the letters upper case that come from the right"));
    }
}
