package org.jsocat.core.relay;

import org.jsocat.spi.Endpoint;
import org.jsocat.spi.Program;
import org.jsocat.spi.posix.ExitStatus;
import org.slf4j.Logger;

import java.util.Optional;
import java.util.OptionalInt;

/** The program behind one address of a relay, if there is one: its end is noticed and told once. */
final class ProgramWatch {
    private final Program program;
    private final int place;
    private final Logger log;
    private final int descriptor;
    private boolean signalled;
    private boolean reaped;

    /**
     * Of an endpoint.
     *
     * @param place 0 for the first address, 1 for the second
     */
    ProgramWatch(Side side, int place, Logger log) {
        Optional<Program> behind = side.endpoint().program();
        if (behind == null) {
            throw new Defect("program() returned null", side);
        }
        program = behind.orElse(null);
        this.place = place;
        this.log = log;
        descriptor = program == null ? Endpoint.NONE : program.exitDescriptor();
    }

    boolean isPresent() {
        return program != null;
    }

    /** Readable once the program has ended, or {@link Endpoint#NONE}. */
    int descriptor() {
        return descriptor;
    }

    /** An event on a descriptor. */
    void event(int ready) {
        signalled |= ready == descriptor;
    }

    /** How it ended, if its end was signalled and it has. */
    Optional<ExitStatus> ended() {
        if (!signalled) {
            return Optional.empty();
        }
        OptionalInt ended = program.poll();
        return ended.isPresent() ? Optional.of(new ExitStatus(ended.getAsInt())) : Optional.empty();
    }

    /** Whether the relay waits for its end after the last byte. */
    boolean isAwaitedAtEnd() {
        return program != null && program.awaitedAtEnd();
    }

    /** Whether its end is still to be told. */
    boolean isUnreaped() {
        return program != null && !reaped;
    }

    /**
     * Tells how it ended, the first time.
     *
     * @return whether that was a failure, told for the first time
     */
    boolean reap(ExitStatus ended) {
        if (reaped) {
            return false;
        }
        reaped = true;
        long pid = program.pid();
        log.debug("exec'd process {} on socket {} terminated", pid, place);
        if (ended.isSignalled()) {
            log.warn("waitpid(): child {} exited on signal {}", pid, ended.signal());
            return true;
        }
        if (ended.code() != 0) {
            log.warn("waitpid(): child {} exited with status {}", pid, ended.code());
            return true;
        }
        log.debug("waitpid(): child {} exited with status 0", pid);
        return false;
    }
}
