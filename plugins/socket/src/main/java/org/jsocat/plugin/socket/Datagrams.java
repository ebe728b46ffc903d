package org.jsocat.plugin.socket;

import org.jsocat.spi.posix.SocketAddress;

import java.util.Optional;

/**
 * Whom an endpoint of datagrams hears, and whom it talks to. Hears everyone and talks to nobody
 * unless said otherwise.
 *
 * <p>Not thread-safe; settled before the endpoint is made.
 *
 * @since 1.0
 */
public final class Datagrams {
    private Optional<SocketAddress> peer = Optional.empty();
    private Optional<Source> source = Optional.empty();
    private Optional<PeerFilter> filter = Optional.empty();
    private AncillaryReader ancillary = AncillaryReader.SOCKET;
    private Optional<Packet> first = Optional.empty();
    private boolean once;
    private boolean nullEof;

    /** The only peer that is heard. */
    @FunctionalInterface
    public interface Source {
        /** Whether a packet from this address is this peer's. */
        boolean is(SocketAddress from);
    }

    /** Hears everyone, talks to nobody. */
    public Datagrams() {}

    /** Talks to this peer. */
    public Datagrams to(SocketAddress address) {
        peer = Optional.of(address);
        return this;
    }

    /** Hears this peer only. */
    public Datagrams from(Source only) {
        source = Optional.of(only);
        return this;
    }

    /** Hears only whom a filter permits. */
    public Datagrams where(PeerFilter permits) {
        filter = Optional.of(permits);
        return this;
    }

    /** Understands the ancillary data of more protocols. */
    public Datagrams understanding(AncillaryReader reader) {
        ancillary = reader;
        return this;
    }

    /** A packet that has been taken from the socket already. */
    Datagrams beginningWith(Packet packet) {
        first = Optional.of(packet);
        return this;
    }

    /** The first packet is the only one. */
    public Datagrams once() {
        once = true;
        return this;
    }

    /** An empty packet is the end; otherwise it is skipped. */
    public Datagrams nullEof(boolean isEnd) {
        nullEof = isEnd;
        return this;
    }

    Optional<SocketAddress> peer() {
        return peer;
    }

    Optional<Source> source() {
        return source;
    }

    Optional<PeerFilter> filter() {
        return filter;
    }

    AncillaryReader ancillary() {
        return ancillary;
    }

    Optional<Packet> first() {
        return first;
    }

    boolean isOnce() {
        return once;
    }

    boolean isNullEof() {
        return nullEof;
    }
}
