package org.jsocat.plugin.socket;

import org.jsocat.spi.posix.ControlMessage;
import org.jsocat.spi.posix.SocketAddress;

import java.nio.ByteBuffer;
import java.util.List;

/**
 * A packet that was received, off its socket.
 *
 * @param from who sent it
 * @param data its bytes; do not change them
 * @param controls its ancillary data
 */
@SuppressWarnings("ArrayRecordComponent") // read once, not compared
record Packet(SocketAddress from, byte[] data, List<ControlMessage> controls) {
    /**
     * Copies as much as there is room for; the rest is lost, as with recv(2).
     *
     * @return how many bytes
     */
    int copyTo(ByteBuffer target) {
        int count = Math.min(data.length, target.remaining());
        target.put(data, 0, count);
        return count;
    }
}
