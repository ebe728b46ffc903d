package org.jsocat.plugin.proxy;

import org.jsocat.plugin.inet.InetAddresses;
import org.jsocat.plugin.socket.SocketKind;
import org.jsocat.spi.AddressException;
import org.jsocat.spi.BlockingView;
import org.jsocat.spi.Endpoint;
import org.jsocat.spi.OpenContext;
import org.jsocat.spi.posix.Linux;
import org.jsocat.spi.posix.SocketAddress;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * What is said to a proxy and answered by it before the data begins. Blocks, for an opening thread.
 */
final class Dialogue {
    /** Works on an open dialogue. */
    @FunctionalInterface
    interface Work {
        /** Says what is to be said; throws where the answer is a refusal. */
        void run(Dialogue dialogue) throws IOException;
    }

    private final BlockingView view;

    private Dialogue(BlockingView view) {
        this.view = view;
    }

    /**
     * Holds a dialogue over an endpoint.
     *
     * @param what what is answered, for messages: {@code SOCKS5 reply}
     * @return the endpoint for the data; what came behind the answer is its first input
     * @throws AddressException when the proxy refuses or is gone; the endpoint has been closed
     */
    static Endpoint hold(OpenContext context, Endpoint inner, String what, Work work) {
        BlockingView view = context.blocking(inner);
        try {
            work.run(new Dialogue(view));
        } catch (IOException failure) {
            view.close();
            throw AddressException.retryable(what + ": " + failure.getMessage());
        } catch (RuntimeException | Error failure) {
            view.close();
            throw failure;
        }
        return view.endpoint();
    }

    /** Sends bytes. */
    void say(byte[] bytes) throws IOException {
        view.write(ByteBuffer.wrap(bytes));
    }

    /**
     * Waits for so many bytes.
     *
     * @param atEnd the message where the proxy ends before
     */
    byte[] hear(int count, String atEnd) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(count);
        while (bytes.hasRemaining()) {
            if (view.read(bytes) < 0) {
                throw AddressException.retryable(atEnd);
            }
        }
        return bytes.array();
    }

    /** Waits for bytes; the count, or -1 at the end. */
    int hearSome(ByteBuffer bytes) throws IOException {
        return view.read(bytes);
    }

    /** Gives back what was heard of the data. */
    void giveBack(ByteBuffer rest) {
        view.unread(rest.array(), rest.position(), rest.remaining());
    }

    /**
     * The number of a port that is given as a number or by the name of a service.
     *
     * @throws AddressException where there is none
     */
    static int port(OpenContext context, String service) {
        if (service.matches("[0-9]{1,5}") && Integer.parseInt(service) < 1 << 16) {
            return Integer.parseInt(service);
        }
        return resolve(context, "127.0.0.1", Optional.of(service)).port();
    }

    /**
     * The IPv4 address of a host.
     *
     * @throws AddressException where it has none; retryable where that may change
     */
    static SocketAddress.Inet4 resolve(OpenContext context, String host, Optional<String> service) {
        SocketKind kind = new SocketKind(Linux.AF_INET, Linux.SOCK_STREAM, Linux.IPPROTO_TCP);
        return (SocketAddress.Inet4) InetAddresses.of(context).peer(host, service, kind);
    }
}
