package org.jsocat.core.relay;

import org.jsocat.spi.AddressException;
import org.jsocat.spi.Severity;
import org.jsocat.spi.Wakeups;
import org.jsocat.spi.posix.Errno;
import org.jsocat.spi.posix.ExitStatus;
import org.jsocat.spi.posix.Libc;
import org.jsocat.spi.posix.Linux;
import org.jsocat.spi.posix.PosixException;
import org.slf4j.Logger;

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
    /** How much a relay may move before others on its loop have their turn, bytes. */
    private static final long BYTES_PER_TURN = 1 << 20;

    /** How many steps it may take before that. */
    private static final int STEPS_PER_TURN = 16;

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
    private final Flows flows;
    private final Silence silence;
    private final Farewell farewell;
    private ProgramWatch leftProgram;
    private ProgramWatch rightProgram;
    private boolean awaitingProgram;
    private boolean over;
    private boolean done;
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
        takenOver = right.endpoint().hasTakenOver();
        Tap here = tap == null || isTappedElsewhere(left, right) ? null : tap;
        flows = Flows.between(left, right, settings, here, log);
        silence = new Silence(settings, log);
        farewell = new Farewell(left, right);
    }

    /** Whether the user wants other places to be looked at, which then are. */
    private boolean isTappedElsewhere(Side first, Side second) {
        Optional<TapPoint> before = first.endpoint().known(TapPoint.class);
        Optional<TapPoint> behind = second.endpoint().known(TapPoint.class);
        before.ifPresent(point -> point.tap(tap, true));
        behind.ifPresent(point -> point.tap(tap, false));
        return before.isPresent() || behind.isPresent();
    }

    /** Registers the descriptors to wait for; called once by its loop. */
    void start(EventLoop runningLoop, long now) {
        loop = runningLoop;
        silence.isBroken(now);
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
        flows.watch(loop, this);
        loop.watch(this, leftProgram.descriptor());
        loop.watch(this, rightProgram.descriptor());
        if (flows.areNone()) {
            over = true; // neither address can be read
        }
    }

    /** An event on one of its descriptors. */
    void event(int descriptor, int events) {
        flows.event(descriptor, events);
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
        flows.wake();
    }

    /** How big the loop's buffer must be for it, bytes. */
    int room() {
        return flows.room();
    }

    /**
     * Moves bytes as long as there are some, within its turn.
     *
     * @return whether it wants another turn without a new event
     */
    boolean advance(Workspace workspace, long now) {
        long stop = flows.moved() + BYTES_PER_TURN;
        for (int i = 0; i < STEPS_PER_TURN && !over && flows.moved() < stop; i++) {
            boolean moved =
                    step(flows.forward(), workspace, now) | step(flows.backward(), workspace, now);
            moved |= checkPrograms(now);
            if (!moved) {
                break;
            }
        }
        if (over) {
            done |= takenOver || farewell.isSaid(now);
            return false;
        }
        return flows.runnable();
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
            silence.isBroken(now);
        } else if (step == Step.END) {
            sourceEnded(flow, now);
        }
        if (flow.isDown()) {
            endWatchApart(flow);
            endIfBothFinished(now);
        }
        return step == Step.MOVED;
    }

    /**
     * A program that has exited without reading what is written to it may have left an answer,
     * which goes out before the error ends the relay.
     */
    private void drainProgram(Flow failed, RuntimeException failure, Workspace workspace) {
        boolean exited =
                failure instanceof PosixException posix
                        && posix.errno() == Errno.EPIPE
                        && program(failed.sink()).isPresent();
        if (exited) {
            flows.drainOther(failed, workspace);
        }
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
        log.info("socket {} to socket {} is in error", flow.number(), 3 - flow.number());
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
        silence.close(now);
        over |= flows.other(flow) == null;
        return true;
    }

    private void sourceEnded(Flow flow, long now) {
        if (flow.ignoresEnd() && !silence.isClosing()) {
            log.trace("socket {} (fd {}) is at EOF, ignoring", flow.number(), flow.input());
            flow.pause();
            silence.poll(now);
            return;
        }
        log.info("socket {} (fd {}) is at EOF", flow.number(), flow.input());
        shutdownOutput(flow);
        if (program(flow.sink()).isAwaitedAtEnd()) {
            awaitingProgram = true;
            return;
        }
        silence.close(now);
    }

    /** Nothing more will be written to the sink, which may close its descriptor for that. */
    private void shutdownOutput(Flow flow) {
        Flow other = flows.other(flow);
        boolean stillRead = other != null && !other.isDown() && other.input() == flow.output();
        if (!stillRead) {
            loop.forget(this, flow.output());
            // Before: afterwards the number may be that of another file.
            flow.watchedApart(flow.sink().mayHoldOutput() && loop.watchApart(this, flow.output()));
        }
        flow.shutdownOutput();
        endWatchApart(flow);
    }

    /** A descriptor that is watched through a duplicate is not open for its peer any longer. */
    private void endWatchApart(Flow flow) {
        if (flow.endsWatchApart()) {
            loop.forget(this, flow.output());
            flow.watchedApart(false);
        }
    }

    /**
     * Ends the relay where nothing is left to move. A program that has closed its output is about
     * to exit; its status is waited for a moment, since it arrives a little after that.
     */
    private void endIfBothFinished(long now) {
        if (awaitingProgram || silence.isLingering() || !flows.finished()) {
            return;
        }
        over = !awaitsStatus();
        if (!over) {
            silence.linger(now);
        }
    }

    private boolean awaitsStatus() {
        return (flows.forward() != null && leftProgram.isUnreaped())
                || (flows.backward() != null && rightProgram.isUnreaped());
    }

    /** Looks after programs whose end was signalled; returns whether that ended an input. */
    private boolean checkPrograms(long now) {
        return (leftProgram.isPresent() && programEnded(left, leftProgram, flows.forward(), now))
                | (rightProgram.isPresent()
                        && programEnded(right, rightProgram, flows.backward(), now));
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
        if (silence.isLingering()) {
            over = !awaitsStatus();
            return false;
        }
        boolean unread = reading != null && !reading.isDown();
        if (unread && reading.ignoresEnd() && !silence.isClosing()) {
            return false;
        }
        silence.close(now);
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
        farewell.without(side);
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
            return Silence.NEVER;
        }
        return Math.min(ends(), Math.min(next(left), next(right)));
    }

    private long ends() {
        if (over) {
            return farewell.until();
        }
        return awaitingProgram ? Silence.NEVER : silence.ends(flows.holding());
    }

    private static long next(Side side) {
        return side.wakeups().isSet() ? side.wakeups().next() : Silence.NEVER;
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
        if (silence.isOver(now, flows.holding())) {
            over = true;
        } else {
            flows.resume();
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
        flows.close();
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
        return Flows.transferred(flows.forward());
    }

    /** Blocks and bytes written from right to left. */
    public Transferred rightToLeft() {
        return Flows.transferred(flows.backward());
    }
}
