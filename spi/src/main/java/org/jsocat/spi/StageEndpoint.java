package org.jsocat.spi;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A stage of a chain over the endpoint to its right: passes everything on as it is, but is no
 * longer that endpoint's descriptor. Stages override what they do differently.
 *
 * <p><b>Output.</b> A stage that cannot always pass on at once what it took overrides {@link
 * #holdsOutput()} and {@link #passOn()}; one that ends its output with something of its own
 * overrides {@link #trailer()}. This class sees to the order: what was taken, the trailer, then the
 * inner endpoint's end, over as many turns as the inner endpoint needs.
 *
 * <p>A stage that writes without being asked (an answer to what it read, a key update) makes {@link
 * #holdsOutput()} true; {@link #passOn()} is then called whether or not the relay has something to
 * write.
 *
 * @since 1.0
 */
public abstract class StageEndpoint extends ForwardingEndpoint {
    private final Direction direction;
    private final List<Fact> own = new ArrayList<>(0);
    private boolean ending;
    private boolean halfClosing;
    private boolean trailerOut;
    private boolean innerTold;

    /**
     * A stage.
     *
     * @param context the address of the stage
     * @param inner what is to its right; closed with the stage
     */
    protected StageEndpoint(OpenContext context, Endpoint inner) {
        this(context.direction(), inner);
    }

    /**
     * A stage that belongs to no address.
     *
     * @param direction the directions in which bytes pass it
     * @param inner what is to its right; closed with the stage
     */
    protected StageEndpoint(Direction direction, Endpoint inner) {
        super(inner);
        this.direction = direction;
    }

    /**
     * Has something known from now on, see {@link #facts()}. What comes later than the end of
     * opening is no variable of programs any more.
     */
    public final void know(Fact fact) {
        own.add(fact);
    }

    @Override
    public List<Fact> facts() {
        if (own.isEmpty()) {
            return super.facts();
        }
        List<Fact> all = new ArrayList<>(own);
        all.addAll(super.facts());
        return all;
    }

    @Override
    public <T> Optional<T> known(Class<T> type) {
        for (Fact fact : own) {
            if (type.isInstance(fact)) {
                return Optional.of(type.cast(fact));
            }
        }
        return super.known(type);
    }

    /** What is to the right. */
    protected final Endpoint inner() {
        return reading();
    }

    /** Whether bytes wait here that are to be written to the inner endpoint. */
    protected boolean holdsOutput() {
        return false;
    }

    /**
     * Writes to the inner endpoint as much as it takes of the bytes that wait here, see {@link
     * #holdsOutput()}.
     */
    protected void passOn() {}

    /**
     * Puts out what belongs at the end of output: writes it to the inner endpoint, or has it wait
     * with what else {@link #holdsOutput()}. Called once nothing waits any more, and again after
     * each event until it is done; when the inner endpoint took nothing it returns false.
     *
     * @return whether all of it has been written or waits in {@link #holdsOutput()}; it is not
     *     called again then
     */
    protected boolean trailer() {
        return true;
    }

    @Override
    public final void shutdownOutput() {
        if (!halfClosing) {
            halfClosing = true;
            if (innerTold) {
                inner().shutdownOutput();
                return;
            }
            ending = true;
            flush();
        }
    }

    @Override
    public final void finish() {
        if (!ending) {
            ending = true;
            flush();
        }
    }

    @Override
    public final boolean hasUnflushed() {
        return holdsOutput() || (ending && !innerTold) || inner().hasUnflushed();
    }

    @Override
    public final void flush() {
        if (inner().hasUnflushed()) {
            inner().flush();
        }
        if (holdsOutput()) {
            passOn();
        }
        if (ending && !innerTold && !holdsOutput()) {
            end();
        }
    }

    private void end() {
        if (!trailerOut) {
            trailerOut = trailer();
            if (holdsOutput()) {
                passOn();
            }
        }
        if (!trailerOut || holdsOutput()) {
            return;
        }
        innerTold = true;
        if (halfClosing) {
            inner().shutdownOutput();
        } else {
            inner().finish();
        }
    }

    @Override
    public Direction direction() {
        return direction;
    }

    /** The bytes on the inner endpoint's descriptor are not those of the stage. */
    @Override
    public int rawInput() {
        return NONE;
    }

    @Override
    public int rawOutput() {
        return NONE;
    }

    @Override
    public void release() {
        throw AddressException.usage("a program cannot take this address over");
    }

    @Override
    public boolean hasTakenOver() {
        return false;
    }
}
