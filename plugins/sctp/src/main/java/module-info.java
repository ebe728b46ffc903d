/**
 * Plugin sctp: SCTP over IPv4 and IPv6.
 *
 * @provides org.jsocat.spi.AddressProvider SCTP-CONNECT, SCTP-LISTEN and their forms for one
 *     version
 * @provides org.jsocat.spi.OptionGroup the group SCTP
 */
module org.jsocat.plugin.sctp {
    requires org.jsocat.plugin.inet;
    requires org.jsocat.spi;

    provides org.jsocat.spi.AddressProvider with
            org.jsocat.plugin.sctp.SctpAddresses;
    provides org.jsocat.spi.OptionGroup with
            org.jsocat.plugin.sctp.SctpOptions;
}
