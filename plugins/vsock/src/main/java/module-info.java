/**
 * Plugin vsock: sockets between virtual machines and their host.
 *
 * @provides org.jsocat.spi.AddressProvider VSOCK-CONNECT, VSOCK-LISTEN
 */
module org.jsocat.plugin.vsock {
    requires org.jsocat.plugin.socket;
    requires org.jsocat.spi;

    provides org.jsocat.spi.AddressProvider with
            org.jsocat.plugin.vsock.VsockAddresses;
}
