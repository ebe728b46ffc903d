package org.jsocat.core.relay;

import org.jsocat.spi.StageEndpoint;
import org.jsocat.spi.Wakeup;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;

/**
 * What the options about the transfer say of an element that has a stage to its left: it does there
 * what the relay does for the first element of a chain.
 */
public final class HopEndpoint extends StageEndpoint implements TapPoint {
    private static final int BLOCK = 8192;
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final boolean ignoreEof;
    private final boolean tapped;
    private final int escape;
    private final LineEnds arriving;
    private final LineEnds leaving;
    private final Wakeup wakeup;
    private ByteBuffer buffer = ByteBuffer.allocate(0);
    private ByteBuffer held = buffer;
    private long left;
    private boolean ended;
    private boolean ending;

    /** Whether a block came of which nothing is left. */
    private boolean again;

    private Tap tap;
    private boolean leftChain;

    private HopEndpoint(Side side) {
        super(side.endpoint().direction(), side.endpoint());
        ignoreEof = side.ignoreEof();
        tapped = side.tapped();
        escape = side.escape();
        left = side.readBytes() == 0 ? Long.MAX_VALUE : side.readBytes();
        boolean raw = side.lineEnd() == LineEnd.RAW;
        arriving = raw ? null : new LineEnds(side.lineEnd(), LineEnd.RAW);
        leaving = raw ? null : new LineEnds(LineEnd.RAW, side.lineEnd());
        wakeup = side.wakeups().wakeup();
    }

    /**
     * The same side with its options done, so that a stage may stand on it.
     *
     * @param side an element of a chain with all that is to its right
     */
    public static Side done(Side side) {
        if (side.isPlain() && !side.ignoreEof() && !side.tapped()) {
            return side;
        }
        return Side.plain(new HopEndpoint(side), side.wakeups())
                .from(side.origin())
                .afterwards(side.afterClosing());
    }

    @Override
    public int read(ByteBuffer target) {
        while (!ended && target.hasRemaining()) {
            int count = take(target);
            if (count == END && ignoreEof && !ending) {
                wakeup.after(PAUSE);
                return 0;
            }
            if (count != 0 || ended) {
                return count == 0 ? END : count;
            }
            if (!again) {
                return 0;
            }
        }
        return ended ? END : 0;
    }

    private int take(ByteBuffer target) {
        int limit = target.limit();
        int start = target.position();
        target.limit((int) Math.min(limit, start + Math.min(left, BLOCK)));
        int count = inner().read(target);
        target.limit(limit);
        again = count > 0;
        if (count <= 0) {
            return count;
        }
        left -= count;
        ended = left == 0;
        ByteBuffer block = target.duplicate().limit(start + count).position(start);
        for (int i = start; escape >= 0 && i < start + count; i++) {
            if ((block.get(i) & 0xff) == escape) {
                ended = true;
                block.limit(i);
                break;
            }
        }
        if (arriving != null) {
            arriving.convert(block);
        }
        see(leftChain, block);
        target.position(block.limit());
        return block.limit() - start;
    }

    private void see(boolean leftToRight, ByteBuffer block) {
        if (tap != null && block.hasRemaining()) {
            tap.block(leftToRight, block.asReadOnlyBuffer());
        }
    }

    @Override
    public int write(ByteBuffer source) {
        passOn();
        int count = held.hasRemaining() ? 0 : Math.min(source.remaining(), BLOCK);
        if (count == 0) {
            return 0;
        }
        if (buffer.capacity() == 0) {
            buffer = ByteBuffer.allocateDirect(leaving == null ? BLOCK : 3 * BLOCK);
        }
        buffer.clear().put(source.slice(source.position(), count)).flip();
        source.position(source.position() + count);
        held = leaving == null ? buffer : leaving.convert(buffer);
        see(!leftChain, held);
        passOn();
        return count;
    }

    @Override
    protected boolean holdsOutput() {
        return held.hasRemaining();
    }

    @Override
    protected void passOn() {
        while (held.hasRemaining() && inner().write(held) > 0) {
            // until it takes nothing more
        }
    }

    @Override
    protected boolean trailer() {
        ending = true;
        return true;
    }

    @Override
    public boolean hasPending() {
        return !ended && super.hasPending();
    }

    @Override
    public void tap(Tap relays, boolean isLeft) {
        if (tapped) {
            tap = relays;
            leftChain = isLeft;
        }
        super.known(TapPoint.class).ifPresent(further -> further.tap(relays, isLeft));
    }

    private boolean isTapped() {
        return tapped || super.known(TapPoint.class).isPresent();
    }

    @Override
    public <T> Optional<T> known(Class<T> type) {
        return type == TapPoint.class && isTapped()
                ? Optional.of(type.cast(this))
                : super.known(type);
    }
}
