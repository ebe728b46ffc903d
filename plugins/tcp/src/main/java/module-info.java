/**
 * Plugin tcp: TCP over IPv4 and IPv6.
 *
 * @provides org.jsocat.spi.AddressProvider TCP-CONNECT, TCP-LISTEN and their forms for one version
 * @provides org.jsocat.spi.OptionGroup the group TCP
 */
module org.jsocat.plugin.tcp {
    requires org.jsocat.plugin.inet;
    requires org.jsocat.spi;

    provides org.jsocat.spi.AddressProvider with
            org.jsocat.plugin.tcp.TcpAddresses;
    provides org.jsocat.spi.OptionGroup with
            org.jsocat.plugin.tcp.TcpOptions;
}
