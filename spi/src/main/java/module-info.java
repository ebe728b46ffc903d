/** The contract between jsocat and its plugins, and the system calls it speaks in. */
module org.jsocat.spi {
    requires transitive org.slf4j;

    exports org.jsocat.spi;
}
