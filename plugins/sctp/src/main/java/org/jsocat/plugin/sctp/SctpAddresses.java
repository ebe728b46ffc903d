package org.jsocat.plugin.sctp;

import org.jsocat.plugin.inet.InetStreamTable;
import org.jsocat.plugin.socket.SocketKind;
import org.jsocat.spi.AddressProvider;
import org.jsocat.spi.AddressType;
import org.jsocat.spi.posix.Linux;

import java.util.List;

/** The addresses SCTP-CONNECT and SCTP-LISTEN, for both versions of IP and for each. */
public final class SctpAddresses implements AddressProvider {
    private static final SocketKind SCTP =
            new SocketKind(Linux.AF_UNSPEC, Linux.SOCK_STREAM, Linux.IPPROTO_SCTP);

    /** For {@link java.util.ServiceLoader}. */
    public SctpAddresses() {}

    @Override
    public List<String> features() {
        return List.of("SCTP");
    }

    @Override
    public List<AddressType> addressTypes() {
        return InetStreamTable.of("SCTP", SCTP).mayLack().rows();
    }
}
