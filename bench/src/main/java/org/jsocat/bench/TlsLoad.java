package org.jsocat.bench;

import org.jsocat.spi.posix.SocketAddress;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;

/** The client in front of a relay that ends TLS: JSSE's sockets, one thread for each client. */
final class TlsLoad {
    private static final int CLIENTS = 4;
    private static final int MESSAGE = 64;
    private static final int BLOCK = 64 * 1024;
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    /** The clients, kept so that none pays for the start of a thread. */
    private final ExecutorService clients =
            Executors.newFixedThreadPool(
                    CLIENTS, task -> Thread.ofPlatform().daemon().name("client").unstarted(task));

    /** Accepts every certificate: what is measured is the relay. */
    private static final class All extends X509ExtendedTrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }

    private static SSLContext context() {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[] {new All()}, null);
            return context;
        } catch (GeneralSecurityException failure) {
            throw new IllegalStateException(failure);
        }
    }

    private static SSLSocket connect(SSLContext context, SocketAddress address) throws IOException {
        int port = Integer.parseInt(Sockets.name(address));
        SSLSocket socket = (SSLSocket) context.getSocketFactory().createSocket("127.0.0.1", port);
        socket.setTcpNoDelay(true);
        return socket;
    }

    private static void exchange(SSLSocket socket) throws IOException {
        OutputStream output = socket.getOutputStream();
        output.write(new byte[MESSAGE]);
        InputStream input = socket.getInputStream();
        if (input.readNBytes(MESSAGE).length != MESSAGE) {
            throw new IOException("the relay closed the connection");
        }
    }

    /**
     * Full handshakes per second, four clients at once: each connection carries 64 bytes forth and
     * back and is closed.
     *
     * @param connections how many are made
     */
    double handshakes(SocketAddress address, int connections) {
        long start = System.nanoTime();
        List<Future<?>> running = new ArrayList<>();
        for (int client = 0; client < CLIENTS; client++) {
            running.add(clients.submit(() -> handshake(address, connections / CLIENTS)));
        }
        running.forEach(TlsLoad::await);
        return connections / CLIENTS * CLIENTS * (double) SECOND / (System.nanoTime() - start);
    }

    private static void handshake(SocketAddress address, int connections) {
        SSLContext context = context();
        try {
            for (int i = 0; i < connections; i++) {
                try (SSLSocket socket = connect(context, address)) {
                    exchange(socket);
                    // The next one is to be a whole handshake again.
                    socket.getSession().invalidate();
                }
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** Gigabits per second that come through one connection to a sink in about so many seconds. */
    double stream(SocketAddress address, Peer sink, double seconds) {
        byte[] block = new byte[BLOCK];
        try (SSLSocket socket = connect(context(), address)) {
            OutputStream output = socket.getOutputStream();
            output.write(block);
            long received = sink.received();
            long start = System.nanoTime();
            while (System.nanoTime() - start < seconds * SECOND) {
                output.write(block);
            }
            return (sink.received() - received) * 8.0 / (System.nanoTime() - start);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** Opens sessions that have carried 64 bytes forth and back once and are idle then. */
    List<SSLSocket> idle(SocketAddress address, int sessions) {
        SSLContext context = context();
        List<SSLSocket> sockets = new ArrayList<>(sessions);
        try {
            for (int i = 0; i < sessions; i++) {
                SSLSocket socket = connect(context, address);
                sockets.add(socket);
                exchange(socket);
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        return sockets;
    }

    /** Closes one that was idle. */
    static void close(SSLSocket socket) {
        try {
            socket.close();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static void await(Future<?> client) {
        try {
            client.get();
        } catch (InterruptedException | ExecutionException failure) {
            throw new IllegalStateException(failure);
        }
    }
}
