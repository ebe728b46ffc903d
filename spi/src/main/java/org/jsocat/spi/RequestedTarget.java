package org.jsocat.spi;

import java.util.Objects;
import java.util.function.BiConsumer;

/**
 * Where a client wants to be connected to, as it told a server that connects on its behalf (SOCKS,
 * an HTTP proxy). Variables: {@code TARGETHOST}, {@code TARGETPORT}.
 *
 * @param host a name or a numeric address, without brackets
 * @param port 0 to 65535
 * @since 1.0
 */
public record RequestedTarget(String host, int port) implements Fact {
    /** The host is required. */
    public RequestedTarget {
        Objects.requireNonNull(host);
    }

    @Override
    public void tell(BiConsumer<String, String> variables) {
        variables.accept("TARGETHOST", host);
        variables.accept("TARGETPORT", Integer.toString(port));
    }
}
