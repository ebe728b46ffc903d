package org.jsocat.plugin.dccp;

import org.jsocat.plugin.inet.InetStreamTable;
import org.jsocat.plugin.socket.SocketKind;
import org.jsocat.spi.AddressProvider;
import org.jsocat.spi.AddressType;
import org.jsocat.spi.posix.Linux;

import java.util.List;

/** The addresses DCCP-CONNECT and DCCP-LISTEN, for both versions of IP and for each. */
public final class DccpAddresses implements AddressProvider {
    private static final SocketKind DCCP =
            new SocketKind(Linux.AF_UNSPEC, Linux.SOCK_DCCP, Linux.IPPROTO_DCCP);

    /** For {@link java.util.ServiceLoader}. */
    public DccpAddresses() {}

    @Override
    public List<String> features() {
        return List.of("DCCP");
    }

    @Override
    public List<AddressType> addressTypes() {
        return InetStreamTable.of("DCCP", DCCP).mayLack().rows();
    }
}
