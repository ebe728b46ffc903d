package org.jsocat.spi;

import java.util.List;

/**
 * A subcommand of {@code jsocat} that a plugin adds, for example one that lists the devices which
 * its addresses can open; a service found by {@link java.util.ServiceLoader}.
 *
 * <p>Instances are made whenever {@code jsocat} runs, so the constructor must be cheap; {@link
 * #run} is called on the main thread, at most once, and may block.
 *
 * @since 1.0
 */
public interface Subcommand {
    /** The word behind {@code jsocat}: lower case letters, digits and dashes. */
    String name();

    /** What may stand behind the name, as help prints it ({@code [PATTERN]}); may be empty. */
    String parameters();

    /** One line for help. */
    String summary();

    /**
     * Does it.
     *
     * @param arguments the words behind the name
     * @return lines for standard output
     * @throws AddressException when it fails; kind {@link AddressException.Kind#USAGE} for wrong
     *     arguments
     * @throws org.jsocat.spi.posix.PosixException when a system call failed
     */
    List<String> run(List<String> arguments);
}
