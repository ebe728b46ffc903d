/**
 * Plugin socket: sockets of any family, and the library that the socket families share.
 *
 * @provides org.jsocat.spi.OptionGroup the groups SOCKET, LISTEN
 */
module org.jsocat.plugin.socket {
    requires transitive org.jsocat.spi;

    exports org.jsocat.plugin.socket;

    provides org.jsocat.spi.OptionGroup with
            org.jsocat.plugin.socket.ListenOptions,
            org.jsocat.plugin.socket.SocketLevelOptions;
}
