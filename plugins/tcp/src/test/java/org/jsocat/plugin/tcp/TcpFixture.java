package org.jsocat.plugin.tcp;

import org.jsocat.plugin.inet.Ip4Options;
import org.jsocat.plugin.inet.Ip6Options;
import org.jsocat.plugin.inet.RangeOptions;
import org.jsocat.plugin.socket.ListenOptions;
import org.jsocat.plugin.socket.SocketOptions;
import org.jsocat.plugin.socket.StreamListener;
import org.jsocat.spi.FdOptions;
import org.jsocat.spi.Listener;
import org.jsocat.spi.OptionGroup;
import org.jsocat.spi.posix.SocketAddress;
import org.jsocat.testkit.Opening;

import java.util.List;

/** Opens addresses of TCP in tests. */
final class TcpFixture {
    static final List<OptionGroup> GROUPS =
            List.of(
                    new FdOptions(),
                    new SocketOptions(),
                    new ListenOptions(),
                    new RangeOptions(),
                    new Ip4Options(),
                    new Ip6Options(),
                    new TcpOptions());

    private TcpFixture() {}

    static Opening opening(String keyword, String... parameters) {
        return Opening.of(new TcpAddresses(), keyword, GROUPS, parameters);
    }

    /** The port that the kernel chose for a listener. */
    static int port(Listener listener) {
        return port(((StreamListener) listener).local());
    }

    static int port(SocketAddress address) {
        return address instanceof SocketAddress.Inet4 inet4
                ? inet4.port()
                : ((SocketAddress.Inet6) address).port();
    }
}
