/**
 * Plugin generic: sockets of any family, described by numbers and data, and inherited ones.
 *
 * @provides org.jsocat.spi.AddressProvider SOCKET-CONNECT, SOCKET-LISTEN, SOCKET-SENDTO,
 *     SOCKET-DATAGRAM, SOCKET-RECVFROM, SOCKET-RECV, ACCEPT-FD
 */
module org.jsocat.plugin.generic {
    requires org.jsocat.plugin.inet;
    requires org.jsocat.spi;

    provides org.jsocat.spi.AddressProvider with
            org.jsocat.plugin.generic.GenericAddresses;
}
