package org.jsocat.plugin.openssl;

import org.bouncycastle.tls.ProtocolVersion;
import org.bouncycastle.tls.TlsContext;

/** What is known about a connection of DTLS after its handshake. */
interface DtlsSide {
    /** Its version as OpenSSL writes it. */
    String version();

    /** Its cipher suite as OpenSSL writes it. */
    String suite();

    /** For implementations. */
    static String version(TlsContext context) {
        return context.getSecurityParametersConnection()
                        .getNegotiatedVersion()
                        .equals(ProtocolVersion.DTLSv10)
                ? "DTLSv1"
                : "DTLSv1.2";
    }

    /** For implementations. */
    static String suite(TlsContext context) {
        int number = context.getSecurityParametersConnection().getCipherSuite();
        for (CipherSuite suite : CipherSuite.ALL) {
            if (DtlsCredentials.isNumber(suite.name(), number)) {
                return suite.opensslName();
            }
        }
        return String.format("0x%04X", number);
    }
}
