package org.jsocat.plugin.inet;

import org.jsocat.plugin.socket.SocketKind;
import org.jsocat.spi.AddressProvider;
import org.jsocat.spi.AddressType;
import org.jsocat.spi.AddressType.Parameters;
import org.jsocat.spi.Direction;
import org.jsocat.spi.OptionGroup;
import org.jsocat.spi.posix.Linux;
import org.jsocat.testkit.Opening;

import java.util.List;

/** An address of IP to resolve under. */
final class InetFixture {
    static final SocketKind TCP =
            new SocketKind(Linux.AF_UNSPEC, Linux.SOCK_STREAM, Linux.IPPROTO_TCP);

    private InetFixture() {}

    static Opening opening(OptionGroup... groups) {
        AddressType address =
                AddressType.named("INET")
                        .groups("IP4", "IP6")
                        .opens(
                                Parameters.of(":<host>:<port>", 2),
                                Direction.BOTH,
                                context -> InetStreams.connect(context, TCP));
        AddressProvider provider = () -> List.of(address);
        return Opening.of(provider, "INET", List.of(groups), "127.0.0.1", "7");
    }
}
