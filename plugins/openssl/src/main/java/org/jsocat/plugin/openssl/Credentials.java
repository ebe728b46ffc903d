package org.jsocat.plugin.openssl;

import org.jsocat.spi.AddressException;
import org.slf4j.Logger;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * What the files of an address hold, and what connections of equal settings make of it. Files that
 * have changed are read again for the next handshake; where the new ones are not as they must be,
 * the old ones stay in use. Thread-safe.
 */
final class Credentials {
    private static final Map<TlsSettings, Credentials> SHARED = new ConcurrentHashMap<>();

    private final TlsSettings settings;
    private final Optional<Identity> identity;
    private final PeerTrust trust;
    private final List<FileStamp> stamps;
    private TlsContext context;

    private Credentials(
            TlsSettings settings,
            Optional<Identity> identity,
            PeerTrust trust,
            List<FileStamp> stamps) {
        this.settings = settings;
        this.identity = identity;
        this.trust = trust;
        this.stamps = stamps;
    }

    /**
     * The credentials for some settings, of what is in the files now.
     *
     * @throws AddressException when a file is not as it must be
     */
    static Credentials of(TlsSettings settings, Logger log) {
        Credentials current = SHARED.get(settings);
        List<FileStamp> now = stamps(settings);
        if (current != null && current.stamps.equals(now)) {
            return current;
        }
        try {
            Credentials read = read(settings, now);
            SHARED.put(settings, read);
            if (current != null) {
                log.info("certificate files have changed; new connections use them");
            }
            return read;
        } catch (AddressException unusable) {
            if (current == null) {
                throw unusable;
            }
            log.warn("{}; what was read before stays in use", unusable.getMessage());
            Credentials kept = new Credentials(settings, current.identity, current.trust, now);
            SHARED.put(settings, kept);
            return kept;
        }
    }

    private static Credentials read(TlsSettings settings, List<FileStamp> now) {
        return new Credentials(
                settings,
                settings.certificate()
                        .map(file -> Identity.load(file, settings.key(), settings.passphrase())),
                new PeerTrust(
                        settings.verify(), TrustAnchors.of(settings.cafile(), settings.capath())),
                now);
    }

    private static List<FileStamp> stamps(TlsSettings settings) {
        return FileStamp.of(
                Stream.of(
                        settings.certificate(),
                        settings.key(),
                        settings.cafile(),
                        settings.capath()));
    }

    /** What this side shows. */
    Optional<Identity> identity() {
        return identity;
    }

    /** What it believes. */
    PeerTrust trust() {
        return trust;
    }

    /** For connections of TLS. */
    synchronized TlsContext context() {
        if (context == null) {
            context = new TlsContext(settings, this);
        }
        return context;
    }
}
