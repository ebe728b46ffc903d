package org.jsocat.plugin.exec;

import org.jsocat.spi.DescriptorView;
import org.jsocat.spi.Direction;
import org.jsocat.spi.Endpoint;
import org.jsocat.spi.ForwardingEndpoint;
import org.jsocat.spi.Program;

import java.util.Optional;

/** What stands to the left of a program that is a stage. */
final class ProgramStageEndpoint extends ForwardingEndpoint {
    private final DescriptorView far;
    private final ChildProgram child;
    private final Direction direction;

    /** Whether the program gets no more, and what it has not put out yet is waited for. */
    private boolean ending;

    /** Whether that is waited for even while the program can still be read. */
    private boolean finishing;

    private boolean closed;

    ProgramStageEndpoint(
            Endpoint near, DescriptorView far, ChildProgram child, Direction direction) {
        super(near);
        this.far = far;
        this.child = child;
        this.direction = direction;
    }

    @Override
    public void shutdownOutput() {
        ending = true;
        finishing |= direction == Direction.WRITE;
        super.shutdownOutput();
    }

    /** The program sees the end of its input, and may put out what it still has. */
    @Override
    public void finish() {
        ending = true;
        finishing = true;
        super.shutdownOutput();
    }

    /**
     * Once its input has ended: what the program has not put out, or what it has and the right side
     * has not got.
     */
    @Override
    public boolean hasUnflushed() {
        if (closed || !ending) {
            return super.hasUnflushed();
        }
        boolean ended = child.poll().isPresent();
        return ended ? far.hasUnflushed() : finishing;
    }

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
            try {
                super.close();
            } finally {
                far.close();
            }
        }
    }

    @Override
    public Optional<Program> program() {
        return Optional.of(child);
    }

    /** The bytes on this descriptor are the program's, not the stage's right side. */
    @Override
    public int rawInput() {
        return NONE;
    }

    @Override
    public int rawOutput() {
        return NONE;
    }
}
