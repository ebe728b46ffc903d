package org.jsocat.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;

/** Ports for servers that have to be told one. */
final class Ports {
    private static final Path EPHEMERAL = Path.of("/proc/sys/net/ipv4/ip_local_port_range");
    private static final int LEAST = 10_000;
    private static final int MOST = 65_535;
    private static final int ENOUGH = 1000;

    private static final Set<Integer> GIVEN = ConcurrentHashMap.newKeySet();

    private Ports() {}

    /**
     * A port that nobody has, of TCP and of UDP, and that no other test is given. It is none of
     * those that the kernel gives to connections and to listeners that take any: so nobody gets it
     * before the server does, and who tries to connect too early is not connected to itself.
     */
    static int free() throws IOException {
        String[] range = range();
        int first = Integer.parseInt(range[0]);
        int last = Integer.parseInt(range[1]);
        int from = LEAST;
        int to = MOST + 1;
        if (first - LEAST >= ENOUGH) {
            to = first;
        } else if (MOST - last >= ENOUGH) {
            from = last + 1;
        }
        while (true) {
            int port = ThreadLocalRandom.current().nextInt(from, to);
            if (GIVEN.add(port) && isFree(port)) {
                return port;
            }
        }
    }

    private static String[] range() throws IOException {
        // At once: such a file has nothing more for who has read its first byte.
        try (BufferedReader file = Files.newBufferedReader(EPHEMERAL)) {
            return file.readLine().strip().split("\\s+");
        }
    }

    private static boolean isFree(int port) {
        try (ServerSocket stream = new ServerSocket(port);
                DatagramSocket datagrams = new DatagramSocket(port)) {
            return stream.isBound() && datagrams.isBound();
        } catch (IOException taken) {
            return false;
        }
    }
}
