/**
 * Plugin tun: network interfaces.
 *
 * @provides org.jsocat.spi.AddressProvider TUN, INTERFACE
 * @provides org.jsocat.spi.OptionGroup the group INTERFACE
 */
module org.jsocat.plugin.tun {
    requires org.jsocat.plugin.socket;
    requires org.jsocat.spi;

    provides org.jsocat.spi.AddressProvider with
            org.jsocat.plugin.tun.InterfaceAddresses;
    provides org.jsocat.spi.OptionGroup with
            org.jsocat.plugin.tun.InterfaceOptions;
}
