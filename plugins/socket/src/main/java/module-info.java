/** Plugin socket: sockets of any family, and the library that the socket families share. */
module org.jsocat.plugin.socket {
    requires org.jsocat.spi;
}
