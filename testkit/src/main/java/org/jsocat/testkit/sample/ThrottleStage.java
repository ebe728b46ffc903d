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

    /** One direction: what has been earned by waiting may pass. */
    private static final class Lane {
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
            long ahead = nanosPerByte == 0 ? 0 : free - System.nanoTime();
            waits = ahead > 0;
            if (waits) {
                wakeup.after(Duration.ofNanos(ahead));
                return 0;
            }
            // a hundredth of a second at once, so that high rates need not many calls
            long most = nanosPerByte == 0 ? wanted : Math.max(1, 10_000_000 / nanosPerByte);
            return (int) Math.min(wanted, most);
        }

        void passed(int count) {
            if (count > 0) {
                free = Math.max(free, System.nanoTime()) + count * nanosPerByte;
            }
        }
    }
}
