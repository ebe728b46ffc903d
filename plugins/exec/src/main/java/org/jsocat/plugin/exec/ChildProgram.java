package org.jsocat.plugin.exec;

import org.jsocat.spi.Program;
import org.jsocat.spi.posix.ChildProcess;
import org.jsocat.spi.posix.ExitStatus;
import org.jsocat.spi.posix.Linux;

import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.UnaryOperator;

/** A program that was started. Safe for use by several threads: relays may share it. */
final class ChildProgram implements Program {
    private final ChildProcess process;
    private final boolean awaited;
    private final boolean killed;
    private final UnaryOperator<ExitStatus> outcome;
    private ExitStatus ended;
    private int users = 1;

    /**
     * A running program.
     *
     * @param awaited whether a relay that only writes to it waits for its end
     * @param killed whether it is ended with the relay
     * @param outcome told once how it has ended, and says what that means
     */
    ChildProgram(
            ChildProcess process,
            boolean awaited,
            boolean killed,
            UnaryOperator<ExitStatus> outcome) {
        this.process = process;
        this.awaited = awaited;
        this.killed = killed;
        this.outcome = outcome;
    }

    @Override
    public long pid() {
        return process.pid();
    }

    @Override
    public int exitDescriptor() {
        return process.descriptor().number();
    }

    @Override
    public synchronized OptionalInt poll() {
        if (ended == null) {
            Optional<ExitStatus> status = process.poll();
            if (status.isEmpty()) {
                return OptionalInt.empty();
            }
            ended = outcome.apply(status.get());
        }
        return OptionalInt.of(ended.status());
    }

    @Override
    public boolean awaitedAtEnd() {
        return awaited;
    }

    /** Sends it a signal, unless it has ended. */
    void kill(int signal) {
        process.kill(signal);
    }

    /** Asks it to end, if it runs and is one of those that end with their relay. */
    synchronized void end() {
        if (killed && users > 0 && process.poll().isEmpty()) {
            process.kill(Linux.SIGTERM);
        }
    }

    /** The same program for another relay. */
    synchronized ChildProgram share() {
        users++;
        return this;
    }

    /**
     * One relay will not ask about it any more; after the last one its exit status is taken as soon
     * as there is one.
     */
    synchronized void release() {
        if (--users != 0) {
            return;
        }
        if (process.poll().isPresent()) {
            process.close();
        } else {
            Reaper.take(process);
        }
    }
}
