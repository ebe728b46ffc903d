/**
 * Plugin dccp: DCCP over IPv4 and IPv6.
 *
 * @provides org.jsocat.spi.AddressProvider DCCP-CONNECT, DCCP-LISTEN and their forms for one
 *     version
 * @provides org.jsocat.spi.OptionGroup the group DCCP
 */
module org.jsocat.plugin.dccp {
    requires org.jsocat.plugin.inet;
    requires org.jsocat.spi;

    provides org.jsocat.spi.AddressProvider with
            org.jsocat.plugin.dccp.DccpAddresses;
    provides org.jsocat.spi.OptionGroup with
            org.jsocat.plugin.dccp.DccpOptions;
}
