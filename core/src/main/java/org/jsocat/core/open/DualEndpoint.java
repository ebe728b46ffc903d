package org.jsocat.core.open;

import org.jsocat.spi.Endpoint;
import org.jsocat.spi.ForwardingEndpoint;

/** Two endpoints as one: one to read from, one to write to. */
final class DualEndpoint extends ForwardingEndpoint {
    DualEndpoint(Endpoint reading, Endpoint writing) {
        super(reading, writing);
    }

    /** Another pair, of what each can share. */
    @Override
    public Endpoint share() {
        Endpoint read = reading().share();
        try {
            return new DualEndpoint(read, writing().share());
        } catch (RuntimeException | Error failure) {
            read.close();
            throw failure;
        }
    }
}
