/** Plugin readline: line editing with history on a terminal. */
module org.jsocat.plugin.readline {
    requires org.jline.reader;
    requires org.jline.terminal;
    requires org.jsocat.spi;

    provides org.jsocat.spi.AddressProvider with
            org.jsocat.plugin.readline.ReadlineProvider;
    provides org.jsocat.spi.OptionGroup with
            org.jsocat.plugin.readline.ReadlineOptions;
}
