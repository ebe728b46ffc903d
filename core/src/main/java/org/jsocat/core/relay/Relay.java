package org.jsocat.core.relay;

import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Supplier;
import org.jsocat.core.relay.Flow.Step;
import org.jsocat.spi.AddressException;
import org.jsocat.spi.Direction;
import org.jsocat.spi.Endpoint;
import org.jsocat.spi.Program;
import org.jsocat.spi.Severity;
import org.jsocat.spi.posix.ExitStatus;
import org.jsocat.spi.posix.Libc;
import org.jsocat.spi.posix.Linux;
import org.jsocat.spi.posix.PosixException;
import org.slf4j.Logger;

/**
 * A pair of endpoints and the state of the transfer between them. Made by an opening thread, then used by the one
 * event loop that runs it.
 *
 * <p>It ends when both directions have ended, when one has and the other is silent for the close timeout, when both
 * are silent for the inactivity timeout, or when an error occurs. Ends of file, half-close and timeouts follow
 * socat(1).
 */
public final class Relay {
    /** How often a source whose end is ignored is looked at again. */
    private static final long POLL_NANOS = 1_000_000_000L;

    /** How long the exit status of a program may take to arrive after the end of its output. */
    private static final long LINGER_NANOS = 50_000_000L;

    /** How many blocks a relay may move before others on its loop have their turn. */
    private static final int BLOCKS_PER_TURN = 16;

    private static final int READ_EVENTS = Linux.EPOLLIN | Linux.EPOLLRDHUP | Linux.EPOLLHUP | Linux.EPOLLERR;
    private static final int WRITE_EVENTS = Linux.EPOLLOUT | Linux.EPOLLHUP | Linux.EPOLLERR;

    /** Gets the exit status of a relay, on the loop's thread, after its endpoints were closed. */
    @FunctionalInterface
    public interface Completion {
        /** The relay ended with this exit status: 0 or 1. */
        void ended(Relay relay, int status);
    }

    private final Side left;
    private final Side right;
    private final RelaySettings settings;
    private final Logger log;
    private final Completion completion;
    private final Tap tap;
    private final boolean takenOver;
    private final Flow forward;
    private final Flow backward;
    private final long closeNanos;
    private final long inactivityNanos;

    private long lastActivity;
    private boolean polling;
    private boolean leftProgramEnded;
    private boolean rightProgramEnded;
    private boolean leftReaped;
    private boolean rightReaped;
    private long pollFrom;
    private boolean awaitingProgram;
    private boolean lingering;
    private long lingerUntil;
    private boolean closing;
    private boolean over;
    private int status;

    // The loop's bookkeeping.
    final EventLoop.Registration[] registrations = new EventLoop.Registration[6];
    int registrationCount;
    boolean queued;
    boolean timed;

    /**
     * A relay that is not yet running.
     *
     * @param left the first address
     * @param right the second address
     * @param settings the command line's
     * @param log where it logs
     * @param completion told when it has ended
     */
    public Relay(Side left, Side right, RelaySettings settings, Logger log, Completion completion) {
        this.left = left;
        this.right = right;
        this.settings = settings;
        this.log = log;
        this.completion = completion;
        tap = settings.taps().map(Supplier::get).orElse(null);
        Direction direction = settings.direction();
        takenOver = right.endpoint().hasTakenOver();
        forward = direction.reads() && !takenOver ? new Flow(left, right, true, settings, tap, log) : null;
        backward = direction.writes() && !takenOver ? new Flow(right, left, false, settings, tap, log) : null;
        closeNanos = settings.closeTimeout().toNanos();
        inactivityNanos = settings.inactivityTimeout().map(java.time.Duration::toNanos).orElse(Long.MAX_VALUE);
    }

    /** Registers the descriptors to wait for; called once by its loop. */
    void start(EventLoop loop, long now) {
        lastActivity = now;
        if (takenOver) {
            watchProgram(loop, right.endpoint());
            return;
        }
        if (log.isInfoEnabled()) {
            log.info(
                    "starting data transfer loop with FDs [{},{}] and [{},{}]",
                    left.endpoint().readDescriptor(),
                    left.endpoint().writeDescriptor(),
                    right.endpoint().readDescriptor(),
                    right.endpoint().writeDescriptor());
        }
        watch(loop, forward);
        watch(loop, backward);
        watchProgram(loop, left.endpoint());
        watchProgram(loop, right.endpoint());
    }

    private void watch(EventLoop loop, Flow flow) {
        if (flow != null) {
            loop.watch(this, flow.source().readDescriptor());
            loop.watch(this, flow.sink().writeDescriptor());
        }
    }

    private void watchProgram(EventLoop loop, Endpoint endpoint) {
        loop.watch(this, exitDescriptor(endpoint));
    }

    /** An event on one of its descriptors. */
    void event(int descriptor, int events) {
        mark(forward, descriptor, events);
        mark(backward, descriptor, events);
        leftProgramEnded |= descriptor == exitDescriptor(left.endpoint());
        rightProgramEnded |= descriptor == exitDescriptor(right.endpoint());
    }

    private static int exitDescriptor(Endpoint endpoint) {
        Optional<Program> program = endpoint.program();
        return program.isPresent() ? program.get().exitDescriptor() : Endpoint.NONE;
    }

    /** The greatest block that it may read at once, bytes. */
    int blockSize() {
        return Math.max(
                forward == null ? 0 : forward.blockSize(), backward == null ? 0 : backward.blockSize());
    }

    private static void mark(Flow flow, int descriptor, int events) {
        if (flow == null || flow.finished()) {
            return;
        }
        Endpoint source = flow.source();
        if (descriptor == source.readDescriptor()
                && (events & READ_EVENTS | (source.rawInput() == Endpoint.NONE ? events : 0)) != 0) {
            flow.sourceReady((events & ~(Linux.EPOLLIN | Linux.EPOLLOUT)) != 0);
        }
        Endpoint sink = flow.sink();
        if (descriptor == sink.writeDescriptor()
                && (events & WRITE_EVENTS | (sink.rawOutput() == Endpoint.NONE ? events : 0)) != 0) {
            flow.sinkReady();
        }
    }

    /**
     * Moves bytes as long as there are some, within its turn.
     *
     * @return whether it wants another turn without a new event
     */
    boolean advance(ByteBuffer buffer, long now) {
        try {
            for (int i = 0; i < BLOCKS_PER_TURN && !over; i++) {
                boolean moved = step(forward, buffer, now) | step(backward, buffer, now);
                moved |= checkPrograms(now);
                if (!moved) {
                    break;
                }
            }
        } catch (PosixException | AddressException failure) {
            fail(failure);
        }
        return !over && (runnable(forward) || runnable(backward));
    }

    private static boolean runnable(Flow flow) {
        return flow != null && flow.runnable();
    }

    private boolean step(Flow flow, ByteBuffer buffer, long now) {
        if (flow == null || flow.finished() || over) {
            return false;
        }
        Step step;
        try {
            step = flow.step(buffer);
        } catch (PosixException | AddressException failure) {
            if (!tolerated(failure)) {
                throw failure;
            }
            log.info("socket {} to socket {} is in error", number(flow), 3 - number(flow));
            flow.endSource();
            step = Step.END;
        }
        switch (step) {
            case MOVED -> {
                lastActivity = now;
                return true;
            }
            case END -> sourceEnded(flow, now);
            case IDLE -> {}
        }
        return false;
    }

    private boolean tolerated(RuntimeException failure) {
        boolean mild = failure instanceof AddressException address && address.severity() == Severity.NOTICE;
        if (mild) {
            log.info(failure.getMessage());
        } else if (settings.sloppy()) {
            log.error(failure.getMessage());
        }
        return mild || settings.sloppy();
    }

    private static int number(Flow flow) {
        return flow.leftToRight() ? 1 : 2;
    }

    private void sourceEnded(Flow flow, long now) {
        if (flow.ignoresEnd() && !closing) {
            log.trace("socket {} (fd {}) is at EOF, ignoring", number(flow), flow.source().readDescriptor());
            flow.pause();
            if (!polling) {
                polling = true;
                pollFrom = now;
            }
            return;
        }
        log.info("socket {} (fd {}) is at EOF", number(flow), flow.source().readDescriptor());
        flow.shutdownOutput();
        if (flow.sink().program().filter(Program::awaitedAtEnd).isPresent()) {
            awaitingProgram = true;
            return;
        }
        close(now);
        Flow other = flow == forward ? backward : forward;
        if (other == null || other.finished()) {
            end(now);
        }
    }

    /**
     * Nothing is left to move. A program that has closed its output is about to exit; its status is waited for a
     * moment, since it arrives a little after that.
     */
    private void end(long now) {
        if (exitsNow(left.endpoint(), forward, leftReaped) || exitsNow(right.endpoint(), backward, rightReaped)) {
            lingering = true;
            lingerUntil = now + LINGER_NANOS;
        } else {
            over = true;
        }
    }

    private static boolean exitsNow(Endpoint endpoint, Flow reading, boolean reaped) {
        return !reaped && reading != null && endpoint.program().isPresent();
    }

    /** From now on silence ends the relay. */
    private void close(long now) {
        if (!closing) {
            closing = true;
            lastActivity = now;
        }
    }

    /** Looks after programs whose end was signalled; returns whether that ended an input. */
    private boolean checkPrograms(long now) {
        boolean changed = false;
        if (leftProgramEnded) {
            changed = programEnded(left.endpoint(), forward, now);
        }
        if (rightProgramEnded) {
            changed |= programEnded(right.endpoint(), backward, now);
        }
        return changed;
    }

    /**
     * The program behind an endpoint has ended. What it left to be read is read first; if there is nothing (more), that
     * is the end of its output, even where one of its own children still holds it open.
     */
    private boolean programEnded(Endpoint endpoint, Flow reading, long now) {
        OptionalInt ended = endpoint.program().map(Program::poll).orElse(OptionalInt.empty());
        if (over || ended.isEmpty()) {
            return false;
        }
        if (takenOver || awaitingProgram) {
            over = true;
            return false;
        }
        reap(endpoint, new ExitStatus(ended.getAsInt()));
        if (lingering) {
            end(lingerUntil - LINGER_NANOS);
            return false;
        }
        boolean unread = reading != null && !reading.finished();
        if (unread && reading.ignoresEnd() && !closing) {
            return false;
        }
        close(now);
        if (unread && reading.drained() && Libc.poll(endpoint.readDescriptor(), Linux.POLLIN, 0) == 0) {
            log.debug("terminated child did not leave data for us");
            reading.endSource();
            return true;
        }
        return false;
    }

    /** Tells how a program ended, once; a failure becomes the relay's. */
    private void reap(Endpoint endpoint, ExitStatus ended) {
        boolean isLeft = endpoint == left.endpoint();
        if (isLeft ? leftReaped : rightReaped) {
            return;
        }
        leftReaped |= isLeft;
        rightReaped |= !isLeft;
        long pid = endpoint.program().map(Program::pid).orElse(0L);
        log.debug("exec'd process {} on socket {} terminated", pid, isLeft ? 0 : 1);
        if (ended.isSignalled()) {
            log.warn("waitpid(): child {} exited on signal {}", pid, ended.signal());
            status = 1;
        } else if (ended.code() != 0) {
            log.warn("waitpid(): child {} exited with status {}", pid, ended.code());
            status = 1;
        } else {
            log.debug("waitpid(): child {} exited with status 0", pid);
        }
    }

    /** Ends the relay with an error. */
    void fail(RuntimeException failure) {
        log.error(failure.getMessage());
        status = 1;
        over = true;
    }

    /** When {@link #timeout} is to be called, in the time of {@link System#nanoTime()}; {@code Long.MAX_VALUE} never. */
    long deadline() {
        if (over || takenOver || awaitingProgram) {
            return Long.MAX_VALUE;
        }
        if (lingering) {
            return lingerUntil;
        }
        long wait = inactivityNanos;
        if (closing) {
            wait = closeNanos;
        }
        long deadline = wait == Long.MAX_VALUE ? Long.MAX_VALUE : lastActivity + wait;
        return polling ? Math.min(deadline, pollFrom + POLL_NANOS) : deadline;
    }

    /** The deadline has passed. Returns whether there is something to move. */
    boolean timeout(long now) {
        if (lingering) {
            over = true;
            return false;
        }
        if (polling && !closing && now - pollFrom >= POLL_NANOS) {
            polling = false;
            resume(forward);
            resume(backward);
            if (inactivityNanos == Long.MAX_VALUE || now - lastActivity < inactivityNanos) {
                return true;
            }
        }
        if (closing) {
            log.debug("poll timed out (no data within {} seconds)", settings.closeTimeout());
            over = true;
            return false;
        }
        if (now - lastActivity >= inactivityNanos) {
            log.info("inactivity timeout triggered");
            over = true;
        }
        return false;
    }

    private static void resume(Flow flow) {
        if (flow != null && !flow.finished() && flow.ignoresEnd()) {
            flow.resume();
        }
    }

    /** Whether it has ended; its loop then calls {@link #finish}. */
    boolean isOver() {
        return over;
    }

    /** Closes everything and reports; called once by its loop. */
    void finish() {
        if (forward != null) {
            forward.close();
        }
        if (backward != null) {
            backward.close();
        }
        left.close();
        right.close();
        if (tap != null) {
            tap.close();
        }
        completion.ended(this, status);
    }

    /** Ends it from outside, on its loop's thread. */
    void cancel() {
        over = true;
    }

    /** Blocks and bytes written from left to right. */
    public Transferred leftToRight() {
        return transferred(forward);
    }

    /** Blocks and bytes written from right to left. */
    public Transferred rightToLeft() {
        return transferred(backward);
    }

    private static Transferred transferred(Flow flow) {
        return flow == null ? new Transferred(0, 0) : new Transferred(flow.blocks(), flow.bytes());
    }

    /**
     * How much a direction has moved.
     *
     * @param blocks count of blocks written
     * @param bytes count of bytes written
     */
    public record Transferred(long blocks, long bytes) {}
}
