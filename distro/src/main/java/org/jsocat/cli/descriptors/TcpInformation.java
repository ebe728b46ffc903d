package org.jsocat.cli.descriptors;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * What the kernel tells about a connection of TCP: the first fields of struct tcp_info, see tcp(7).
 *
 * @param state 1 for an established one, 10 for a listening one; see the kernel's tcp_states.h
 * @param options TCPI_OPT_ bits
 * @param sendScale by how many bits windows for sending are shifted
 * @param receiveScale by how many bits windows for receiving are shifted
 */
record TcpInformation(int state, int options, int sendScale, int receiveScale) {
    static TcpInformation of(OptionReading reading) {
        ByteBuffer bytes = ByteBuffer.allocate(8).order(ByteOrder.nativeOrder());
        for (int i = 0; i < Math.min(2, reading.words().size()); i++) {
            bytes.putInt(reading.words().get(i));
        }
        int scales = bytes.get(6) & 0xff;
        return new TcpInformation(
                bytes.get(0) & 0xff, bytes.get(5) & 0xff, scales & 15, scales >> 4);
    }
}
