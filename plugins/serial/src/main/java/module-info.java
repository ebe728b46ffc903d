/** Plugin serial: serial ports. */
module org.jsocat.plugin.serial {
    requires com.fazecast.jSerialComm;
    requires org.jsocat.spi;

    provides org.jsocat.spi.AddressProvider with
            org.jsocat.plugin.serial.SerialProvider;
    provides org.jsocat.spi.OptionGroup with
            org.jsocat.plugin.serial.SerialOptions;
    provides org.jsocat.spi.Subcommand with
            org.jsocat.plugin.serial.PortsCommand;
}
