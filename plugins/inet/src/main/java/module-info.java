/**
 * Plugin inet: what the protocols of IP share: resolving, ranges and wrappers, ports, the options
 * of IP.
 *
 * @provides org.jsocat.spi.OptionGroup the groups IP4, IP6 and RANGE
 */
module org.jsocat.plugin.inet {
    requires transitive org.jsocat.plugin.socket;
    requires transitive org.jsocat.spi;

    exports org.jsocat.plugin.inet;

    provides org.jsocat.spi.OptionGroup with
            org.jsocat.plugin.inet.Ip4Options,
            org.jsocat.plugin.inet.Ip6Options,
            org.jsocat.plugin.inet.RangeOptions;
}
