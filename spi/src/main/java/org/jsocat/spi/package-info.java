/**
 * The contract between jsocat and its plugins.
 *
 * <p>A plugin is a module with an {@link org.jsocat.spi.AddressProvider} (a family of addresses),
 * an {@link org.jsocat.spi.OptionGroup} (a table of options), or both, declared in its {@code
 * module-info} and found by {@link java.util.ServiceLoader}. Core parses the command line against
 * those tables, opens the addresses through them and moves the bytes between the {@link
 * org.jsocat.spi.Endpoint}s they return.
 *
 * <p><b>Threads.</b> Opening is plain blocking code on a thread of its own; it never runs on an
 * event loop. An endpoint that was opened is used by one thread at a time, the event loop's, and
 * must not block there.
 *
 * <p><b>Log levels.</b> Code logs through SLF4J. The program's levels map one to one: {@code error}
 * is E, {@code warn} is W, {@code info} is N (notice), {@code debug} is I (information) and {@code
 * trace} is D (debugging).
 */
package org.jsocat.spi;
