package org.jsocat.core.open;

import org.jsocat.spi.Direction;
import org.jsocat.spi.Endpoint;
import org.jsocat.spi.Program;

import java.nio.ByteBuffer;
import java.util.Optional;

/** Two endpoints as one: one to read from, one to write to. */
record DualEndpoint(Endpoint reading, Endpoint writing) implements Endpoint {
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
            writing.close();
        }
    }

    @Override
    public void release() {
        reading.release();
        writing.release();
    }

    @Override
    public Direction direction() {
        return Direction.BOTH;
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
    public int readEvents() {
        return reading.readEvents();
    }

    @Override
    public int writeEvents() {
        return writing.writeEvents();
    }

    @Override
    public boolean hasPending() {
        return reading.hasPending();
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
    public int rawInput() {
        return reading.rawInput();
    }

    @Override
    public int rawOutput() {
        return writing.rawOutput();
    }

    @Override
    public boolean keepsPackets() {
        return reading.keepsPackets() || writing.keepsPackets();
    }

    @Override
    public Optional<Program> program() {
        return reading.program().isPresent() ? reading.program() : writing.program();
    }
}
