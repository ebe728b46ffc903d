package org.jsocat.core.relay;

import org.jsocat.spi.posix.Libc;
import org.jsocat.spi.posix.Linux;

/**
 * Whether a read that did not fill its buffer has emptied a source, so that another one, which
 * would only say so, is saved. That holds for TCP unless urgent data or the end are on their way
 * (epoll(7) and tcp(7)); files are not at their end, terminals give one line at a time, and sockets
 * of a machine stop at passed descriptors.
 */
final class ShortReads {
    private final int descriptor;
    private boolean proven;
    private boolean trusted;

    /**
     * Of a source.
     *
     * @param descriptor whose bytes are read as they are, or {@link org.jsocat.spi.Endpoint#NONE}
     */
    ShortReads(int descriptor) {
        this.descriptor = descriptor;
        proven = descriptor < 0;
    }

    /** Asks the kernel the first time. */
    boolean areTrusted() {
        if (!proven) {
            proven = true;
            trusted =
                    Libc.getsockopt(descriptor, Linux.SOL_SOCKET, Linux.SO_PROTOCOL)
                            == Linux.IPPROTO_TCP;
        }
        return trusted;
    }
}
