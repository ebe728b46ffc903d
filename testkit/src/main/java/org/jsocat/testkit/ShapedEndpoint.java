package org.jsocat.testkit;

import org.jsocat.spi.Endpoint;
import org.jsocat.spi.ForwardingEndpoint;
import org.jsocat.spi.Wakeup;

import java.nio.ByteBuffer;
import java.util.Random;

/**
 * An endpoint that makes it hard for what stands on it, and keeps to the contract: it moves less
 * than it is asked for, and where it has a wake-up it refuses now and then, with the wake-up due.
 */
final class ShapedEndpoint extends ForwardingEndpoint {
    private final int most;
    private final Wakeup refusals;
    private final Random random = new Random(11);

    /**
     * A shape.
     *
     * @param most bytes that are moved at once, a random count up to that
     * @param refusals where it refuses now and then; null where it never does
     */
    ShapedEndpoint(Endpoint inner, int most, Wakeup refusals) {
        super(inner);
        this.most = most;
        this.refusals = refusals;
    }

    private boolean refuses() {
        if (refusals == null || random.nextInt(4) != 0) {
            return false;
        }
        refusals.now();
        return true;
    }

    @Override
    public int read(ByteBuffer target) {
        if (refuses()) {
            return 0;
        }
        int limit = target.limit();
        int room = Math.min(target.remaining(), 1 + random.nextInt(most));
        int count = super.read(target.limit(target.position() + room));
        target.limit(limit);
        return count;
    }

    @Override
    public int write(ByteBuffer source) {
        if (refuses()) {
            return 0;
        }
        int limit = source.limit();
        int room = Math.min(source.remaining(), 1 + random.nextInt(most));
        int count = super.write(source.limit(source.position() + room));
        source.limit(limit);
        return count;
    }

    @Override
    public int rawInput() {
        return NONE;
    }

    @Override
    public int rawOutput() {
        return NONE;
    }
}
