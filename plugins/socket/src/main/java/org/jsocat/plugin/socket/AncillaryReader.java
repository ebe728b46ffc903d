package org.jsocat.plugin.socket;

import org.jsocat.spi.posix.ControlMessage;
import org.slf4j.Logger;

import java.util.List;

/**
 * Understands the ancillary data of some protocols. Any thread.
 *
 * @since 1.0
 */
@FunctionalInterface
public interface AncillaryReader {
    /** Understands what sockets of any family tell. */
    AncillaryReader SOCKET = SocketAncillary::read;

    /**
     * What a message tells.
     *
     * @param log where it is told in words, where there are any
     * @return empty where this reader does not know the level of the message
     */
    List<AncillaryField> read(ControlMessage message, Logger log);

    /** This reader, then others for levels that it does not know. */
    default AncillaryReader or(AncillaryReader other) {
        return (message, log) -> {
            List<AncillaryField> fields = read(message, log);
            return fields.isEmpty() ? other.read(message, log) : fields;
        };
    }
}
