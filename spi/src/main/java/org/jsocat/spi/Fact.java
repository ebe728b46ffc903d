package org.jsocat.spi;

import java.util.function.BiConsumer;

/**
 * Something that is known about an endpoint, as an object: the addresses of a connection, the
 * session of a secure channel, the target that a client asked for. An endpoint tells its facts
 * ({@link Endpoint#facts()}); core makes the variables of programs from them, and the address on
 * the right asks for them by their type ({@link OpenContext#known}).
 *
 * <p>Immutable; may be used by any thread.
 *
 * @since 1.0
 */
public interface Fact {
    /**
     * What programs get to know of it.
     *
     * @param variables takes names without their prefix, {@code PEERADDR}, and values
     */
    void tell(BiConsumer<String, String> variables);
}
