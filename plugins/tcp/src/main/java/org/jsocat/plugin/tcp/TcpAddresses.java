package org.jsocat.plugin.tcp;

import org.jsocat.plugin.inet.InetStreamTable;
import org.jsocat.plugin.socket.SocketKind;
import org.jsocat.spi.AddressProvider;
import org.jsocat.spi.AddressType;
import org.jsocat.spi.posix.Linux;

import java.util.List;

/** The addresses TCP-CONNECT and TCP-LISTEN, for both versions of IP and for each. */
public final class TcpAddresses implements AddressProvider {
    private static final SocketKind TCP =
            new SocketKind(Linux.AF_UNSPEC, Linux.SOCK_STREAM, Linux.IPPROTO_TCP);

    /** For {@link java.util.ServiceLoader}. */
    public TcpAddresses() {}

    @Override
    public List<String> features() {
        return List.of("IP4", "IP6", "TCP", "LISTEN", "LIBWRAP");
    }

    @Override
    public List<AddressType> addressTypes() {
        return InetStreamTable.of("TCP", TCP).alsoNamed("INET").rows();
    }
}
