/** Parses addresses, finds the plugins that provide them, opens them and relays between them. */
module org.jsocat.core {
    requires transitive org.jsocat.spi;
}
