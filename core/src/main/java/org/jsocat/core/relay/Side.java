package org.jsocat.core.relay;

import org.jsocat.spi.Endpoint;
import org.jsocat.spi.Wakeups;

/**
 * One address of a relay with what its options say about the transfer (option group APPL).
 *
 * @param endpoint the open channel; the relay closes it
 * @param ignoreEof whether the end of its input is only a pause
 * @param readBytes how many bytes are read before its end is assumed, 0 for no limit
 * @param lineEnd how its lines end
 * @param escape the byte value that ends its input, or -1
 * @param tapped whether the blocks are to be looked at here, where a stage stands to its left
 * @param afterClosing done once the relay has closed the channel
 * @param wakeups what the channel wants to be woken for
 * @param origin where the channel comes from
 */
public record Side(
        Endpoint endpoint,
        boolean ignoreEof,
        long readBytes,
        LineEnd lineEnd,
        int escape,
        boolean tapped,
        Runnable afterClosing,
        Wakeups wakeups,
        Origin origin) {
    /** A side without options. */
    public static Side plain(Endpoint endpoint) {
        return plain(endpoint, new Wakeups());
    }

    /** A side without options, for an endpoint that may want to be woken. */
    public static Side plain(Endpoint endpoint, Wakeups wakeups) {
        return new Side(
                endpoint, false, 0, LineEnd.RAW, -1, false, () -> {}, wakeups, Origin.UNKNOWN);
    }

    /** The same, known to come from an address. */
    public Side from(Origin address) {
        return new Side(
                endpoint,
                ignoreEof,
                readBytes,
                lineEnd,
                escape,
                tapped,
                afterClosing,
                wakeups,
                address);
    }

    /** The same options with a stage on the endpoint. */
    public Side with(Endpoint stage, Runnable afterwards) {
        return new Side(
                stage, ignoreEof, readBytes, lineEnd, escape, tapped, afterwards, wakeups, origin);
    }

    /** The same, with something else done once the relay has closed the channel. */
    Side afterwards(Runnable action) {
        return with(endpoint, action);
    }

    /** Closes it. */
    public void close() {
        try {
            endpoint.close();
        } finally {
            afterClosing.run();
        }
    }

    /**
     * Whether its options leave the transfer as it is, so that a program may do without this one
     * between.
     */
    public boolean isPlain() {
        return lineEnd == LineEnd.RAW && readBytes == 0 && escape < 0;
    }

    /** Whether it may have bytes left to pass on once its end is told: what is raw has not. */
    boolean mayHoldOutput() {
        return endpoint.rawOutput() == Endpoint.NONE;
    }

    /** Whether its options look at or change what is read from it. */
    boolean looksAtInput() {
        return readBytes != 0 || escape >= 0;
    }
}
