/**
 * Contract tests and fixtures that the author of a plugin runs against the plugin's providers.
 *
 * @uses org.jsocat.spi.AddressProvider to see that a provider is found
 * @uses org.jsocat.spi.OptionGroup to see that a group is found
 */
module org.jsocat.testkit {
    requires transitive org.assertj.core;
    requires transitive org.jsocat.spi;
    requires transitive org.junit.jupiter.api;
    requires transitive org.slf4j;

    exports org.jsocat.testkit;
    exports org.jsocat.testkit.sample;

    uses org.jsocat.spi.AddressProvider;
    uses org.jsocat.spi.OptionGroup;
}
