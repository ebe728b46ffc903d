package org.jsocat.testkit.sample;

import org.jsocat.spi.Endpoint;
import org.jsocat.spi.OpenContext;
import org.jsocat.spi.StageEndpoint;
import org.jsocat.spi.Wakeup;

import java.nio.ByteBuffer;
import java.time.Duration;

/** Lets so many bytes per second pass, in one direction or in both: without a thread. */
final class ThrottleStage extends StageEndpoint {
    private final Lane leftward;
    private final Lane rightward;

    ThrottleStage(OpenContext context, Endpoint inner, long leftRate, long rightRate) {
        super(context, inner);
        leftward = new Lane(leftRate, context.wakeup());
        rightward = new Lane(rightRate, context.wakeup());
    }

    @Override
    public int read(ByteBuffer target) {
        int limit = target.limit();
        int room = leftward.room(target.remaining());
        if (room == 0) {
            return 0; // a wake-up is due
        }
        int count = inner().read(target.limit(target.position() + room));
        target.limit(limit);
        leftward.passed(count);
        return count;
    }

    /** What the inner endpoint has waits for its time. */
    @Override
    public boolean holdsInput() {
        return leftward.waits || super.holdsInput();
    }

    @Override
    public int write(ByteBuffer source) {
        int limit = source.limit();
        int room = rightward.room(source.remaining());
        if (room == 0) {
            return 0;
        }
        int count = inner().write(source.limit(source.position() + room));
        source.limit(limit);
        rightward.passed(count);
        return count;
    }

    /**
     * One direction: what has been earned by waiting may pass, for a hundredth of a second at most.
     */
    private static final class Lane {
        private static final long BURST = 10_000_000;

        private final long nanosPerByte;
        private final Wakeup wakeup;
        private long free = System.nanoTime();
        private boolean waits;

        /** A rate of 0 is no limit. */
        Lane(long rate, Wakeup wakeup) {
            nanosPerByte = rate == 0 ? 0 : Math.max(1, 1_000_000_000 / rate);
            this.wakeup = wakeup;
        }

        int room(int wanted) {
            if (nanosPerByte == 0) {
                return wanted;
            }
            long earned = System.nanoTime() - free;
            waits = earned < 0;
            if (waits) {
                wakeup.after(Duration.ofNanos(-earned));
                return 0;
            }
            free += Math.max(0, earned - BURST);
            return Math.clamp(Math.min(earned, BURST) / nanosPerByte, 1, wanted);
        }

        void passed(int count) {
            free += Math.max(0, count) * nanosPerByte;
        }
    }
}
