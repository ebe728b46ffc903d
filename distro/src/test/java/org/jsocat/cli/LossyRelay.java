package org.jsocat.cli;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.Arrays;
import java.util.Set;

/**
 * Relays the datagrams of one client to a server on this host, but loses some of each direction and
 * lets others come late: by their number, so that each run is the same.
 */
final class LossyRelay implements AutoCloseable {
    private static final int LARGEST = 65507;

    private final DatagramSocket front =
            new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    private final DatagramSocket back =
            new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    private final Set<Integer> lost;
    private final Set<Integer> late;
    private volatile SocketAddress client;
    private volatile boolean calm;

    private LossyRelay(Set<Integer> lost, Set<Integer> late) throws IOException {
        this.lost = lost;
        this.late = late;
    }

    /**
     * Begins.
     *
     * @param lost the numbers of those that never come, from 0, in each direction
     * @param late of those that come behind the next one
     */
    static LossyRelay start(int server, Set<Integer> lost, Set<Integer> late) throws IOException {
        LossyRelay relay = new LossyRelay(lost, late);
        SocketAddress target = new InetSocketAddress(InetAddress.getLoopbackAddress(), server);
        Thread.ofPlatform().daemon().start(() -> relay.copy(relay.front, relay.back, target));
        Thread.ofPlatform().daemon().start(() -> relay.copy(relay.back, relay.front, null));
        return relay;
    }

    int port() {
        return front.getLocalPort();
    }

    /** From now on nothing is lost or late: nobody sends the data of a program again. */
    void calm() {
        calm = true;
    }

    private void copy(DatagramSocket from, DatagramSocket to, SocketAddress server) {
        byte[] room = new byte[LARGEST];
        byte[] held = null;
        try {
            for (int number = 0; !from.isClosed(); number++) {
                DatagramPacket packet = new DatagramPacket(room, LARGEST);
                from.receive(packet);
                if (server != null) {
                    client = packet.getSocketAddress();
                }
                byte[] bytes = Arrays.copyOf(room, packet.getLength());
                SocketAddress target = server != null ? server : client;
                if (!calm && late.contains(number)) {
                    held = bytes;
                } else if (calm || !lost.contains(number)) {
                    to.send(new DatagramPacket(bytes, bytes.length, target));
                    if (held != null) {
                        to.send(new DatagramPacket(held, held.length, target));
                        held = null;
                    }
                }
            }
        } catch (IOException closed) {
            // The test is over, or looks at what did not come.
        }
    }

    @Override
    public void close() {
        front.close();
        back.close();
    }
}
