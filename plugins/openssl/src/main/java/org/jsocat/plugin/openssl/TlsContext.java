package org.jsocat.plugin.openssl;

import org.jsocat.spi.AddressException;

import java.security.GeneralSecurityException;
import java.util.List;
import java.util.Optional;

import javax.net.ssl.KeyManager;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManager;

/** What connections of equal settings share in TLS: sessions that can be resumed. Thread-safe. */
final class TlsContext {
    private final TlsSettings settings;
    private final SSLContext context;

    /**
     * Whether the identity can be shown in TLS 1.3, which has no DSA, and which a server cannot do
     * without one.
     */
    private final boolean fits13;

    /**
     * A context.
     *
     * @throws AddressException when the runtime cannot do it
     */
    TlsContext(TlsSettings settings, Credentials credentials) {
        this.settings = settings;
        RuntimeLimits.lift(settings);
        Optional<Identity> identity = credentials.identity();
        try {
            context =
                    settings.implementation() == Implementation.JDK
                            ? SSLContext.getInstance("TLS")
                            : CastleTls.context();
            context.init(
                    identity.map(shown -> new KeyManager[] {new PresentedIdentity(shown)})
                            .orElse(new KeyManager[0]),
                    new TrustManager[] {credentials.trust()},
                    null);
        } catch (GeneralSecurityException unable) {
            throw AddressException.unavailable("TLS cannot be used: " + unable.getMessage());
        }
        fits13 =
                identity.map(shown -> !shown.key().getAlgorithm().equals("DSA"))
                        .orElse(!settings.server());
    }

    /**
     * An engine for one connection.
     *
     * @param peer names the peer, so that a client finds the session to resume
     * @param sni the name to tell a server
     */
    SSLEngine engine(String peer, Optional<String> sni) {
        SSLEngine engine = context.createSSLEngine(peer, 0);
        engine.setUseClientMode(!settings.server());
        SSLParameters parameters = engine.getSSLParameters();
        parameters.setProtocols(
                settings.versions().stream()
                        .filter(version -> fits13 || isBefore13(version))
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
        List<String> has = List.of(context.getSupportedSSLParameters().getCipherSuites());
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
