package org.jsocat.core.relay;

import org.jsocat.spi.Direction;
import org.jsocat.spi.posix.Linux;
import org.slf4j.Logger;

/**
 * The one or two directions of a relay; none where a program has taken the descriptors over.
 *
 * @param forward from left to right; null where nothing goes that way
 * @param backward from right to left; likewise
 */
record Flows(Flow forward, Flow backward) {
    /** Those that two sides have. */
    static Flows between(Side left, Side right, RelaySettings settings, Tap tap, Logger log) {
        Direction direction = settings.direction();
        boolean takenOver = right.endpoint().hasTakenOver();
        Flow forward =
                direction.reads() && !takenOver && reads(left)
                        ? new Flow(left, right, true, settings, tap, log)
                        : null;
        Flow backward =
                direction.writes() && !takenOver && reads(right)
                        ? new Flow(right, left, false, settings, tap, log)
                        : null;
        if (backward == null && forward != null) {
            forward.flushesSource();
        }
        if (forward == null && backward != null) {
            backward.flushesSource();
        }
        return new Flows(forward, backward);
    }

    private static boolean reads(Side side) {
        return side.endpoint().direction().reads();
    }

    boolean areNone() {
        return forward == null && backward == null;
    }

    /** The one that goes the other way, or null. */
    Flow other(Flow flow) {
        return flow == forward ? backward : forward;
    }

    /** Moves what the source of the other one has at hand. */
    void drainOther(Flow flow, Workspace workspace) {
        Flow other = other(flow);
        if (other == null || other.isDown()) {
            return;
        }
        other.sourceReady(Linux.EPOLLIN);
        Step step;
        do {
            step = other.step(workspace);
        } while (step == Step.MOVED);
    }

    /** Has the loop wait for all that their endpoints wait for. */
    void watch(EventLoop loop, Relay relay) {
        if (forward != null) {
            forward.watch(loop, relay);
        }
        if (backward != null) {
            backward.watch(loop, relay);
        }
    }

    /** An event on a descriptor. */
    void event(int descriptor, int events) {
        if (forward != null) {
            forward.event(descriptor, events);
        }
        if (backward != null) {
            backward.event(descriptor, events);
        }
    }

    /** All of them are tried again. */
    void wake() {
        wake(forward);
        wake(backward);
    }

    private static void wake(Flow flow) {
        if (flow != null) {
            flow.sourceReady(0);
            flow.sinkReady();
        }
    }

    /** Sources whose ends are ignored are looked at again. */
    void resume() {
        resume(forward);
        resume(backward);
    }

    private static void resume(Flow flow) {
        if (flow != null && !flow.isDown() && flow.ignoresEnd()) {
            flow.resume();
        }
    }

    /** How big the loop's buffer must be for them, bytes. */
    int room() {
        return Math.max(
                forward == null ? 0 : forward.room(), backward == null ? 0 : backward.room());
    }

    /** How many bytes both have written. */
    long moved() {
        return transferred(forward).bytes() + transferred(backward).bytes();
    }

    /** How much a direction has written; nothing where it is null. */
    static Transferred transferred(Flow flow) {
        return flow == null ? Transferred.NOTHING : flow.transferred();
    }

    /** Whether another step may move something without a new event. */
    boolean runnable() {
        return (forward != null && forward.runnable()) || (backward != null && backward.runnable());
    }

    /** Whether the ends of all have reached their sinks. */
    boolean finished() {
        return (forward == null || forward.finished()) && (backward == null || backward.finished());
    }

    /** Whether what was read has not been delivered, or is held back on purpose. */
    boolean holding() {
        return holding(forward) || holding(backward);
    }

    private static boolean holding(Flow flow) {
        return flow != null && (flow.holds() || flow.holdsInput());
    }

    /** Frees what they hold. */
    void close() {
        if (forward != null) {
            forward.close();
        }
        if (backward != null) {
            backward.close();
        }
    }
}
