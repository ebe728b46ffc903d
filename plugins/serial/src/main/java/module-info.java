/** Plugin serial: serial ports. */
module org.jsocat.plugin.serial {
    requires org.jsocat.spi;
}
