/** A plugin of jsocat: letters in upper case. */
module org.example.shout {
    requires org.jsocat.spi;

    provides org.jsocat.spi.AddressProvider with
            org.example.shout.ShoutProvider;
}
