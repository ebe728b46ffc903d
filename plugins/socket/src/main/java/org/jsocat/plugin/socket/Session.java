package org.jsocat.plugin.socket;

import org.jsocat.spi.Arrival;
import org.jsocat.spi.DescriptorEndpoint;
import org.jsocat.spi.DescriptorEndpoint.Shutdown;
import org.jsocat.spi.Endpoint;
import org.jsocat.spi.OpenContext;
import org.jsocat.spi.OptionTarget;
import org.jsocat.spi.Phase;
import org.jsocat.spi.SocketEnds;
import org.jsocat.spi.Wakeup;
import org.jsocat.spi.posix.Fd;
import org.jsocat.spi.posix.PosixException;
import org.jsocat.spi.posix.SocketAddress;
import org.slf4j.Logger;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.Queue;

/** A peer of a {@link SessionListener} and the packets that came by the listener for it. */
final class Session implements Arrival {
    /** What a peer may send before its session is open; more is dropped, as by a full socket. */
    private static final int MOST_WAITING = 1024;

    /**
     * What the kernel has given to a socket before it was connected may be queued there afterwards,
     * nanoseconds.
     */
    private static final long SETTLING = 1_000_000_000;

    private final SessionListener listener;
    private final SocketAddress peer;
    private final Queue<Packet> waiting = new ArrayDeque<>();
    private Wakeup wakeup;
    private boolean open;
    private boolean ended;

    Session(SessionListener listener, Packet first) {
        this.listener = listener;
        peer = first.from();
        waiting.add(first);
    }

    SocketAddress peer() {
        return peer;
    }

    /** Takes a packet of the peer, unless the session has ended. */
    boolean take(Packet packet) {
        synchronized (waiting) {
            if (ended) {
                return false;
            }
            if (waiting.size() < MOST_WAITING) {
                waiting.add(packet);
            }
            if (wakeup != null) {
                wakeup.now();
            }
            return true;
        }
    }

    @Override
    public boolean opensAtOnce() {
        return !listener.filter().mayBlock();
    }

    @Override
    public Optional<Endpoint> open(OpenContext connection) {
        try {
            return Optional.ofNullable(endpoint(connection));
        } finally {
            close();
        }
    }

    private Endpoint endpoint(OpenContext connection) {
        connection.log().info("accepting UDP connection from {}", peer.text());
        if (!listener.filter().permits(connection, listener.local(), peer)) {
            connection.log().info("forbidding UDP connection from {}", peer.text());
            return null;
        }
        connection.log().debug("permitting UDP connection from {}", peer.text());
        Fd socket = listener.connect(connection, this);
        try {
            listener.sort(this, socket);
            SocketAddress local = SocketAddress.local(socket.number());
            SocketEnds ends = SocketEnds.of(local, peer, listener.kind().tellsPorts());
            OptionTarget target = OptionTarget.of(socket);
            connection.apply(Phase.CONNECTED, target);
            SocketOpening.late(connection, socket);
            connection.flag(SocketOptions.NULL_EOF);
            DescriptorEndpoint.Builder builder =
                    DescriptorEndpoint.over(connection, socket)
                            .socket()
                            .packets(true)
                            .knowing(ends)
                            .shutdown(Shutdown.NULL);
            Endpoint endpoint = new Connected(builder, connection);
            open = true;
            return endpoint;
        } catch (RuntimeException | Error failure) {
            socket.close();
            throw failure;
        }
    }

    @Override
    public int descriptor() {
        return Endpoint.NONE;
    }

    @Override
    public void close() {
        if (!open) {
            end();
        }
    }

    private void end() {
        synchronized (waiting) {
            ended = true;
            waiting.clear();
        }
        listener.ended(this);
    }

    /** The session's own socket; packets that came by the listener are read first. */
    private final class Connected extends DescriptorEndpoint {
        private final long silence;
        private final Logger log;
        private long lastPacket = System.nanoTime();
        private final long begun = lastPacket;
        private long nextLook;
        private boolean settled;
        private boolean silent;

        Connected(Builder builder, OpenContext context) {
            super(builder);
            synchronized (waiting) {
                wakeup = context.wakeup();
            }
            silence = listener.silence().toNanos();
            log = context.log();
            nextLook = lastPacket + silence;
            if (silence > 0) {
                wakeup.after(listener.silence());
            }
        }

        @Override
        public int read(ByteBuffer target) {
            Packet packet;
            synchronized (waiting) {
                packet = waiting.poll();
            }
            int count;
            if (packet == null) {
                count = settled ? super.read(target) : readFirst(target);
            } else {
                count = packet.copyTo(target);
                count = count == 0 ? END : count;
            }
            return silence > 0 ? lookAtTime(count) : count;
        }

        @Override
        public int write(ByteBuffer source) {
            int count = super.write(source);
            if (count > 0 && silence > 0) {
                lastPacket = System.nanoTime();
            }
            return count;
        }

        private int readFirst(ByteBuffer target) {
            try {
                return readOwn(target);
            } catch (PosixException failure) {
                return readFailed(failure.errno(), target.remaining());
            }
        }

        /** Reads a packet of the peer; one of another peer goes back to the listener. */
        private int readOwn(ByteBuffer target) {
            while (true) {
                int start = target.position();
                Optional<SocketAddress> from = DatagramEndpoint.receive(input().number(), target);
                if (from.isEmpty()) {
                    // Only a queue that was seen empty late enough has no stray packet any more.
                    settled = System.nanoTime() - begun > SETTLING;
                    return 0;
                }
                int count = target.position() - start;
                if (from.get().equals(peer)) {
                    return count == 0 ? END : count;
                }
                byte[] data = new byte[count];
                target.get(start, data).position(start);
                listener.strayed(new Packet(from.get(), data, List.of()));
            }
        }

        /** Makes nothing the end where it lasts too long. */
        private int lookAtTime(int count) {
            long now = System.nanoTime();
            if (count > 0) {
                lastPacket = now;
            } else if (count == 0 && now - lastPacket >= silence) {
                if (!silent) {
                    silent = true;
                    log.info("session of {} is silent, ending it", peer.text());
                }
                return END;
            }
            if (now - nextLook >= 0) {
                nextLook = lastPacket + silence;
                wakeup.after(Duration.ofNanos(nextLook - now));
            }
            return count;
        }

        @Override
        public boolean hasPending() {
            synchronized (waiting) {
                return !waiting.isEmpty();
            }
        }

        @Override
        public void close() {
            super.close();
            end();
        }

        @Override
        public void release() {
            super.release();
            end();
        }
    }
}
