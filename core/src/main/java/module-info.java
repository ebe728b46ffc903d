/**
 * Parses addresses, finds the plugins that provide them, opens them and relays between them.
 *
 * @uses org.jsocat.spi.AddressProvider for the families of addresses
 * @uses org.jsocat.spi.OptionGroup for the tables of options
 */
module org.jsocat.core {
    requires transitive org.jsocat.spi;

    exports org.jsocat.core;
    exports org.jsocat.core.parse;
    exports org.jsocat.core.relay;
    exports org.jsocat.xio;

    uses org.jsocat.spi.AddressProvider;
    uses org.jsocat.spi.OptionGroup;

    provides org.jsocat.spi.OptionGroup with
            org.jsocat.core.ApplicationOptions,
            org.jsocat.core.ChildOptions,
            org.jsocat.core.CommonOptions,
            org.jsocat.core.RetryOptions;
}
