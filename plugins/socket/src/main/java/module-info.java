/**
 * Plugin socket: the library that every family of sockets needs, and the options of any socket.
 *
 * @provides org.jsocat.spi.OptionGroup the groups SOCKET and LISTEN
 */
module org.jsocat.plugin.socket {
    requires transitive org.jsocat.spi;

    exports org.jsocat.plugin.socket;

    provides org.jsocat.spi.OptionGroup with
            org.jsocat.plugin.socket.ListenOptions,
            org.jsocat.plugin.socket.SocketOptions;
}
