/**
 * Plugin openssl: TLS and DTLS, as addresses and as stages over anything.
 *
 * @provides org.jsocat.spi.AddressProvider OPENSSL, OPENSSL-LISTEN, their datagram twins, and
 *     stages over anything
 * @provides org.jsocat.spi.OptionGroup the group OPENSSL
 */
module org.jsocat.plugin.openssl {
    requires org.bouncycastle.pkix;
    requires org.bouncycastle.provider;
    requires org.bouncycastle.tls;
    requires org.bouncycastle.util;
    requires org.jsocat.spi;

    provides org.jsocat.spi.AddressProvider with
            org.jsocat.plugin.openssl.OpensslAddresses,
            org.jsocat.plugin.openssl.TlsAddresses;
    provides org.jsocat.spi.OptionGroup with
            org.jsocat.plugin.openssl.OpensslOptions,
            org.jsocat.plugin.openssl.TlsOptions;
}
