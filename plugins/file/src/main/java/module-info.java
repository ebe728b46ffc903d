/**
 * Plugin file: STDIO, files, descriptors, pipes and the addresses built on them.
 *
 * <p>Everything that needs nothing but a descriptor or a name in the file system.
 */
module org.jsocat.plugin.file {
    requires org.jsocat.plugin.socket;
    requires org.jsocat.plugin.unix;
    requires org.jsocat.spi;

    provides org.jsocat.spi.AddressProvider with
            org.jsocat.plugin.file.FileAddresses;
    provides org.jsocat.spi.OptionGroup with
            org.jsocat.plugin.file.BlockDeviceOptions,
            org.jsocat.plugin.file.FifoOptions,
            org.jsocat.plugin.file.RegularFileOptions;
}
