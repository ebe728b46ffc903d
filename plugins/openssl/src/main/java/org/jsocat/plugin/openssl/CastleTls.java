package org.jsocat.plugin.openssl;

import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.jsse.provider.BouncyCastleJsseProvider;

import java.security.NoSuchAlgorithmException;

import javax.net.ssl.SSLContext;

/** TLS of Bouncy Castle behind the interface of the runtime's; loads Bouncy Castle. */
final class CastleTls {
    private CastleTls() {}

    /** A context, to be initialized. */
    static SSLContext context() throws NoSuchAlgorithmException {
        return SSLContext.getInstance(
                "TLS", new BouncyCastleJsseProvider(false, new BouncyCastleProvider()));
    }
}
