package org.jsocat.plugin.exec;

import org.jsocat.spi.Endpoint;
import org.jsocat.spi.Program;

import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * A program that has the descriptors of the other address: there is nothing to read or write here.
 */
record TakenOver(ChildProgram child) implements Endpoint {
    @Override
    public boolean hasTakenOver() {
        return true;
    }

    @Override
    public Optional<Program> program() {
        return Optional.of(child);
    }

    @Override
    public int read(ByteBuffer target) {
        return END;
    }

    @Override
    public int write(ByteBuffer source) {
        return 0;
    }

    @Override
    public void shutdownOutput() {}

    @Override
    public void close() {
        child.release();
    }

    @Override
    public int readDescriptor() {
        return NONE;
    }

    @Override
    public int writeDescriptor() {
        return NONE;
    }
}
