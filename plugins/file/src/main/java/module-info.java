/** Plugin file: STDIO, files, descriptors, pipes and the addresses built on them. */
module org.jsocat.plugin.file {
    requires org.jsocat.spi;
}
