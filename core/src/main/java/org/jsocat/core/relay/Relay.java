package org.jsocat.core.relay;

import org.jsocat.core.relay.Flow.Step;
import org.jsocat.spi.AddressException;
import org.jsocat.spi.Direction;
import org.jsocat.spi.Endpoint;
import org.jsocat.spi.Program;
import org.jsocat.spi.Severity;
import org.jsocat.spi.Wakeups;
import org.jsocat.spi.posix.Errno;
import org.jsocat.spi.posix.ExitStatus;
import org.jsocat.spi.posix.Libc;
import org.jsocat.spi.posix.Linux;
import org.jsocat.spi.posix.PosixException;
import org.slf4j.Logger;

import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Supplier;

/**
 * A pair of endpoints and the state of the transfer between them. Made by an opening thread, then
 * used by the one event loop that runs it.
 *
 * <p>It ends when both directions have ended, when one has and the other is silent for the close
 * timeout, when both are silent for the inactivity timeout, or when an error occurs. Ends of file,
 * half-close and timeouts follow socat(1).
 */
public final class Relay implements Wakeups.Runner {
    /** How often a source whose end is ignored is looked at again. */
    private static final long POLL_NANOS = 1_000_000_000L;

    /** How long the exit status of a program may take to arrive after the end of its output. */
    private static final long LINGER_NANOS = 50_000_000L;

    private static final long NEVER = Long.MAX_VALUE;

    /** Longer than a machine runs. */
    private static final Duration LONGEST = Duration.ofDays(36_500);

    /** How much a relay may move before others on its loop have their turn, bytes. */
    private static final long BYTES_PER_TURN = 1 << 20;

    /** How many steps it may take before that. */
    private static final int STEPS_PER_TURN = 16;

    private static final int READ_EVENTS =
            Linux.EPOLLIN | Linux.EPOLLPRI | Linux.EPOLLRDHUP | Linux.EPOLLHUP | Linux.EPOLLERR;
    private static final int WRITE_EVENTS = Linux.EPOLLOUT | Linux.EPOLLHUP | Linux.EPOLLERR;

    /** Gets the exit status of a relay, on the loop's thread, after its endpoints were closed. */
    @FunctionalInterface
    public interface Completion {
        /**
         * The relay ended with this exit status: 0 or 1, or that of a program that has taken over.
         */
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
    private volatile EventLoop loop;
    private volatile boolean unwanted;

    // The loop's bookkeeping.
    final EventLoop.Registration[] registrations = new EventLoop.Registration[6];
    int registrationCount;
    boolean queued;
    int timerPlace = Timers.NOWHERE;
    long timerAt;

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
        forward =
                direction.reads() && !takenOver && reads(left)
                        ? new Flow(left, right, true, settings, tap, log)
                        : null;
        backward =
                direction.writes() && !takenOver && reads(right)
                        ? new Flow(right, left, false, settings, tap, log)
                        : null;
        closeNanos = nanos(settings.closeTimeout());
        inactivityNanos = settings.inactivityTimeout().map(Relay::nanos).orElse(NEVER);
    }

    private static boolean reads(Side side) {
        return side.endpoint().direction().reads();
    }

    private static long nanos(Duration time) {
        return time.compareTo(LONGEST) < 0 ? time.toNanos() : NEVER;
    }

    /** Registers the descriptors to wait for; called once by its loop. */
    void start(EventLoop runningLoop, long now) {
        loop = runningLoop;
        lastActivity = now;
        if (unwanted) {
            over = true;
            return;
        }
        left.wakeups().attach(this);
        if (right.wakeups() != left.wakeups()) {
            right.wakeups().attach(this);
        }
        if (takenOver) {
            watchProgram(right.endpoint());
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
        watch(forward);
        watch(backward);
        watchProgram(left.endpoint());
        watchProgram(right.endpoint());
        if (forward == null && backward == null) {
            over = true; // neither address can be read
        }
    }

    private void watch(Flow flow) {
        if (flow != null) {
            loop.watch(this, flow.input());
            loop.watch(this, flow.output());
        }
    }

    private void watchProgram(Endpoint endpoint) {
        loop.watch(this, exitDescriptor(endpoint));
    }

    /** An event on one of its descriptors. */
    void event(int descriptor, int events) {
        mark(forward, descriptor, events);
        mark(backward, descriptor, events);
        leftProgramEnded |= descriptor == exitDescriptor(left.endpoint());
        rightProgramEnded |= descriptor == exitDescriptor(right.endpoint());
    }

    /** Has it look at its endpoints again; from any thread. */
    @Override
    public void wake() {
        EventLoop running = loop;
        if (running != null) {
            running.wake(this);
        }
    }

    @Override
    public void sooner() {
        EventLoop running = loop;
        if (running != null) {
            running.sooner(this);
        }
    }

    /** A wake-up: all directions are tried again. */
    void woken() {
        wake(forward);
        wake(backward);
    }

    private static void wake(Flow flow) {
        if (flow != null) {
            flow.sourceReady(0);
            flow.sinkReady();
        }
    }

    private static int exitDescriptor(Endpoint endpoint) {
        Optional<Program> program = endpoint.program();
        return program.isPresent() ? program.get().exitDescriptor() : Endpoint.NONE;
    }

    /** How big the loop's buffer must be for it, bytes. */
    int room() {
        return Math.max(
                forward == null ? 0 : forward.room(), backward == null ? 0 : backward.room());
    }

    private static void mark(Flow flow, int descriptor, int events) {
        if (flow == null) {
            return;
        }
        // An endpoint that is not just its descriptor may have to write before it can read, and the
        // other way round.
        if (descriptor == flow.input()
                && ((events & READ_EVENTS) != 0 || flow.source().rawInput() == Endpoint.NONE)) {
            flow.sourceReady(events);
        }
        if (descriptor == flow.output()
                && ((events & WRITE_EVENTS) != 0 || flow.sink().rawOutput() == Endpoint.NONE)) {
            flow.sinkReady();
        }
    }

    /**
     * Moves bytes as long as there are some, within its turn.
     *
     * @return whether it wants another turn without a new event
     */
    boolean advance(Workspace workspace, long now) {
        try {
            long stop = moved() + BYTES_PER_TURN;
            for (int i = 0; i < STEPS_PER_TURN && !over && moved() < stop; i++) {
                boolean moved = step(forward, workspace, now) | step(backward, workspace, now);
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

    private long moved() {
        return (forward == null ? 0 : forward.bytes()) + (backward == null ? 0 : backward.bytes());
    }

    private static boolean runnable(Flow flow) {
        return flow != null && flow.runnable();
    }

    private boolean step(Flow flow, Workspace workspace, long now) {
        if (flow == null || over) {
            return false;
        }
        Step step;
        try {
            step = flow.step(workspace);
        } catch (PosixException | AddressException failure) {
            drainProgram(flow, failure, workspace);
            return goesOn(flow, failure, now);
        }
        if (step == Step.MOVED) {
            lastActivity = now;
        } else if (step == Step.END) {
            sourceEnded(flow, now);
        }
        if (flow.isDown()) {
            endIfBothFinished(now);
        }
        return step == Step.MOVED;
    }

    /**
     * A program that has exited without reading what is written to it may have left an answer,
     * which goes out before the error ends the relay.
     */
    private void drainProgram(Flow failed, RuntimeException failure, Workspace workspace) {
        Flow back = other(failed);
        boolean exited =
                failure instanceof PosixException posix
                        && posix.errno() == Errno.EPIPE
                        && failed.sink().program().isPresent();
        if (!exited || back == null || back.isDown()) {
            return;
        }
        back.sourceReady(Linux.EPOLLIN);
        Step step;
        do {
            step = back.step(workspace);
        } while (step == Step.MOVED);
    }

    /** Reading or writing failed; throws that again unless the user asked not to mind. */
    private boolean goesOn(Flow flow, RuntimeException failure, long now) {
        boolean mild =
                failure instanceof AddressException address
                        && address.severity() == Severity.NOTICE;
        if (mild) {
            log.info(failure.getMessage());
        } else if (settings.sloppy()) {
            log.error(failure.getMessage());
        } else {
            throw failure;
        }
        log.info("socket {} to socket {} is in error", number(flow), 3 - number(flow));
        if (flow.isDown()) {
            flow.giveUp();
            return false;
        }
        if (!flow.failedInWriting()) {
            sourceEnded(flow, now);
            endIfBothFinished(now);
            return true;
        }
        // What could not be written is lost; what comes later may fare better. As after an end,
        // silence ends the relay.
        flow.dropHeld();
        close(now);
        over |= other(flow) == null;
        return true;
    }

    private Flow other(Flow flow) {
        return flow == forward ? backward : forward;
    }

    private static int number(Flow flow) {
        return flow.leftToRight() ? 1 : 2;
    }

    private void sourceEnded(Flow flow, long now) {
        if (flow.ignoresEnd() && !closing) {
            log.trace("socket {} (fd {}) is at EOF, ignoring", number(flow), flow.input());
            flow.pause();
            if (!polling) {
                polling = true;
                pollFrom = now;
            }
            return;
        }
        log.info("socket {} (fd {}) is at EOF", number(flow), flow.input());
        shutdownOutput(flow);
        if (flow.sink().program().filter(Program::awaitedAtEnd).isPresent()) {
            awaitingProgram = true;
            return;
        }
        close(now);
    }

    /** Nothing more will be written to the sink, which may close its descriptor for that. */
    private void shutdownOutput(Flow flow) {
        Flow other = other(flow);
        boolean stillRead = other != null && !other.isDown() && other.input() == flow.output();
        if (!stillRead) {
            loop.forget(this, flow.output());
        }
        flow.shutdownOutput();
        if (!stillRead && !flow.finished()) {
            loop.watch(this, flow.output());
        }
    }

    /**
     * Ends the relay where nothing is left to move. A program that has closed its output is about
     * to exit; its status is waited for a moment, since it arrives a little after that.
     */
    private void endIfBothFinished(long now) {
        if (awaitingProgram || lingering || !finished(forward) || !finished(backward)) {
            return;
        }
        over = !awaitsStatus();
        lingering = !over;
        lingerUntil = now + LINGER_NANOS;
    }

    private boolean awaitsStatus() {
        return exitsNow(left.endpoint(), forward, leftReaped)
                || exitsNow(right.endpoint(), backward, rightReaped);
    }

    private static boolean finished(Flow flow) {
        return flow == null || flow.finished();
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
     * The program behind an endpoint has ended. What it left to be read is read first; if there is
     * nothing (more), that is the end of its output, even where one of its own children still holds
     * it open.
     */
    private boolean programEnded(Endpoint endpoint, Flow reading, long now) {
        OptionalInt ended = endpoint.program().map(Program::poll).orElse(OptionalInt.empty());
        if (over || ended.isEmpty()) {
            return false;
        }
        if (takenOver || awaitingProgram) {
            over = true;
            status = takenOver ? new ExitStatus(ended.getAsInt()).code() : status;
            return false;
        }
        reap(endpoint, new ExitStatus(ended.getAsInt()));
        if (lingering) {
            over = !awaitsStatus();
            return false;
        }
        boolean unread = reading != null && !reading.isDown();
        if (unread && reading.ignoresEnd() && !closing) {
            return false;
        }
        close(now);
        if (unread
                && reading.drained()
                && Libc.poll(endpoint.readDescriptor(), Linux.POLLIN, 0) == 0) {
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
        if (failure instanceof PosixException || failure instanceof AddressException) {
            log.error(failure.getMessage());
        } else {
            log.error("internal error: {}", failure.toString(), failure);
        }
        status = 1;
        over = true;
    }

    /**
     * When {@link #timeout} is to be called, in the time of {@link System#nanoTime()}; {@code
     * Long.MAX_VALUE} never.
     */
    long deadline() {
        if (over || takenOver) {
            return NEVER;
        }
        return Math.min(silenceEnds(), Math.min(next(left), next(right)));
    }

    private static long next(Side side) {
        return side.wakeups().isSet() ? side.wakeups().next() : NEVER;
    }

    private long silenceEnds() {
        if (awaitingProgram) {
            return NEVER;
        }
        if (lingering) {
            return lingerUntil;
        }
        long wait = isCountingDown() ? closeNanos : inactivityNanos;
        long deadline = wait == NEVER ? NEVER : lastActivity + wait;
        return polling && !isCountingDown() ? Math.min(deadline, pollFrom + POLL_NANOS) : deadline;
    }

    /**
     * What has been read is delivered, however slow its reader: only then does silence end the
     * relay.
     */
    private boolean isCountingDown() {
        return closing && !holds(forward) && !holds(backward);
    }

    private static boolean holds(Flow flow) {
        return flow != null && flow.holds();
    }

    /** The deadline has passed. Returns whether there is something to move. */
    boolean timeout(long now) {
        if (left.wakeups().expire(now, this) | right.wakeups().expire(now, this)) {
            woken();
            return true;
        }
        if (lingering) {
            over = true;
            return false;
        }
        if (isCountingDown()) {
            tellTimeout(settings.closeTimeout());
            if (inactivityNanos != NEVER) {
                log.info("inactivity timeout triggered");
            }
            over = true;
            return false;
        }
        if (inactivityNanos != NEVER && now - lastActivity >= inactivityNanos) {
            settings.inactivityTimeout().ifPresent(this::tellTimeout);
            log.info("inactivity timeout triggered");
            over = true;
            return false;
        }
        polling = false;
        resume(forward);
        resume(backward);
        return true;
    }

    private void tellTimeout(Duration time) {
        if (log.isDebugEnabled()) {
            log.debug(
                    "poll timed out (no data within {} seconds)",
                    String.format(
                            Locale.ROOT, "%d.%06d", time.toSeconds(), time.toNanosPart() / 1000));
        }
    }

    private static void resume(Flow flow) {
        if (flow != null && !flow.isDown() && flow.ignoresEnd()) {
            flow.resume();
        }
    }

    /** Whether it has ended; its loop then calls {@link #finish}. */
    boolean isOver() {
        return over;
    }

    /**
     * Closes everything and reports; called once by its loop, which no longer watches its
     * descriptors.
     */
    void finish() {
        left.wakeups().detach(this);
        right.wakeups().detach(this);
        if (forward != null) {
            forward.close();
        }
        if (backward != null) {
            backward.close();
        }
        closeAll();
        completion.ended(this, status);
    }

    private void closeAll() {
        try {
            left.close();
        } finally {
            try {
                right.close();
            } finally {
                if (tap != null) {
                    tap.close();
                }
            }
        }
    }

    /**
     * Ends it from outside, whatever it still has to move. May be called from any thread, also
     * before it runs, when it ends as soon as it does.
     */
    public void end() {
        unwanted = true;
        EventLoop running = loop;
        if (running != null) {
            running.end(this);
        }
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
