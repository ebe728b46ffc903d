package org.jsocat.core.relay;

import org.jsocat.core.relay.Flow.Step;
import org.jsocat.spi.AddressException;
import org.jsocat.spi.Direction;
import org.jsocat.spi.Endpoint;
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

    /** How long what belongs to the end of output may take once the relay has ended otherwise. */
    private static final long FINISH_NANOS = 5_000_000_000L;

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
    private ProgramWatch leftProgram;
    private ProgramWatch rightProgram;
    private final long closeNanos;
    private final long inactivityNanos;

    private long lastActivity;
    private boolean polling;
    private long pollFrom;
    private boolean awaitingProgram;
    private boolean lingering;
    private long lingerUntil;
    private boolean closing;
    private boolean over;
    private boolean finishing;
    private long finishUntil;
    private boolean done;
    private Side failed;
    private Throwable cause;
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
        if (backward == null && forward != null) {
            forward.flushesSource();
        }
        if (forward == null && backward != null) {
            backward.flushesSource();
        }
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
            cancel();
            return;
        }
        leftProgram = new ProgramWatch(left, 0, log);
        rightProgram = new ProgramWatch(right, 1, log);
        left.wakeups().attach(this);
        if (right.wakeups() != left.wakeups()) {
            right.wakeups().attach(this);
        }
        if (takenOver) {
            loop.watch(this, rightProgram.descriptor());
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
        loop.watch(this, leftProgram.descriptor());
        loop.watch(this, rightProgram.descriptor());
        if (forward == null && backward == null) {
            over = true; // neither address can be read
        }
    }

    private void watch(Flow flow) {
        if (flow != null) {
            flow.watch(loop, this);
        }
    }

    /** An event on one of its descriptors. */
    void event(int descriptor, int events) {
        if (forward != null) {
            forward.event(descriptor, events);
        }
        if (backward != null) {
            backward.event(descriptor, events);
        }
        leftProgram.event(descriptor);
        rightProgram.event(descriptor);
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

    /** How big the loop's buffer must be for it, bytes. */
    int room() {
        return Math.max(
                forward == null ? 0 : forward.room(), backward == null ? 0 : backward.room());
    }

    /**
     * Moves bytes as long as there are some, within its turn.
     *
     * @return whether it wants another turn without a new event
     */
    boolean advance(Workspace workspace, long now) {
        long stop = moved() + BYTES_PER_TURN;
        for (int i = 0; i < STEPS_PER_TURN && !over && moved() < stop; i++) {
            boolean moved = step(forward, workspace, now) | step(backward, workspace, now);
            moved |= checkPrograms(now);
            if (!moved) {
                break;
            }
        }
        if (over) {
            finishOutputs(now);
            return false;
        }
        return runnable(forward) || runnable(backward);
    }

    /**
     * Lets what belongs to the end of each output go out (a trailer, an incomplete group), however
     * the relay has ended, but for the side that failed.
     */
    private void finishOutputs(long now) {
        if (takenOver) {
            done = true;
            return;
        }
        if (!finishing) {
            finishing = true;
            finishUntil = now + FINISH_NANOS;
            finish(left);
            finish(right);
        }
        done |= finished(left) & finished(right);
    }

    private void finish(Side side) {
        if (side != failed && side.endpoint().direction().writes()) {
            try {
                side.endpoint().finish();
            } catch (PosixException | AddressException ignored) {
                failed = side; // whoever should have got it is gone
            }
        }
    }

    private boolean finished(Side side) {
        Endpoint endpoint = side.endpoint();
        if (side == failed || !endpoint.hasUnflushed()) {
            return true;
        }
        try {
            endpoint.flush();
            return !endpoint.hasUnflushed();
        } catch (PosixException | AddressException ignored) {
            return true;
        }
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
        } catch (Throwable defect) {
            fail(defect, flow.failedInWriting() ? flow.sink() : flow.source());
            return false;
        }
        if (step == Step.MOVED) {
            lastActivity = now;
        } else if (step == Step.END) {
            sourceEnded(flow, now);
        }
        if (flow.isDown()) {
            if (flow.endsWatchApart()) {
                loop.forget(this, flow.output());
                flow.watchedApart(false);
            }
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
                        && program(failed.sink()).isPresent();
        if (!exited || back == null || back.isDown()) {
            return;
        }
        back.sourceReady(Linux.EPOLLIN);
        Step step;
        do {
            step = back.step(workspace);
        } while (step == Step.MOVED);
    }

    private ProgramWatch program(Side side) {
        return side == left ? leftProgram : rightProgram;
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
            fail(failure, flow.failedInWriting() ? flow.sink() : flow.source());
            return false;
        }
        log.info("socket {} to socket {} is in error", number(flow), 3 - number(flow));
        if (flow.isDown()) {
            flow.dropUnwritten();
            endIfBothFinished(now);
            return false;
        }
        if (!flow.failedInWriting()) {
            sourceEnded(flow, now);
            endIfBothFinished(now);
            return true;
        }
        // What could not be written is lost; what comes later may fare better. As after an end,
        // silence ends the relay.
        flow.dropUnwritten();
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
        if (program(flow.sink()).isAwaitedAtEnd()) {
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
            loop.watchApart(this, flow.output());
            flow.watchedApart(true);
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
        return forward != null && leftProgram.isUnreaped()
                || backward != null && rightProgram.isUnreaped();
    }

    private static boolean finished(Flow flow) {
        return flow == null || flow.finished();
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
        return (leftProgram.isPresent() && programEnded(left, leftProgram, forward, now))
                | (rightProgram.isPresent() && programEnded(right, rightProgram, backward, now));
    }

    /**
     * The program behind an endpoint has ended. What it left to be read is read first; if there is
     * nothing (more), that is the end of its output, even where one of its own children still holds
     * it open.
     */
    private boolean programEnded(Side side, ProgramWatch program, Flow reading, long now) {
        Optional<ExitStatus> ended = over ? Optional.empty() : program.ended();
        if (ended.isEmpty()) {
            return false;
        }
        if (takenOver || awaitingProgram) {
            over = true;
            status = takenOver ? ended.get().code() : status;
            return false;
        }
        if (program.reap(ended.get())) {
            status = 1;
        }
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
                && Libc.poll(side.endpoint().readDescriptor(), Linux.POLLIN, 0) == 0) {
            log.debug("terminated child did not leave data for us");
            reading.endSource();
            return true;
        }
        return false;
    }

    /** Ends the relay with an error of one of its sides, or of neither where that is null. */
    private void fail(Throwable failure, Side side) {
        if (failure instanceof PosixException || failure instanceof AddressException) {
            log.error(failure.getMessage());
        } else if (side != null) {
            log.error(side.origin().describe(failure), failure);
        } else {
            log.error("internal error: {}", failure.toString(), failure);
        }
        failed = side;
        cause = failure;
        status = 1;
        done = over; // it failed in ending
        over = true;
    }

    /** Ends the relay with an error. */
    void fail(Throwable failure) {
        fail(failure, failure instanceof Defect defect ? defect.side() : failingSide(failure));
    }

    /** The side whose code stands in the trace; null where neither does. */
    private Side failingSide(Throwable failure) {
        if (left.origin().isBehind(failure)) {
            return left;
        }
        return right.origin().isBehind(failure) ? right : null;
    }

    /**
     * When {@link #timeout} is to be called, in the time of {@link System#nanoTime()}; {@code
     * Long.MAX_VALUE} never.
     */
    long deadline() {
        if (takenOver) {
            return NEVER;
        }
        return Math.min(silenceEnds(), Math.min(next(left), next(right)));
    }

    private static long next(Side side) {
        return side.wakeups().isSet() ? side.wakeups().next() : NEVER;
    }

    private long silenceEnds() {
        if (over) {
            return finishUntil;
        }
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
        return flow != null && (flow.holds() || flow.holdsInput());
    }

    /** The deadline has passed: it has a turn then. */
    void timeout(long now) {
        if (left.wakeups().expire(now, this) | right.wakeups().expire(now, this)) {
            woken();
            return;
        }
        if (over) {
            done = true; // the end of an output has taken too long
            return;
        }
        if (lingering) {
            over = true;
            return;
        }
        if (isCountingDown()) {
            tellTimeout(settings.closeTimeout());
            if (inactivityNanos != NEVER) {
                log.info("inactivity timeout triggered");
            }
            over = true;
            return;
        }
        if (inactivityNanos != NEVER && now - lastActivity >= inactivityNanos) {
            settings.inactivityTimeout().ifPresent(this::tellTimeout);
            log.info("inactivity timeout triggered");
            over = true;
            return;
        }
        polling = false;
        resume(forward);
        resume(backward);
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
        return done;
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
        close(left);
        close(right);
        if (tap != null) {
            try {
                tap.close();
            } catch (RuntimeException failure) {
                log.error(failure.getMessage());
            }
        }
        completion.ended(this, status);
    }

    /** What goes wrong there is told and keeps nothing else from being closed. */
    private void close(Side side) {
        try {
            side.close();
        } catch (PosixException | AddressException failure) {
            log.error(failure.getMessage());
            status = 1;
        } catch (Throwable defect) {
            log.error(side.origin().describe(defect), defect);
            status = 1;
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
        done = true;
    }

    /** The error that has ended it, where one has; known once it is over. */
    public Optional<Throwable> cause() {
        return Optional.ofNullable(cause);
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
