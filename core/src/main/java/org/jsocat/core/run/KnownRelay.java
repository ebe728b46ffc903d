package org.jsocat.core.run;

import org.jsocat.core.open.RelayContext;
import org.jsocat.core.relay.Relay;
import org.jsocat.core.relay.Transferred;
import org.jsocat.spi.Fact;
import org.jsocat.spi.RelayInfo;

import java.time.Instant;
import java.util.List;

/** What others may know of a relay: one object from its beginning to its end. */
final class KnownRelay implements RelayInfo {
    private final RelayContext context;
    private volatile Relay relay;

    /** A relay that is not open, or not yet. */
    KnownRelay(RelayContext context) {
        this.context = context;
    }

    /** It is open. */
    void opened(Relay moving) {
        relay = moving;
    }

    @Override
    public int id() {
        return context.id();
    }

    @Override
    public Instant start() {
        return context.start();
    }

    @Override
    public boolean forked() {
        return context.forked();
    }

    @Override
    public List<Fact> facts() {
        return context.environment().facts();
    }

    private Transferred toSecond() {
        Relay open = relay;
        return open == null ? Transferred.NOTHING : open.leftToRight();
    }

    private Transferred toFirst() {
        Relay open = relay;
        return open == null ? Transferred.NOTHING : open.rightToLeft();
    }

    @Override
    public long bytesToSecond() {
        return toSecond().bytes();
    }

    @Override
    public long bytesToFirst() {
        return toFirst().bytes();
    }

    @Override
    public long blocksToSecond() {
        return toSecond().blocks();
    }

    @Override
    public long blocksToFirst() {
        return toFirst().blocks();
    }
}
