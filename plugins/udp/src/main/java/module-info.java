/**
 * Plugin udp: UDP and UDP-Lite over IPv4 and IPv6.
 *
 * @provides org.jsocat.spi.AddressProvider UDP-CONNECT, UDP-LISTEN, UDP-SENDTO, UDP-DATAGRAM,
 *     UDP-RECVFROM, UDP-RECV and their forms for one version and for UDP-Lite
 * @provides org.jsocat.spi.OptionGroup the groups UDP and UDPLITE
 */
module org.jsocat.plugin.udp {
    requires org.jsocat.plugin.inet;
    requires org.jsocat.spi;

    provides org.jsocat.spi.AddressProvider with
            org.jsocat.plugin.udp.UdpAddresses;
    provides org.jsocat.spi.OptionGroup with
            org.jsocat.plugin.udp.UdpLiteOptions,
            org.jsocat.plugin.udp.UdpOptions;
}
