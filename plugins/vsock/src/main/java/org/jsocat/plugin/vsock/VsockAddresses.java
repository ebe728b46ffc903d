package org.jsocat.plugin.vsock;

import org.jsocat.spi.AddressProvider;
import org.jsocat.spi.AddressType;
import org.jsocat.spi.AddressType.Parameters;
import org.jsocat.spi.Direction;

import java.util.List;

/** The addresses VSOCK-CONNECT and VSOCK-LISTEN. */
public final class VsockAddresses implements AddressProvider {
    /** For {@link java.util.ServiceLoader}. */
    public VsockAddresses() {}

    @Override
    public List<String> features() {
        return List.of("VSOCK");
    }

    @Override
    public List<AddressType> addressTypes() {
        return List.of(
                AddressType.named("VSOCK-CONNECT")
                        .alias("VSOCK")
                        .groups("FD", "SOCKET", "CHILD", "RETRY")
                        .summary("connects to a virtual machine or to its host")
                        .opens(
                                Parameters.of(":<cid>:<port>", 2),
                                Direction.BOTH,
                                VsockStreams::connect),
                AddressType.named("VSOCK-LISTEN")
                        .alias("VSOCK-L")
                        .groups("FD", "SOCKET", "LISTEN", "CHILD", "RETRY")
                        .summary("waits for connections of virtual machines or their host")
                        .listens(
                                Parameters.of(":<port>", 1), Direction.BOTH, VsockStreams::listen));
    }
}
