package org.jsocat.plugin.exec;

import org.jsocat.spi.Option;
import org.jsocat.spi.OptionGroup;
import org.jsocat.spi.OptionTypes;
import org.jsocat.spi.Phase;

import java.util.List;

/** The option group FORK: what joins a program to this one, and which of its descriptors do. */
public final class ForkOptions implements OptionGroup {
    /** The program's descriptor for what it reads. */
    static final Option<Integer> FDIN =
            Option.of("fdin", OptionTypes.UNSIGNED_SHORT, Phase.PASTBIGEN);

    /** The program's descriptor for what it writes. */
    static final Option<Integer> FDOUT =
            Option.of("fdout", OptionTypes.UNSIGNED_SHORT, Phase.PASTBIGEN);

    /** The program takes the place of the relay. */
    static final Option<Boolean> NOFORK = Option.of("nofork", OptionTypes.BOOL, Phase.BIGEN);

    /** Two pipes instead of a pair of sockets. */
    static final Option<Boolean> PIPES = Option.of("pipes", OptionTypes.BOOL, Phase.BIGEN);

    /** A pseudo terminal instead of a pair of sockets. */
    static final Option<Boolean> PTY = Option.of("pty", OptionTypes.BOOL, Phase.BIGEN);

    /** The program's process group; 0 and 1 mean a new one. */
    static final Option<Integer> SETPGID =
            Option.of("setpgid", OptionTypes.INT, Phase.LATE).usually("pgid");

    /** What the program writes to its standard error joins its output. */
    static final Option<Boolean> STDERR = Option.of("stderr", OptionTypes.BOOL, Phase.PASTFORK);

    private static final List<Option<?>> ROWS =
            List.of(FDIN, FDOUT, NOFORK, PIPES, PTY, SETPGID, STDERR);

    /** For {@link java.util.ServiceLoader}. */
    public ForkOptions() {}

    @Override
    public String name() {
        return "FORK";
    }

    @Override
    public List<Option<?>> options() {
        return ROWS;
    }
}
