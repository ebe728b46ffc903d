package org.jsocat.plugin.exec;

import org.jsocat.spi.Endpoint;
import org.jsocat.spi.ForwardingEndpoint;
import org.jsocat.spi.Program;

import java.util.Optional;

/** The channel to a program, and the program, which ends with it. */
final class ProgramEndpoint extends ForwardingEndpoint {
    private final ChildProgram child;
    private boolean closed;

    ProgramEndpoint(Endpoint channel, ChildProgram child) {
        super(channel);
        this.child = child;
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
            super.close();
        }
    }

    @Override
    public void release() {
        closed = true;
        super.release();
        child.release();
    }

    @Override
    public Endpoint share() {
        return new ProgramEndpoint(reading().share(), child.share());
    }

    @Override
    public Optional<Program> program() {
        return Optional.of(child);
    }
}
