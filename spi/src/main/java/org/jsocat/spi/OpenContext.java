package org.jsocat.spi;

import org.slf4j.Logger;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * One address while it is opened: what the user wrote, what is known around it, and the options yet
 * to take effect.
 *
 * <p>Core makes one for each attempt to open an address and, under a listener, one for each
 * connection. Used by the opening thread only, except that {@link #log()} may be kept.
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

    /**
     * The endpoint that was opened before this one, where a program may take its descriptors over
     * so that nothing is left to relay ({@code nofork}); empty where that is not possible: for the
     * first address, for parts of a dual one, and where something looks at or changes the data.
     * Whoever takes the descriptors over calls {@link Endpoint#release()}.
     */
    Optional<Endpoint> replaceable();

    /**
     * Whether other relays live in this program. Options that change a setting of the opening
     * thread ({@link Option#perThread()}) change it for this relay alone then; those that change an
     * identity ({@link Option#changesIdentity()}) take effect in a worker process.
     */
    boolean forked();

    /**
     * Whether another attempt follows if this one fails, so that a failure is worth less of a log
     * line.
     */
    boolean retrying();

    /** What holds for all addresses. */
    Settings settings();

    /**
     * What the user wants to be tried again; core does so with opening, an endpoint may with what
     * it can open again.
     */
    default Retry retry() {
        return Retry.NONE;
    }

    /** Where this address logs; see the package for the levels. */
    Logger log();

    /**
     * The value of an option that the opener reads; where it was given more than once, the last
     * one.
     *
     * @param option a row of a table whose {@link Option#isRead()} holds, or any other row that the
     *     opener takes over from its phase
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
     * Applies the options of a phase, each once, in the order in which they were written. A failure
     * is logged as an error and ends opening, unless the user asked to go on ({@code -s}).
     *
     * @param further other things that each option acts upon too: an endpoint may have a descriptor
     *     to read and one to write
     * @throws AddressException when an option was refused; it has been logged
     */
    void apply(Phase phase, OptionTarget target, OptionTarget... further);

    /**
     * Applies the options of some groups only, each once, in the order in which they were written,
     * whatever their phase among these. For addresses that act on two things: a program and the
     * descriptor that leads to it.
     *
     * @throws AddressException when an option was refused; it has been logged
     */
    void apply(Set<String> groups, Set<Phase> phases, OptionTarget target);

    /**
     * Has the options of some phases act again, because what they acted on has been given up for
     * another: the host has more addresses, say.
     *
     * @param first the first of these phases
     * @param last the last of them
     */
    void again(Phase first, Phase last);

    /**
     * What has been learned so far about the relay that this address is opened for, as an object of
     * a type: on the right, what the endpoint on the left knows, and in a chain what stands to the
     * right of this one. The last one learned of its kind.
     */
    default <T> Optional<T> known(Class<T> type) {
        return Optional.empty();
    }

    /** Sets a variable by its plain name for programs started by this relay: {@code HOME}. */
    void environment(String name, String value);

    /** The environment for programs started by this relay: the program's own and its variables. */
    Map<String, String> environment();

    /**
     * Has something undone when opening this address has ended, in success or failure; the last one
     * first.
     */
    void afterOpening(Runnable undo);

    /**
     * Has something done once this address has been opened successfully, before {@link
     * #afterOpening}: what gives up privileges. It runs on the thread that opens the relay.
     */
    void whenOpened(Runnable action);

    /**
     * Has something done each time the program gets this signal, instead of ending by it, until the
     * endpoint of this address has been closed. Runs on any thread and must not throw or block.
     *
     * @param signal the signal's number: SIGHUP, SIGINT or SIGQUIT
     */
    void onSignal(int signal, Runnable action);

    /**
     * Has something done when the endpoint of this address has been closed, or when the program
     * ends before that (also by a signal): removing a file, unlocking, restoring a terminal. Runs
     * once, on any thread, and must not throw.
     */
    void afterClosing(Runnable cleanup);

    /** What wakes the endpoint of this address; each call yields another one. */
    default Wakeup wakeup() {
        return wakeups().wakeup();
    }

    /** The wake-ups of the relay that this address is opened for. */
    Wakeups wakeups();

    /**
     * An inner endpoint as a blocking channel, for a handshake in an opener.
     *
     * @param inner the endpoint to the right; whoever got it closes it when opening fails
     */
    default BlockingView blocking(Endpoint inner) {
        return new BlockingView(inner, wakeups());
    }

    /**
     * An inner endpoint as descriptors, for a program that is to use it.
     *
     * @param inner the endpoint to the right; it belongs to the view from now on
     */
    DescriptorView descriptor(Endpoint inner);

    /**
     * The same with a descriptor for each direction, so that a program can end one and go on with
     * the other: no two of them are one socket.
     *
     * @param inner the endpoint to the right; it belongs to the view from now on
     */
    DescriptorView descriptors(Endpoint inner);

    /**
     * Reports something wrong that the reference treats as an error: logs it and ends opening,
     * unless the user asked to go on.
     *
     * @throws AddressException (already logged) unless {@link Settings#sloppy()}
     */
    void error(String message);
}
