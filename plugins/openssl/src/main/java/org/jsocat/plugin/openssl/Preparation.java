package org.jsocat.plugin.openssl;

import org.jsocat.spi.AddressException;

import java.util.Optional;

/**
 * Makes what the first connection would have to wait for: the runtime's providers of cryptography
 * alone take longer to load than an address takes to listen. Where something fails, the first
 * connection tells it.
 */
record Preparation(TlsSettings settings, Credentials credentials, boolean datagrams)
        implements Runnable {
    @Override
    public void run() {
        try {
            if (datagrams) {
                new DtlsCredentials(settings, credentials).suites();
            } else {
                credentials.context().engine(null, Optional.empty());
            }
        } catch (AddressException told) {
            // by the first connection
        }
    }
}
