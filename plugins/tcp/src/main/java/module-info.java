/** Plugin tcp: TCP over IPv4 and IPv6. */
module org.jsocat.plugin.tcp {
    requires org.jsocat.plugin.socket;
    requires org.jsocat.spi;
}
