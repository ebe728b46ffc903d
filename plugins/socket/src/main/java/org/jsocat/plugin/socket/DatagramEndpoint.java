package org.jsocat.plugin.socket;

import org.jsocat.spi.DescriptorEndpoint;
import org.jsocat.spi.Endpoint;
import org.jsocat.spi.Fact;
import org.jsocat.spi.OpenContext;
import org.jsocat.spi.SocketEnds;
import org.jsocat.spi.Wakeup;
import org.jsocat.spi.posix.ControlMessage;
import org.jsocat.spi.posix.Errno;
import org.jsocat.spi.posix.Libc;
import org.jsocat.spi.posix.Linux;
import org.jsocat.spi.posix.PosixException;
import org.jsocat.spi.posix.SocketAddress;
import org.jsocat.spi.posix.SocketAddressBuffer;
import org.jsocat.spi.posix.SocketMessage;
import org.slf4j.Logger;

import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * A datagram socket that is not connected: knows where each packet comes from, takes those it may,
 * and sends to one peer.
 *
 * <p>A packet that is longer than the buffer loses its end, an empty one is skipped unless {@code
 * null-eof} makes it the end (socat(1)). What differs between families are steps to override:
 * {@link #accepts}, {@link #payload}, {@link #ancillary}.
 *
 * @since 1.0
 */
public class DatagramEndpoint extends DescriptorEndpoint {
    /** Packets skipped in one turn, so that a flood of them keeps no other relay waiting. */
    private static final int MOST_SKIPPED = 1000;

    /**
     * A sender without a name, whom nobody can answer: only sockets of the UNIX domain have none.
     */
    static final SocketAddress UNNAMED = new SocketAddress.Unix(new byte[0], true);

    private static final int CONTROL_BYTES = 1024;

    /** Memory for one system call, the same for all sockets that a thread serves. */
    private static final ThreadLocal<SocketMessage> MESSAGE =
            ThreadLocal.withInitial(() -> new SocketMessage(CONTROL_BYTES));

    private final Datagrams datagrams;
    private final OpenContext context;
    private final Wakeup wakeup;
    private final Logger log;
    private Optional<Packet> first;
    private boolean more;
    private boolean ended;
    private Judgement judgement;

    /**
     * An endpoint of a special kind.
     *
     * @param builder how it ends, see {@link #over}
     * @param datagrams whom it hears and whom it talks to
     */
    protected DatagramEndpoint(
            DescriptorEndpoint.Builder builder, Datagrams datagrams, OpenContext context) {
        super(builder);
        this.datagrams = datagrams;
        first = datagrams.first();
        this.context = context;
        wakeup = context.wakeup();
        log = context.log();
    }

    /** A second endpoint over the same socket. */
    protected DatagramEndpoint(DatagramEndpoint other) {
        super(other);
        datagrams = other.datagrams;
        first = Optional.empty();
        context = other.context;
        wakeup = other.wakeup;
        log = other.log;
    }

    /** An endpoint as described, over a socket that its builder holds. */
    public static DatagramEndpoint of(
            DescriptorEndpoint.Builder builder, Datagrams datagrams, OpenContext context) {
        return new DatagramEndpoint(builder, datagrams, context);
    }

    @Override
    public int read(ByteBuffer target) {
        more = false;
        if (first.isPresent()) {
            Packet packet = first.get();
            first = Optional.empty();
            int count = packet.copyTo(target);
            log.info("received packet with {} bytes from {}", count, packet.from().text());
            if (count > 0) {
                ended = datagrams.isOnce();
                return count;
            }
            if (datagrams.isNullEof()) {
                ended = true;
            }
        }
        if (ended) {
            return END;
        }
        if (judgement != null) {
            return judged(target);
        }
        return receive(target);
    }

    /** Hands on the packet that was judged, if it may be. */
    private int judged(ByteBuffer target) {
        Judgement given = judgement;
        if (!given.isGiven()) {
            return 0; // it wakes this endpoint
        }
        judgement = null;
        if (given.permits()) {
            SocketAddress from = given.packet().from();
            int count = given.packet().copyTo(target.slice());
            int length = taken(target, count, () -> from);
            if (length != 0) {
                return length;
            }
        }
        return receive(target);
    }

    private int receive(ByteBuffer target) {
        SocketMessage message = MESSAGE.get();
        MemorySegment memory = MemorySegment.ofBuffer(target);
        int room = target.remaining();
        for (int i = 0; i < MOST_SKIPPED; i++) {
            long count = message.receive(input().number(), memory, 0, room, Linux.MSG_DONTWAIT);
            if (count == -Errno.EAGAIN) {
                return 0;
            }
            if (count == -Errno.EINTR) {
                continue;
            }
            if (count < 0) {
                return readFailed((int) -count, room);
            }
            if (!accepts(message)) {
                continue;
            }
            if (mayBlock()) {
                judge(target, (int) count, peer(message));
                return 0;
            }
            int length = taken(target, (int) count, () -> peer(message));
            if (length != 0) {
                return length;
            }
        }
        more = true;
        return 0;
    }

    private boolean mayBlock() {
        return datagrams.filter().isPresent() && datagrams.filter().get().mayBlock();
    }

    /** Has a packet judged by a thread that may wait. */
    private void judge(ByteBuffer target, int count, SocketAddress from) {
        byte[] data = new byte[count];
        target.get(target.position(), data);
        Packet packet = new Packet(from, data, List.of());
        PeerFilter filter = datagrams.filter().orElseThrow();
        judgement = new Judgement(packet, () -> filter.permits(context, UNNAMED, from), wakeup);
    }

    /** What a packet that is taken counts for: its payload, the end, or nothing. */
    private int taken(ByteBuffer target, int count, Supplier<SocketAddress> from) {
        if (log.isInfoEnabled()) {
            log.info("received packet with {} bytes from {}", count, from.get().text());
        }
        int length = count == 0 ? 0 : payload(target, count, from);
        if (length > 0) {
            ended = datagrams.isOnce();
            target.position(target.position() + length);
        } else if (datagrams.isNullEof()) {
            ended = true;
            return END;
        }
        return length;
    }

    @Override
    protected int readFailed(int errno, int room) {
        throw new PosixException(errno, "recvfrom(" + input().number() + ", , " + room + ", 0)");
    }

    /**
     * Whether a packet is taken; one that is not is dropped. This method looks at the peer and has
     * {@link #ancillary} told what came with the packet.
     */
    protected boolean accepts(SocketMessage message) {
        Optional<Datagrams.Source> source = datagrams.source();
        if (source.isPresent()) {
            if (message.peer().length() != 0 && !source.get().is(message.peer().get())) {
                log.debug("recvfrom(): wrong peer address, ignoring packet");
                return false;
            }
            return true;
        }
        if (message.hasControls()) {
            ancillary(message.controls());
        }
        if (datagrams.filter().isEmpty() || mayBlock()) {
            return true;
        }
        SocketAddress from = peer(message);
        boolean permitted = datagrams.filter().get().permits(context, UNNAMED, from);
        if (permitted && log.isDebugEnabled()) {
            log.debug("permitting packet from {}", from.text());
        }
        return permitted;
    }

    private static SocketAddress peer(SocketMessage message) {
        return message.peer().length() == 0 ? UNNAMED : message.peer().get();
    }

    /** Tells what came with a packet. */
    protected void ancillary(List<ControlMessage> messages) {
        SocketAncillary.log(messages, datagrams.ancillary(), log);
    }

    /**
     * Leaves only the payload of a packet in the buffer, behind its position, which stays.
     *
     * @param count how many bytes there are
     * @param from who sent it
     * @return how many are left
     */
    protected int payload(ByteBuffer target, int count, Supplier<SocketAddress> from) {
        return count;
    }

    @Override
    public boolean hasPending() {
        return more || first.isPresent() || ended;
    }

    @Override
    public boolean holdsInput() {
        return judgement != null;
    }

    @Override
    public int write(ByteBuffer source) {
        if (datagrams.peer().isEmpty()) {
            return super.write(source);
        }
        SocketAddress peer = datagrams.peer().get();
        int length = source.remaining();
        int flags = Linux.MSG_DONTWAIT | Linux.MSG_NOSIGNAL;
        long count = send(output().number(), source, flags, peer);
        if (count == -Errno.EAGAIN) {
            return 0;
        }
        if (count < 0) {
            throw new PosixException((int) -count, sendText(output().number(), source, peer));
        }
        source.position(source.limit());
        if (log.isInfoEnabled()) {
            log.info("local address: {}", SocketAddress.local(output().number()).text());
        }
        return length;
    }

    /**
     * Receives a packet, whose bytes go into a buffer.
     *
     * @return who sent it, or empty where there is none
     * @throws PosixException when something failed
     */
    static Optional<SocketAddress> receive(int socket, ByteBuffer target) {
        SocketMessage message = MESSAGE.get();
        MemorySegment memory = MemorySegment.ofBuffer(target);
        long count;
        do {
            count = message.receive(socket, memory, 0, target.remaining(), Linux.MSG_DONTWAIT);
        } while (count == -Errno.EINTR);
        if (count == -Errno.EAGAIN) {
            return Optional.empty();
        }
        PosixException.check(count, () -> "recvfrom(" + socket + ")");
        target.position(target.position() + (int) count);
        return Optional.of(peer(message));
    }

    /** sendto(2) with what is left of a buffer; its position stays. */
    static long send(int socket, ByteBuffer source, int flags, SocketAddress peer) {
        SocketMessage message = MESSAGE.get();
        message.clear();
        if (peer != UNNAMED) {
            message.peer().set(peer);
        }
        SocketAddressBuffer address = message.peer();
        MemorySegment memory = MemorySegment.ofBuffer(source);
        long count;
        do {
            count = Libc.sendto(socket, memory, 0, source.remaining(), flags, address);
        } while (count == -Errno.EINTR);
        return count;
    }

    /** The call, as an error names it. */
    static String sendText(int socket, ByteBuffer source, SocketAddress peer) {
        return String.format(
                "sendto(%d, 0x%x, %d, 0, %s, %d)",
                socket,
                MemorySegment.ofBuffer(source).address(),
                source.remaining(),
                peer.text(),
                peer == UNNAMED ? 0 : peer.length());
    }

    @Override
    protected void sendEmpty() {
        if (datagrams.peer().isEmpty()) {
            super.sendEmpty();
        } else {
            send(
                    output().number(),
                    ByteBuffer.allocateDirect(0),
                    Linux.MSG_DONTWAIT | Linux.MSG_NOSIGNAL,
                    datagrams.peer().get());
        }
    }

    /** Where it is not told whose packet it has, what it is bound to and whom it talks to. */
    @Override
    public List<Fact> facts() {
        List<Fact> told = super.facts();
        if (!input().isOpen() || isConnectionKnown(told)) {
            return told;
        }
        List<Fact> all = new ArrayList<>(told);
        int number = input().number();
        long protocol = Libc.getsockopt(number, Linux.SOL_SOCKET, Linux.SO_PROTOCOL);
        all.add(
                new SocketEnds(
                        Optional.of(SocketAddress.local(number)),
                        datagrams.peer(),
                        SocketKind.tellsPorts((int) protocol)));
        return all;
    }

    private static boolean isConnectionKnown(List<Fact> facts) {
        for (Fact fact : facts) {
            if (fact instanceof SocketEnds) {
                return true;
            }
        }
        return false;
    }

    @Override
    public Endpoint share() {
        return new DatagramEndpoint(this);
    }
}
