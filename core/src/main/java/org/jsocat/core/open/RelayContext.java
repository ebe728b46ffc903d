package org.jsocat.core.open;

import org.jsocat.spi.Settings;
import org.jsocat.spi.Wakeups;
import org.jsocat.spi.posix.Libc;
import org.slf4j.Logger;

import java.time.Instant;
import java.util.Map;

/**
 * What the two addresses of one relay share.
 *
 * @param surroundings what outlives it
 * @param log where it logs
 * @param environment its variables
 * @param id its number: the process's own, or for one of several relays one that no process has
 * @param forked whether it is one of several relays in the program
 * @param wakeups what its endpoints want to be woken for
 * @param start when it began
 */
public record RelayContext(
        Surroundings surroundings,
        Logger log,
        RelayEnvironment environment,
        int id,
        boolean forked,
        Wakeups wakeups,
        Instant start) {
    /** The context of the only relay, or of what forks relays. */
    public RelayContext(Surroundings surroundings, Logger log) {
        this(
                surroundings,
                log,
                new RelayEnvironment(surroundings.settings().programName()),
                Libc.getpid(),
                false,
                new Wakeups(),
                Instant.now());
    }

    Settings settings() {
        return surroundings.settings();
    }

    /** The context of a relay that is forked from this one. */
    public RelayContext fork(int childId, Logger childLog) {
        return new RelayContext(
                surroundings,
                childLog,
                environment.copy(childId),
                childId,
                true,
                new Wakeups(),
                Instant.now());
    }

    /** The number of a relay that another process describes by its variables. */
    public int idOf(Map<String, String> variables) {
        String number = variables.get(environment.name("PID"));
        return number == null ? nextId() : Integer.parseInt(number);
    }

    /** A number for one more relay, above those that the kernel gives to processes. */
    public int nextId() {
        return surroundings.nextId();
    }

    /** The same for the only relay of its process. */
    public RelayContext alone() {
        return new RelayContext(surroundings, log, environment, id, false, wakeups, start);
    }
}
