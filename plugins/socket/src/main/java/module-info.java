/**
 * Plugin socket: sockets of any family, and the library that the socket families share.
 *
 * @provides org.jsocat.spi.AddressProvider SOCKET-CONNECT, SOCKET-LISTEN, ACCEPT-FD
 * @provides org.jsocat.spi.OptionGroup the groups SOCKET, IP4, IP6, LISTEN and RANGE
 */
module org.jsocat.plugin.socket {
    requires transitive org.jsocat.spi;

    exports org.jsocat.plugin.socket;

    provides org.jsocat.spi.AddressProvider with
            org.jsocat.plugin.socket.addresses.GenericAddresses;
    provides org.jsocat.spi.OptionGroup with
            org.jsocat.plugin.socket.Ip4Options,
            org.jsocat.plugin.socket.Ip6Options,
            org.jsocat.plugin.socket.ListenOptions,
            org.jsocat.plugin.socket.RangeOptions,
            org.jsocat.plugin.socket.SocketLevelOptions;
}
