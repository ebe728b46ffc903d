/**
 * The contract between jsocat and its plugins, and the system calls it speaks in.
 *
 * @uses org.jsocat.spi.UserDatabase to look up users and groups that a command line names
 */
module org.jsocat.spi {
    requires transitive org.slf4j;

    exports org.jsocat.spi;
    exports org.jsocat.spi.opening;
    exports org.jsocat.spi.posix;

    uses org.jsocat.spi.UserDatabase;

    provides org.jsocat.spi.OptionGroup with
            org.jsocat.spi.FdOptions,
            org.jsocat.spi.NamedOptions,
            org.jsocat.spi.OpenOptions;
}
