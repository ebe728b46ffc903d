/**
 * Parses addresses, finds the plugins that provide them, opens them and relays between them.
 *
 * @uses org.jsocat.spi.AddressProvider for the families of addresses
 * @uses org.jsocat.spi.OptionGroup for the tables of options
 * @uses org.jsocat.spi.RelayListener for those who want to be told of relays
 */
module org.jsocat.core {
    requires transitive org.jsocat.spi;

    exports org.jsocat.core.option;
    exports org.jsocat.core.parse;
    exports org.jsocat.core.plan;
    exports org.jsocat.core.relay;
    exports org.jsocat.core.run;
    exports org.jsocat.xio;

    uses org.jsocat.spi.AddressProvider;
    uses org.jsocat.spi.OptionGroup;
    uses org.jsocat.spi.RelayListener;

    provides org.jsocat.spi.OptionGroup with
            org.jsocat.core.option.ApplicationOptions,
            org.jsocat.core.option.ChildOptions,
            org.jsocat.core.option.CommonOptions,
            org.jsocat.core.option.RetryOptions;
}
