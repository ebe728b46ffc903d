package org.jsocat.plugin.file;

import org.jsocat.spi.OpenContext;
import org.jsocat.spi.OptionTarget;
import org.jsocat.spi.Phase;

/** Runs of phases that the addresses of this plugin pass. */
final class Phases {
    private static final Phase[] ALL = Phase.values();

    private Phases() {}

    /** All phases from one to another, both included. */
    static void apply(OpenContext context, Phase first, Phase last, OptionTarget target) {
        for (int i = first.ordinal(); i <= last.ordinal(); i++) {
            context.apply(ALL[i], target);
        }
    }

    /**
     * All phases from EARLY on, for addresses whose descriptor is complete as soon as it exists:
     * each option acts on every descriptor of the address.
     */
    static void all(OpenContext context, OptionTarget target, OptionTarget... further) {
        for (int i = Phase.EARLY.ordinal(); i < ALL.length; i++) {
            context.apply(ALL[i], target, further);
        }
    }

    /** The phases of an address that is open. */
    static void late(OpenContext context, OptionTarget target) {
        context.apply(Phase.LATE, target);
        context.apply(Phase.LATE2, target);
        context.apply(Phase.PASTEXEC, target);
    }
}
