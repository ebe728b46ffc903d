package org.jsocat.plugin.openssl;

import org.jsocat.spi.AddressProvider;
import org.jsocat.spi.AddressType;

import java.util.List;

/** The same addresses by the names that socat 2 has for them. */
public final class TlsAddresses implements AddressProvider {
    /** For {@link java.util.ServiceLoader}. */
    public TlsAddresses() {}

    @Override
    public List<AddressType> addressTypes() {
        return List.of(
                OpensslAddresses.client("OPENSSL-CLIENT", "SSL-CLIENT", "SSL-CONNECT"),
                OpensslAddresses.server("OPENSSL-SERVER", "SSL-LISTEN", "SSL-SERVER"));
    }
}
