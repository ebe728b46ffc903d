package org.jsocat.agent;

import org.jsocat.xio.Xio;
import org.slf4j.helpers.NOPLogger;

import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * Opens the chain that the rules say, and gives the program a port of the loopback interface that
 * leads into it. The port takes one connection. Safe for use by several threads.
 */
public final class Chains implements UnaryOperator<SocketAddress> {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Rules rules;
    private final Xio xio;

    /**
     * Chains of the addresses that this class's loader finds.
     *
     * @throws IllegalArgumentException when a rule is wrong
     */
    public Chains(List<String> rules) {
        this.rules = new Rules(rules);
        // Nothing is logged: the program is told of failures, and has a log of its own.
        xio =
                Xio.builder()
                        .plugins(Chains.class.getClassLoader())
                        .log(NOPLogger.NOP_LOGGER)
                        .build();
    }

    /** Blocks until the chain is open; throws a ConnectException where it cannot be. */
    @Override
    public SocketAddress apply(SocketAddress wanted) {
        if (!(wanted instanceof InetSocketAddress target)) {
            return wanted;
        }
        Optional<String> chain = rules.chain(target.getHostString(), target.getPort());
        if (chain.isEmpty()) {
            return wanted;
        }
        try {
            return into(chain.get(), target);
        } catch (IOException failure) {
            ConnectException told = new ConnectException(failure.getMessage());
            told.initCause(failure);
            throw Chains.<RuntimeException>asItIs(told);
        }
    }

    /** Whoever connects declares IOException, and java.util.function does not. */
    @SuppressWarnings("unchecked")
    private static <T extends Throwable> RuntimeException asItIs(Throwable failure) throws T {
        throw (T) failure;
    }

    private SocketAddress into(String chain, InetSocketAddress target) throws IOException {
        Socket far = xio.sockets(chain).createSocket(target.getHostString(), target.getPort());
        try {
            ServerSocket near = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
            near.setSoTimeout((int) PATIENCE.toMillis());
            Thread.ofVirtual().name("jsocat-agent").start(() -> join(near, far));
            return near.getLocalSocketAddress();
        } catch (IOException failure) {
            far.close();
            throw failure;
        }
    }

    private static void join(ServerSocket near, Socket far) {
        try (far) {
            Socket program;
            try (near) {
                program = near.accept();
            }
            try (program) {
                Thread back = Thread.ofVirtual().start(() -> copy(far, program));
                copy(program, far);
                back.join();
            }
        } catch (IOException gone) {
            // The program sees the end of its connection.
            return;
        } catch (InterruptedException never) {
            Thread.currentThread().interrupt();
        }
    }

    private static void copy(Socket from, Socket to) {
        try {
            InputStream input = from.getInputStream();
            input.transferTo(to.getOutputStream());
            to.shutdownOutput();
        } catch (IOException broken) {
            close(from);
            close(to);
        }
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException already) {
            return; // there is nothing left to free
        }
    }
}
