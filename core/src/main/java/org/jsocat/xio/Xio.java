package org.jsocat.xio;

import org.jsocat.core.plan.Catalog;
import org.jsocat.core.plan.PlannedPair;
import org.jsocat.core.relay.RelaySettings;
import org.jsocat.core.run.Session;
import org.jsocat.spi.AddressException;
import org.jsocat.spi.Settings;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.Objects;

/**
 * Joins addresses, or opens them, as the command {@code socat} does, inside this program.
 * Immutable; may be used by several threads.
 *
 * <pre>{@code
 * try (XioRelay relay = Xio.relay("TCP-LISTEN:8080,reuseaddr,fork", "TCP:localhost:80")) {
 *     relay.await();
 * }
 * try (XioChannel channel = Xio.open("TCP:localhost:80")) {
 *     channel.write(ByteBuffer.wrap(request));
 *     channel.shutdownOutput();
 *     channel.read(response);
 * }
 * }</pre>
 *
 * <p>Options that change what belongs to a process (identity, root directory, working directory,
 * umask) change it for the whole JVM where the relay is not forked.
 *
 * @param catalog the addresses and options that there are
 * @param settings what holds for opening
 * @param transfer what holds for relays
 * @param log where it logs: what goes wrong as errors and warnings, and as info (socat's notices)
 *     what happens
 * @since 1.0
 */
public record Xio(Catalog catalog, Settings settings, RelaySettings transfer, Logger log) {
    /** Each of them is required. */
    public Xio {
        Objects.requireNonNull(catalog);
        Objects.requireNonNull(settings);
        Objects.requireNonNull(transfer);
        Objects.requireNonNull(log);
    }

    /** The plugins that are modules of this program, and what holds where nothing is said. */
    public static Xio standard() {
        return new Xio(
                Catalog.load(),
                Settings.DEFAULT,
                RelaySettings.DEFAULT,
                LoggerFactory.getLogger("org.jsocat.xio"));
    }

    /** The same with other settings for opening. */
    public Xio with(Settings other) {
        return new Xio(catalog, other, transfer, log);
    }

    /** The same with other settings for relays. */
    public Xio with(RelaySettings other) {
        return new Xio(catalog, settings, other, log);
    }

    /** The same, logging elsewhere. */
    public Xio with(Logger other) {
        return new Xio(catalog, settings, transfer, other);
    }

    /**
     * Joins two addresses with the {@linkplain #standard() standard} settings.
     *
     * @see #join
     */
    public static XioRelay relay(String first, String second) {
        return standard().join(first, second);
    }

    /**
     * Opens an address with the {@linkplain #standard() standard} settings.
     *
     * @see #channel
     */
    public static XioChannel open(String address) {
        return standard().channel(address);
    }

    /**
     * Begins to join two addresses and returns at once: both are opened, and bytes flow, on threads
     * of their own. With {@code fork}, that goes on until it is closed.
     *
     * @return the running relay, which the caller closes
     * @throws AddressException (usage) when one of the addresses is wrong; nothing is opened then.
     *     What goes wrong later is logged, and is the relay's status
     */
    public XioRelay join(String first, String second) {
        Session session = session();
        PlannedPair addresses = session.plan(first, second);
        if (!addresses.fits()) {
            throw AddressException.usage(String.join("; ", addresses.problems()));
        }
        return new XioRelay(session, addresses);
    }

    /**
     * Opens an address and returns when it is open; where it listens, when the first peer has come.
     *
     * @return the open channel, which the caller closes
     * @throws AddressException when the address is wrong or cannot be opened; nothing is left open
     *     then
     * @throws org.jsocat.spi.posix.PosixException when a system call failed, likewise
     */
    public XioChannel channel(String address) {
        Session session = session();
        return new XioChannel(session.open(address), transfer.closeTimeout());
    }

    private Session session() {
        return new Session(catalog, settings, transfer, false, log);
    }
}
