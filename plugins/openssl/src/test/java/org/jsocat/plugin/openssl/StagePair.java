package org.jsocat.plugin.openssl;

import org.jsocat.spi.AddressException;
import org.jsocat.spi.DescriptorEndpoint;
import org.jsocat.spi.Endpoint;
import org.jsocat.spi.posix.Fd;
import org.jsocat.spi.posix.Libc;
import org.jsocat.spi.posix.Linux;
import org.jsocat.spi.posix.PosixException;
import org.jsocat.testkit.Opening;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * Both sides of a connection of TLS, over a socket pair.
 *
 * @param client the side that asks
 * @param server the side that answers
 */
record StagePair(Endpoint client, Endpoint server) implements AutoCloseable {
    /** A context for the client of host.test. */
    static Opening clientContext() {
        return Opening.of(
                new TlsAddresses(),
                "OPENSSL-CLIENT",
                List.of(new OpensslOptions(), new TlsOptions()),
                "host.test");
    }

    /** A context for a server. */
    static Opening serverContext() {
        return Opening.of(
                new TlsAddresses(),
                "OPENSSL-SERVER",
                List.of(new OpensslOptions(), new TlsOptions()));
    }

    /**
     * Connects them.
     *
     * @throws AddressException when the client fails; the server has ended then, too
     */
    static StagePair open(Opening clientContext, Opening serverContext) {
        int[] pair = new int[2];
        PosixException.check(
                Libc.socketpair(Linux.AF_UNIX, Linux.SOCK_STREAM | Linux.SOCK_NONBLOCK, 0, pair),
                () -> "socketpair()");
        Endpoint clientEnd = end(clientContext, pair[0]);
        Endpoint serverEnd = end(serverContext, pair[1]);
        CompletableFuture<Endpoint> server =
                CompletableFuture.supplyAsync(
                        () -> new ServerStage().open(serverContext, serverEnd));
        try {
            Endpoint client = new ClientStage().open(clientContext, clientEnd);
            return new StagePair(client, server.join());
        } catch (AddressException failure) {
            server.handle((endpoint, alsoFailed) -> null).join();
            throw failure;
        }
    }

    private static Endpoint end(Opening context, int fd) {
        return DescriptorEndpoint.over(context, new Fd(fd)).socket().build();
    }

    /** Sends bytes from one end to the other; those that came. */
    static byte[] pass(Endpoint from, byte[] bytes, Endpoint to) {
        ByteBuffer source = ByteBuffer.allocateDirect(bytes.length).put(bytes).flip();
        ByteBuffer target = ByteBuffer.allocateDirect(8192);
        ByteBuffer all = ByteBuffer.allocate(bytes.length);
        while (all.hasRemaining()) {
            if (source.hasRemaining()) {
                from.write(source);
            }
            if (from.hasUnflushed()) {
                from.flush();
            }
            if (to.read(target.clear()) > 0) {
                all.put(target.flip());
            } else {
                Thread.yield();
            }
        }
        return all.array();
    }

    @Override
    public void close() {
        client.close();
        server.close();
    }
}
