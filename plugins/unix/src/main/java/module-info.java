/**
 * Plugin unix: sockets of the UNIX domain, in the file system and with abstract names.
 *
 * @provides org.jsocat.spi.AddressProvider UNIX-CONNECT and the like, and their ABSTRACT forms
 * @provides org.jsocat.spi.OptionGroup the group UNIX
 */
module org.jsocat.plugin.unix {
    requires transitive org.jsocat.plugin.socket;
    requires transitive org.jsocat.spi;

    exports org.jsocat.plugin.unix;

    provides org.jsocat.spi.AddressProvider with
            org.jsocat.plugin.unix.UnixAddresses;
    provides org.jsocat.spi.OptionGroup with
            org.jsocat.plugin.unix.UnixOptions;
}
