package org.jsocat.spi;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * An endpoint that passes everything on to another one, or to one for each direction: the base of
 * all that wraps endpoints, so that nothing which an endpoint can say is lost on the way. Wrappers
 * override what they do differently; those that change the bytes are stages, see {@link
 * StageEndpoint}.
 *
 * @since 1.0
 */
public abstract class ForwardingEndpoint implements Endpoint {
    private final Endpoint reading;
    private final Endpoint writing;

    /**
     * A wrapper of one endpoint.
     *
     * @param inner closed with the wrapper
     */
    protected ForwardingEndpoint(Endpoint inner) {
        this(inner, inner);
    }

    /**
     * A wrapper of two.
     *
     * @param reading what is read; closed with the wrapper
     * @param writing what is written; closed with the wrapper
     */
    protected ForwardingEndpoint(Endpoint reading, Endpoint writing) {
        this.reading = Objects.requireNonNull(reading);
        this.writing = Objects.requireNonNull(writing);
    }

    /** What is read. */
    protected final Endpoint reading() {
        return reading;
    }

    /** What is written. */
    protected final Endpoint writing() {
        return writing;
    }

    private boolean isOne() {
        return reading == writing;
    }

    @Override
    public int read(ByteBuffer target) {
        return reading.read(target);
    }

    @Override
    public int write(ByteBuffer source) {
        return writing.write(source);
    }

    @Override
    public void shutdownOutput() {
        writing.shutdownOutput();
    }

    @Override
    public void close() {
        try {
            reading.close();
        } finally {
            if (!isOne()) {
                writing.close();
            }
        }
    }

    @Override
    public void release() {
        reading.release();
        if (!isOne()) {
            writing.release();
        }
    }

    @Override
    public Direction direction() {
        return isOne() ? reading.direction() : Direction.BOTH;
    }

    @Override
    public int readDescriptor() {
        return reading.readDescriptor();
    }

    @Override
    public int writeDescriptor() {
        return writing.writeDescriptor();
    }

    @Override
    public boolean hasPending() {
        return reading.hasPending();
    }

    @Override
    public boolean holdsInput() {
        return reading.holdsInput();
    }

    @Override
    public boolean hasUnflushed() {
        return writing.hasUnflushed();
    }

    @Override
    public void flush() {
        writing.flush();
    }

    @Override
    public void finish() {
        writing.finish();
    }

    @Override
    public int rawInput() {
        return reading.rawInput();
    }

    @Override
    public int rawOutput() {
        return writing.rawOutput();
    }

    @Override
    public boolean keepsPackets() {
        return reading.keepsPackets() || (!isOne() && writing.keepsPackets());
    }

    @Override
    public Optional<Program> program() {
        Optional<Program> program = reading.program();
        return program.isPresent() || isOne() ? program : writing.program();
    }

    @Override
    public boolean hasTakenOver() {
        return reading.hasTakenOver() || (!isOne() && writing.hasTakenOver());
    }

    @Override
    public List<Fact> facts() {
        if (isOne()) {
            return reading.facts();
        }
        List<Fact> both = new ArrayList<>(reading.facts());
        both.addAll(writing.facts());
        return both;
    }

    @Override
    public <T> Optional<T> known(Class<T> type) {
        Optional<T> known = reading.known(type);
        return known.isPresent() || isOne() ? known : writing.known(type);
    }
}
