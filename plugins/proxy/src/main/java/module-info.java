/**
 * Plugin proxy: HTTP CONNECT and SOCKS, as addresses over TCP and as stages over anything.
 *
 * @provides org.jsocat.spi.AddressProvider PROXY, SOCKS4, SOCKS4A, SOCKS5-CONNECT and SOCKS5-LISTEN
 * @provides org.jsocat.spi.OptionGroup the groups HTTP and SOCKS
 */
module org.jsocat.plugin.proxy {
    requires org.jsocat.plugin.inet;
    requires org.jsocat.spi;

    provides org.jsocat.spi.AddressProvider with
            org.jsocat.plugin.proxy.ProxyAddresses;
    provides org.jsocat.spi.OptionGroup with
            org.jsocat.plugin.proxy.HttpOptions,
            org.jsocat.plugin.proxy.SocksOptions;
}
