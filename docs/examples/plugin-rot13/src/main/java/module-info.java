/** A sample plugin of jsocat: letters turned around the alphabet. */
module org.jsocat.example.rot {
    requires org.jsocat.spi;

    provides org.jsocat.spi.AddressProvider with
            org.jsocat.example.rot.RotProvider;
    provides org.jsocat.spi.OptionGroup with
            org.jsocat.example.rot.RotOptions;
}
