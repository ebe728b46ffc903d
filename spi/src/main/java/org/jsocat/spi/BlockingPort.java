package org.jsocat.spi;

import java.io.IOException;

/**
 * A library that can only block, as {@link BlockingPackets} and {@link BlockingStreams} use it: one
 * thread receives, another sends.
 *
 * @since 1.0
 */
public interface BlockingPort {
    /**
     * Waits for bytes, or for a packet.
     *
     * @param bytes filled from its start
     * @return the count; negative at the end
     * @throws IOException when it failed; the message is told
     */
    int receive(byte[] bytes) throws IOException;

    /**
     * Sends all of the bytes, or a packet.
     *
     * @param bytes valid during the call
     * @param count from its start on
     * @throws IOException when it failed; the message is told
     */
    void send(byte[] bytes, int count) throws IOException;

    /**
     * Nothing more is sent; called by the sending thread, once.
     *
     * @throws IOException when it failed; the message is told
     */
    void endOutput() throws IOException;

    /**
     * Ends it, and a receiving that waits, too; called by a thread of its own, once.
     *
     * @throws IOException is of no more use to anyone
     */
    void close() throws IOException;
}
