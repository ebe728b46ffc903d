/**
 * Plugin rawip: packets of any protocol over IPv4 and IPv6.
 *
 * @provides org.jsocat.spi.AddressProvider IP-SENDTO, IP-DATAGRAM, IP-RECVFROM, IP-RECV and their
 *     forms for one version
 */
module org.jsocat.plugin.rawip {
    requires org.jsocat.plugin.inet;
    requires org.jsocat.spi;

    provides org.jsocat.spi.AddressProvider with
            org.jsocat.plugin.rawip.RawIpAddresses;
}
