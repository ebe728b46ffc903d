package org.jsocat.plugin.openssl;

import org.jsocat.spi.AddressException;
import org.slf4j.Logger;

import java.security.GeneralSecurityException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

import javax.net.ssl.KeyManager;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManager;

/**
 * What connections of equal settings share: the files that were read, and sessions that can be
 * resumed. Files that have changed are read again for the next handshake; where the new ones are
 * not as they must be, the old ones stay in use. Thread-safe.
 */
final class TlsContext {
    private static final Map<TlsSettings, TlsContext> SHARED = new ConcurrentHashMap<>();

    private final TlsSettings settings;
    private final Made made;
    private final List<FileStamp> stamps;

    /**
     * What was made from the files.
     *
     * @param fits13 whether the identity can be shown in TLS 1.3, which has no DSA, and which a
     *     server cannot do without one
     */
    private record Made(SSLContext context, boolean fits13) {}

    private TlsContext(TlsSettings settings, Made made, List<FileStamp> stamps) {
        this.settings = settings;
        this.made = made;
        this.stamps = stamps;
    }

    /**
     * The context for some settings, of what is in the files now.
     *
     * @throws AddressException when a file is not as it must be
     */
    static TlsContext of(TlsSettings settings, Logger log) {
        TlsContext current = SHARED.get(settings);
        List<FileStamp> now = stamps(settings);
        if (current != null && current.stamps.equals(now)) {
            return current;
        }
        try {
            TlsContext read = new TlsContext(settings, read(settings), now);
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
            SHARED.put(settings, new TlsContext(settings, current.made, now));
            return current;
        }
    }

    private static List<FileStamp> stamps(TlsSettings settings) {
        return FileStamp.of(
                Stream.of(
                        settings.certificate(),
                        settings.key(),
                        settings.cafile(),
                        settings.capath()));
    }

    private static Made read(TlsSettings settings) {
        RuntimeLimits.lift(settings);
        Optional<Identity> identity =
                settings.certificate()
                        .map(file -> Identity.load(file, settings.key(), settings.passphrase()));
        PeerTrust trust =
                new PeerTrust(
                        settings.verify(), TrustAnchors.of(settings.cafile(), settings.capath()));
        try {
            SSLContext context =
                    settings.implementation() == Implementation.JDK
                            ? SSLContext.getInstance("TLS")
                            : CastleTls.context();
            context.init(
                    identity.map(shown -> new KeyManager[] {new PresentedIdentity(shown)})
                            .orElse(new KeyManager[0]),
                    new TrustManager[] {trust},
                    null);
            boolean fits13 =
                    identity.map(shown -> !shown.key().getAlgorithm().equals("DSA"))
                            .orElse(!settings.server());
            return new Made(context, fits13);
        } catch (GeneralSecurityException unable) {
            throw new AddressException(
                    AddressException.Kind.UNAVAILABLE,
                    "TLS cannot be used: " + unable.getMessage());
        }
    }

    /**
     * An engine for one connection.
     *
     * @param peer names the peer, so that a client finds the session to resume
     * @param sni the name to tell a server
     */
    SSLEngine engine(String peer, Optional<String> sni) {
        SSLEngine engine = made.context().createSSLEngine(peer, 0);
        engine.setUseClientMode(!settings.server());
        SSLParameters parameters = engine.getSSLParameters();
        parameters.setProtocols(
                settings.versions().stream()
                        .filter(version -> made.fits13() || isBefore13(version))
                        .map(ProtocolVersion::standardName)
                        .toArray(String[]::new));
        parameters.setCipherSuites(suites());
        parameters.setUseCipherSuitesOrder(false);
        if (settings.server()) {
            parameters.setNeedClientAuth(settings.verify());
        } else {
            parameters.setServerNames(
                    sni.map(name -> List.<javax.net.ssl.SNIServerName>of(new SNIHostName(name)))
                            .orElse(List.of()));
        }
        if (!settings.groups().isEmpty()) {
            parameters.setNamedGroups(groups());
        }
        if (settings.maxFragment() > 0) {
            parameters.setMaximumPacketSize(settings.maxFragment());
        }
        engine.setSSLParameters(parameters);
        return engine;
    }

    /** Where nothing else is left, TLS 1.3 fails with a better message than none at all. */
    private boolean isBefore13(ProtocolVersion version) {
        return version != ProtocolVersion.TLS1_3 || settings.versions().size() == 1;
    }

    /** Those of the settings that the implementation has. */
    private String[] suites() {
        List<String> has = List.of(made.context().getSupportedSSLParameters().getCipherSuites());
        String[] both = settings.suites().stream().filter(has::contains).toArray(String[]::new);
        if (both.length == 0) {
            throw AddressException.unavailable(
                    "the Java runtime has none of the cipher suites that are asked for");
        }
        return both;
    }

    private String[] groups() {
        return settings.groups().stream()
                .map(
                        name ->
                                NamedGroups.javaName(name)
                                        .orElseThrow(
                                                () ->
                                                        AddressException.usage(
                                                                "groups: there is no group \""
                                                                        + name
                                                                        + "\"")))
                .toArray(String[]::new);
    }
}
