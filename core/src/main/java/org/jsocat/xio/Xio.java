package org.jsocat.xio;

import org.jsocat.core.plan.Catalog;
import org.jsocat.core.plan.PlannedPair;
import org.jsocat.core.relay.RelaySettings;
import org.jsocat.core.run.Session;
import org.jsocat.spi.AddressException;
import org.jsocat.spi.Direction;
import org.jsocat.spi.IpVersion;
import org.jsocat.spi.Settings;
import org.jsocat.spi.posix.PosixException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

import javax.net.SocketFactory;

/**
 * Opens addresses, or joins two of them, as the command {@code socat} does, inside this program.
 * Immutable; may be used by several threads.
 *
 * <pre>{@code
 * try (XioChannel channel = Xio.open("openssl,cafile=ca.pem|TCP:host:443")) {
 *     channel.output().write(request);
 *     channel.shutdownOutput();
 *     byte[] answer = channel.input().readAllBytes();
 * }
 * try (XioRelay relay = Xio.relay("TCP-LISTEN:0,fork", "UNIX-CONNECT:/run/service")) {
 *     InetSocketAddress here = (InetSocketAddress) relay.listening().join();
 *     ...
 * }
 * }</pre>
 *
 * <p>Addresses are given as text, as on the command line; {@link XioAddress} builds that text from
 * its parts. All relays of this program share a few threads; waiting for them pins no virtual
 * thread's carrier. Nothing here ends the program or handles signals.
 *
 * <p>Options that change what belongs to a process (identity, root directory, working directory,
 * umask) change it for the whole JVM where the relay is not forked.
 *
 * @since 1.0
 */
public final class Xio {
    private final Catalog catalog;
    private final Settings settings;
    private final RelaySettings transfer;
    private final Logger log;

    Xio(Catalog catalog, Settings settings, RelaySettings transfer, Logger log) {
        this.catalog = catalog;
        this.settings = settings;
        this.transfer = transfer;
        this.log = log;
    }

    /** The plugins of this program, and what holds where nothing is said. */
    public static Xio standard() {
        return builder().build();
    }

    /** Says otherwise than {@link #standard()}. */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Opens an address with the {@linkplain #standard() standard} settings.
     *
     * @throws XioException see {@link #channel}
     * @see #channel
     */
    public static XioChannel open(String address) throws XioException {
        return standard().channel(address);
    }

    /**
     * Listens with the {@linkplain #standard() standard} settings.
     *
     * @throws XioException see {@link #listener}
     * @see #listener
     */
    public static XioListener listen(String address) throws XioException {
        return standard().listener(address);
    }

    /**
     * Joins two addresses with the {@linkplain #standard() standard} settings.
     *
     * @throws XioException see {@link #join}
     * @see #join
     */
    public static XioRelay relay(String first, String second) throws XioException {
        return standard().join(first, second);
    }

    /**
     * Sockets with the {@linkplain #standard() standard} settings.
     *
     * @see #sockets
     */
    public static SocketFactory socketFactory(String template) {
        return standard().sockets(template);
    }

    /**
     * Begins to join two addresses and returns at once: both are opened, and bytes flow, on other
     * threads. With {@code fork}, that goes on until it is closed.
     *
     * @return the running relay, which the caller closes
     * @throws XioException (usage) when one of the addresses is wrong; nothing is opened then. What
     *     goes wrong later is logged, and told by {@link XioRelay#await}
     */
    public XioRelay join(String first, String second) throws XioException {
        Session session = session();
        PlannedPair addresses = session.plan(first, second);
        if (!addresses.fits()) {
            String problems = String.join("; ", addresses.problems());
            throw XioException.of(AddressException.usage(problems), first + " " + second);
        }
        return new XioRelay(session, addresses, first + " " + second);
    }

    /**
     * Opens an address and returns when it is open; where it listens, when the first peer has come.
     * Waiting ends when the thread is interrupted.
     *
     * @return the open channel, which the caller closes
     * @throws XioException when the address is wrong or cannot be opened; nothing is left open then
     */
    public XioChannel channel(String address) throws XioException {
        Session session = session();
        try {
            return new XioChannel(session.open(address), transfer.closeTimeout());
        } catch (AddressException | PosixException failure) {
            session.end();
            throw XioException.of(failure, address);
        }
    }

    /**
     * Starts to listen on an address whose last element listens ({@code fork} need not be said).
     *
     * @return the listener, which the caller closes
     * @throws XioException when the address is wrong, does not listen or cannot be opened
     */
    public XioListener listener(String address) throws XioException {
        Session session = session();
        try {
            return new XioListener(
                    session, session.listen(address), address, transfer.closeTimeout());
        } catch (AddressException | PosixException failure) {
            session.end();
            throw XioException.of(failure, address);
        }
    }

    /**
     * Sockets for libraries that take a factory: each is a channel to the address that the template
     * gives when {@code %h} stands for the host that is asked for, and {@code %p} for the port.
     * Hosts are passed on as they are named: whoever the address asks looks them up.
     *
     * @param template for example {@code socks5:%h:%p|TCP:proxy:1080}
     */
    public SocketFactory sockets(String template) {
        return new XioSocketFactory(this, template);
    }

    private Session session() {
        return new Session(catalog, settings, transfer, false, log).sharingLoops();
    }

    /**
     * Settings that differ from the standard ones: what options of the command say for all
     * addresses. Not for several threads.
     */
    public static final class Builder {
        private Optional<Catalog> catalog = Optional.empty();
        private String programName = Settings.DEFAULT.programName();
        private int bufferSize;
        private IpVersion listenVersion = Settings.DEFAULT.listenVersion();
        private IpVersion resolveVersion = Settings.DEFAULT.resolveVersion();
        private boolean sloppy;
        private boolean experimental;
        private Direction direction = Direction.BOTH;
        private Duration closeTimeout = RelaySettings.DEFAULT.closeTimeout();
        private Optional<Duration> inactivityTimeout = Optional.empty();
        private Optional<Logger> log = Optional.empty();

        private Builder() {}

        /** Takes the plugins that are visible to a class loader, instead of this program's own. */
        public Builder plugins(ClassLoader loader) {
            catalog = Optional.of(Catalog.load(loader));
            return this;
        }

        /** The name that begins the variables of programs ({@code NAME_PEERADDR}), lower case. */
        public Builder programName(String name) {
            programName = Objects.requireNonNull(name);
            return this;
        }

        /**
         * The block size of transfers ({@code -b}).
         *
         * @param bytes 1 or more
         */
        public Builder bufferSize(int bytes) {
            if (bytes < 1) {
                throw new IllegalArgumentException("a buffer of " + bytes + " bytes");
            }
            bufferSize = bytes;
            return this;
        }

        /**
         * What listening addresses without a version of their own take ({@code -4}, {@code -6}).
         */
        public Builder listenVersion(IpVersion version) {
            listenVersion = Objects.requireNonNull(version);
            return this;
        }

        /** What is preferred when names are resolved ({@code -4}, {@code -6}). */
        public Builder resolveVersion(IpVersion version) {
            resolveVersion = Objects.requireNonNull(version);
            return this;
        }

        /** Whether failures of options are only logged ({@code -s}). */
        public Builder sloppy(boolean on) {
            sloppy = on;
            return this;
        }

        /** Whether experimental features may be used ({@code --experimental}). */
        public Builder experimental(boolean on) {
            experimental = on;
            return this;
        }

        /**
         * Which way bytes go: {@link Direction#READ} from the first address to the second only
         * ({@code -u}), {@link Direction#WRITE} the other way ({@code -U}).
         */
        public Builder direction(Direction which) {
            direction = Objects.requireNonNull(which);
            return this;
        }

        /**
         * How long the second direction of a relay may be silent once the first has ended, and how
         * long closing a channel waits for what stages put at the end ({@code -t}).
         */
        public Builder closeTimeout(Duration time) {
            closeTimeout = Objects.requireNonNull(time);
            return this;
        }

        /** How long a relay may be silent before it ends ({@code -T}). */
        public Builder inactivityTimeout(Duration time) {
            inactivityTimeout = Optional.of(time);
            return this;
        }

        /**
         * Where it logs: what goes wrong as errors and warnings, and as info (the notices of socat)
         * what happens. Otherwise that is the logger {@code org.jsocat.xio}.
         */
        public Builder log(Logger logger) {
            log = Optional.of(logger);
            return this;
        }

        /** Addresses that only a test has. */
        Builder catalog(Catalog addresses) {
            catalog = Optional.of(addresses);
            return this;
        }

        /** Makes it. */
        public Xio build() {
            Settings opening =
                    new Settings(
                            programName,
                            bufferSize == 0 ? Settings.DEFAULT.bufferSize() : bufferSize,
                            listenVersion,
                            resolveVersion,
                            sloppy,
                            experimental);
            RelaySettings relays =
                    new RelaySettings(
                            direction,
                            bufferSize,
                            closeTimeout,
                            inactivityTimeout,
                            Optional.empty(),
                            sloppy);
            return new Xio(
                    catalog.orElseGet(Catalog::load),
                    opening,
                    relays,
                    log.orElseGet(() -> LoggerFactory.getLogger("org.jsocat.xio")));
        }
    }
}
