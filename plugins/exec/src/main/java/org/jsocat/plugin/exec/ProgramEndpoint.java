package org.jsocat.plugin.exec;

import org.jsocat.spi.Direction;
import org.jsocat.spi.Endpoint;
import org.jsocat.spi.Program;

import java.nio.ByteBuffer;
import java.util.Optional;

/** The channel to a program, and the program, which ends with it. */
final class ProgramEndpoint implements Endpoint {
    private final Endpoint channel;
    private final ChildProgram child;
    private boolean closed;

    ProgramEndpoint(Endpoint channel, ChildProgram child) {
        this.channel = channel;
        this.child = child;
    }

    @Override
    public int read(ByteBuffer target) {
        return channel.read(target);
    }

    @Override
    public int write(ByteBuffer source) {
        return channel.write(source);
    }

    @Override
    public void shutdownOutput() {
        channel.shutdownOutput();
    }

    /** Asks the program to end before it sees the end of its input, as the reference does. */
    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        try {
            child.end();
        } finally {
            child.release();
            channel.close();
        }
    }

    @Override
    public void release() {
        closed = true;
        channel.release();
        child.release();
    }

    @Override
    public Endpoint share() {
        return new ProgramEndpoint(channel.share(), child.share());
    }

    @Override
    public Direction direction() {
        return channel.direction();
    }

    @Override
    public int readDescriptor() {
        return channel.readDescriptor();
    }

    @Override
    public int writeDescriptor() {
        return channel.writeDescriptor();
    }

    @Override
    public int readEvents() {
        return channel.readEvents();
    }

    @Override
    public int writeEvents() {
        return channel.writeEvents();
    }

    @Override
    public boolean hasPending() {
        return channel.hasPending();
    }

    @Override
    public boolean hasUnflushed() {
        return channel.hasUnflushed();
    }

    @Override
    public void flush() {
        channel.flush();
    }

    @Override
    public int rawInput() {
        return channel.rawInput();
    }

    @Override
    public int rawOutput() {
        return channel.rawOutput();
    }

    @Override
    public boolean keepsPackets() {
        return channel.keepsPackets();
    }

    @Override
    public Optional<Program> program() {
        return Optional.of(child);
    }
}
