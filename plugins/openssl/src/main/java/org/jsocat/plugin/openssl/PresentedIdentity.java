package org.jsocat.plugin.openssl;

import java.net.Socket;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;

import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedKeyManager;

/**
 * Shows one identity to every peer that accepts its kind of key, whichever authorities the peer
 * names: as the reference does.
 */
final class PresentedIdentity extends X509ExtendedKeyManager {
    private static final String ALIAS = "identity";

    private final Identity identity;

    /** Shows this one. */
    PresentedIdentity(Identity identity) {
        this.identity = identity;
    }

    private String alias(String... types) {
        String algorithm = identity.key().getAlgorithm();
        for (String type : types) {
            int end = type.indexOf('_'); // EC_RSA: of EC, signed with RSA
            String key = end < 0 ? type : type.substring(0, end);
            boolean edwards = key.equals("EdDSA") || key.equals("Ed25519") || key.equals("Ed448");
            if (key.equals(algorithm)
                    || (edwards && algorithm.startsWith("Ed"))
                    || (key.equals("RSA") && algorithm.equals("RSASSA-PSS"))) {
                return ALIAS;
            }
        }
        return null;
    }

    @Override
    public String chooseEngineServerAlias(String type, Principal[] issuers, SSLEngine engine) {
        return alias(type);
    }

    @Override
    public String chooseEngineClientAlias(String[] types, Principal[] issuers, SSLEngine engine) {
        return alias(types);
    }

    @Override
    public String chooseServerAlias(String type, Principal[] issuers, Socket socket) {
        return alias(type);
    }

    @Override
    public String chooseClientAlias(String[] types, Principal[] issuers, Socket socket) {
        return alias(types);
    }

    @Override
    public String[] getServerAliases(String type, Principal[] issuers) {
        return aliases(type);
    }

    @Override
    public String[] getClientAliases(String type, Principal[] issuers) {
        return aliases(type);
    }

    private String[] aliases(String type) {
        return alias(type) == null ? null : new String[] {ALIAS};
    }

    @Override
    public X509Certificate[] getCertificateChain(String alias) {
        return ALIAS.equals(alias) ? identity.chain().toArray(X509Certificate[]::new) : null;
    }

    @Override
    public PrivateKey getPrivateKey(String alias) {
        return ALIAS.equals(alias) ? identity.key() : null;
    }
}
