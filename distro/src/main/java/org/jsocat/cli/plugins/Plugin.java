package org.jsocat.cli.plugins;

import org.jsocat.spi.AddressProvider;
import org.jsocat.spi.OptionGroup;
import org.jsocat.spi.RelayListener;
import org.jsocat.spi.Subcommand;

import java.util.List;

/**
 * A plugin that was found.
 *
 * @param description what its descriptor says
 * @param state what became of it
 * @param reason why it is refused or not used; empty otherwise
 * @param services what it provides; nothing unless it is active
 */
public record Plugin(Description description, State state, String reason, Services services) {
    /** What became of a plugin. */
    public enum State {
        /** It is used. */
        ACTIVE,
        /** The user does not want it. */
        DISABLED,
        /** Another version of it is used. */
        UNUSED,
        /** It is not fit to be used. */
        REFUSED
    }

    /**
     * What the manifest says.
     *
     * @param id its name among plugins
     * @param version by Semantic Versioning
     * @param module the name of its module
     * @param place the jar, or where else it comes from
     * @param requires the versions of the SPI that it works with
     * @param dependencies other plugins, each with a range of versions
     * @param text one line about it
     * @param provider who made it
     * @param license how it may be used
     */
    public record Description(
            String id,
            String version,
            String module,
            String place,
            String requires,
            List<String> dependencies,
            String text,
            String provider,
            String license) {}

    /**
     * What a plugin provides.
     *
     * @param addresses families of addresses
     * @param options tables of options
     * @param subcommands of {@code jsocat}
     * @param listeners who are told of relays
     */
    public record Services(
            List<AddressProvider> addresses,
            List<OptionGroup> options,
            List<Subcommand> subcommands,
            List<RelayListener> listeners) {
        static final Services NONE = new Services(List.of(), List.of(), List.of(), List.of());
    }

    /** In place of a jar. */
    static final String BUILT_IN = "built in";

    /** Whether it is part of the distribution. */
    public boolean isBuiltIn() {
        return description.place().equals(BUILT_IN);
    }
}
