package org.jsocat.plugin.tun;

import org.jsocat.spi.AddressProvider;
import org.jsocat.spi.AddressType;
import org.jsocat.spi.AddressType.Parameters;
import org.jsocat.spi.Direction;

import java.util.List;

/** The addresses TUN and INTERFACE. */
public final class InterfaceAddresses implements AddressProvider {
    /** For {@link java.util.ServiceLoader}. */
    public InterfaceAddresses() {}

    @Override
    public List<String> features() {
        return List.of("TUN", "INTERFACE");
    }

    @Override
    public List<String> needs(AddressType type) {
        return type.name().equals("TUN")
                ? List.of("a network interface of its own (CAP_NET_ADMIN)", "/dev/net/tun")
                : List.of("raw sockets (CAP_NET_RAW)");
    }

    @Override
    public List<AddressType> addressTypes() {
        return List.of(
                AddressType.named("INTERFACE")
                        .alias("IF")
                        .groups("FD", "SOCKET", "INTERFACE")
                        .summary("packets of a network interface, headers included")
                        .opens(
                                Parameters.of(":<interface>", 1),
                                Direction.BOTH,
                                InterfaceOpening::open),
                AddressType.named("TUN")
                        .groups("FD", "CHR", "OPEN", "INTERFACE")
                        .summary("a new network interface")
                        .opens(
                                new Parameters("[:<ip-addr>/<bits>]", 0, 1, false),
                                Direction.BOTH,
                                TunOpening::open));
    }
}
