package org.jsocat.spi;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;

/**
 * One address while it is opened: what the user wrote, what is known around it, and the options yet to take effect.
 *
 * <p>Core makes one for each attempt to open an address and, under a listener, one for each connection. Used by the
 * opening thread only, except that {@link #log()} may be kept.
 *
 * @since 1.0
 */
public interface OpenContext {
    /** The address as the user may recognise it, secrets left out: for messages. */
    String text();

    /** The canonical keyword of the address. */
    String keyword();

    /** The parameters, quotes and escapes resolved; their count fits the form. */
    List<String> parameters();

    /** The directions that are wanted. */
    Direction direction();

    /** Whether {@code ^} swapped the sides of this stage. */
    boolean reversed();

    /** Whether this address may replace the program itself ({@code nofork}): nothing looks at or changes the data. */
    boolean mayReplaceProgram();

    /**
     * Whether other relays live in this program, so that identity, root directory and network namespace must be
     * changed for the opening thread alone.
     */
    boolean forked();

    /** What holds for all addresses. */
    Settings settings();

    /** Where this address logs; see the package for the levels. */
    Logger log();

    /**
     * The value of an option that the opener reads; where it was given more than once, the last one.
     *
     * @param option a row of a table whose {@link Option#isRead()} holds, or any other row that the opener takes
     *     over from its phase
     */
    <T> Optional<T> option(Option<T> option);

    /** All values of an option that may be repeated, in order. */
    <T> List<T> options(Option<T> option);

    /** Whether a flag is given and on. */
    default boolean flag(Option<Boolean> option) {
        return option(option).orElse(false);
    }

    /** Whether an option is given at all; does not count as using it. */
    boolean has(Option<?> option);

    /**
     * Applies the options of a phase, each once, in the order in which they were written. A failure is logged as an
     * error and ends opening, unless the user asked to go on ({@code -s}).
     *
     * @param further other things that each option acts upon too: an endpoint may have a descriptor to read and one
     *     to write
     * @throws AddressException when an option was refused; it has been logged
     */
    void apply(Phase phase, OptionTarget target, OptionTarget... further);

    /** Sets a variable that describes the connection for programs started by it: {@code PEERADDR} becomes {@code SOCAT_PEERADDR}. */
    void variable(String name, String value);

    /** The environment for programs started by this relay: the program's own and its variables. */
    Map<String, String> environment();

    /**
     * Has something undone when opening this address has ended, in success or failure; the last one first.
     */
    void afterOpening(Runnable undo);

    /**
     * Has something done when the endpoint of this address has been closed, or when the program ends before that
     * (also by a signal): removing a file, unlocking, restoring a terminal. Runs once, on any thread, and must not throw.
     */
    void afterClosing(Runnable cleanup);

    /**
     * Reports something wrong that the reference treats as an error: logs it and ends opening, unless the user asked
     * to go on.
     *
     * @throws AddressException (already logged) unless {@link Settings#sloppy()}
     */
    void error(String message);
}
