/** Plugin filter: stages that look at or change the bytes that pass. */
module org.jsocat.plugin.filter {
    requires org.jsocat.spi;
}
