/** The commands {@code socat} and {@code jsocat}. */
module org.jsocat.cli {
    requires info.picocli;
    requires org.jsocat.core;

    exports org.jsocat.cli.log to
            org.slf4j;

    provides org.slf4j.spi.SLF4JServiceProvider with
            org.jsocat.cli.log.LogProvider;
}
