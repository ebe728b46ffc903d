package org.jsocat.plugin.openssl;

import org.jsocat.spi.AddressException;
import org.slf4j.Logger;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;

/**
 * What the files of an address hold, and what connections of equal settings make of it. Files are
 * read at once, but what takes long is made of them when the first connection needs it. Files that
 * have changed are read again for the next handshake; where the new ones are not as they must be,
 * the old ones stay in use. Thread-safe.
 */
final class Credentials {
    private static final Map<TlsSettings, Credentials> SHARED = new ConcurrentHashMap<>();

    private final TlsSettings settings;
    private final CredentialFiles files;
    private final List<FileStamp> stamps;
    private final AtomicBoolean prepared = new AtomicBoolean();
    private Optional<Identity> identity;
    private PeerTrust trust;
    private TlsContext context;

    private Credentials(TlsSettings settings, CredentialFiles files, List<FileStamp> stamps) {
        this.settings = settings;
        this.files = files;
        this.stamps = stamps;
    }

    /**
     * The credentials for some settings, of what is in the files now.
     *
     * @throws AddressException when a file is not as it must be
     */
    static Credentials of(TlsSettings settings, Logger log) {
        List<FileStamp> now = stamps(settings);
        return SHARED.compute(settings, (same, current) -> renewed(settings, current, now, log));
    }

    private static Credentials renewed(
            TlsSettings settings, Credentials current, List<FileStamp> now, Logger log) {
        if (current != null && current.stamps.equals(now)) {
            return current;
        }
        try {
            Credentials read =
                    new Credentials(settings, CredentialFiles.read(settings), List.copyOf(now));
            if (current != null || !read.files.areSound()) {
                read.identity();
                read.trust();
            }
            if (current != null) {
                log.info("certificate files have changed; new connections use them");
            }
            return read;
        } catch (AddressException unusable) {
            if (current == null) {
                throw unusable;
            }
            log.warn("{}; what was read before stays in use", unusable.getMessage());
            return current.stamped(now);
        }
    }

    /** The same of other stamps: what has changed cannot be used. */
    private synchronized Credentials stamped(List<FileStamp> now) {
        Credentials kept = new Credentials(settings, files, now);
        kept.identity = identity;
        kept.trust = trust;
        kept.context = context;
        return kept;
    }

    private static List<FileStamp> stamps(TlsSettings settings) {
        return FileStamp.of(
                Stream.of(
                        settings.certificate(),
                        settings.key(),
                        settings.cafile(),
                        settings.capath()));
    }

    /**
     * What this side shows.
     *
     * @throws AddressException when the files are not as they must be
     */
    synchronized Optional<Identity> identity() {
        if (identity == null) {
            identity = files.identity();
        }
        return identity;
    }

    /**
     * What it believes.
     *
     * @throws AddressException when the files are not as they must be
     */
    synchronized PeerTrust trust() {
        if (trust == null) {
            trust = new PeerTrust(settings.verify(), files.anchors());
        }
        return trust;
    }

    /**
     * Makes ahead what connections will need, on another thread, so that it goes on while the
     * address connects or listens.
     */
    void prepareBeside(boolean datagrams) {
        if (!prepared.getAndSet(true)) {
            Thread.ofPlatform()
                    .daemon()
                    .name("tls-preparation")
                    .start(new Preparation(settings, this, datagrams));
        }
    }

    /** For connections of TLS. */
    synchronized TlsContext context() {
        if (context == null) {
            context = new TlsContext(settings, this);
        }
        return context;
    }
}
