/**
 * The commands {@code socat} and {@code jsocat}, and the plugins of third parties.
 *
 * @uses org.jsocat.spi.AddressProvider in plugins of third parties
 * @uses org.jsocat.spi.OptionGroup in plugins of third parties
 * @uses org.jsocat.spi.RelayListener in plugins of third parties
 * @uses org.jsocat.spi.Subcommand for what plugins add to {@code jsocat}
 */
module org.jsocat.cli {
    requires com.github.zafarkhaja.semver;
    requires info.picocli;
    requires org.jsocat.core;
    requires pf4j;

    exports org.jsocat.cli.log to
            org.slf4j;

    opens org.jsocat.cli to
            info.picocli;

    uses org.jsocat.spi.AddressProvider;
    uses org.jsocat.spi.OptionGroup;
    uses org.jsocat.spi.RelayListener;
    uses org.jsocat.spi.Subcommand;

    provides org.slf4j.spi.SLF4JServiceProvider with
            org.jsocat.cli.log.LogProvider;
}
