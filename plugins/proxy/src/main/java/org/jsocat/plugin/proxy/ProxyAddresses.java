package org.jsocat.plugin.proxy;

import org.jsocat.spi.AddressProvider;
import org.jsocat.spi.AddressType;
import org.jsocat.spi.AddressType.Parameters;
import org.jsocat.spi.Composition;
import org.jsocat.spi.Composition.Part;
import org.jsocat.spi.Composition.Written;
import org.jsocat.spi.Direction;
import org.jsocat.spi.Option;
import org.jsocat.spi.StageOpener;

import java.util.List;

/**
 * The addresses of proxies. As a stage each takes the target only, and what is to its right leads
 * to the proxy; as an address it leads there by TCP.
 */
public final class ProxyAddresses implements AddressProvider {
    private static final Parameters TARGET = Parameters.of(":<host>:<port>", 2);
    private static final String HTTP_PORT = "8080";
    private static final String SOCKS_PORT = "1080";

    /** For {@link java.util.ServiceLoader}. */
    public ProxyAddresses() {}

    @Override
    public List<String> features() {
        return List.of("SOCKS4", "SOCKS4A", "SOCKS5", "PROXY");
    }

    @Override
    public List<AddressType> addressTypes() {
        return List.of(
                proxy(),
                socks4("SOCKS4", false).alias("SOCKS").summary("connects through a SOCKS4 server"),
                socks4("SOCKS4A", true)
                        .summary("connects through a SOCKS4 server, which looks the target up"),
                socks5("SOCKS5-CONNECT", ":<target-host>:<target-port>", Socks5::connect)
                        .alias("SOCKS5")
                        .summary("connects through a SOCKS5 server"),
                socks5("SOCKS5-LISTEN", ":<listen-host>:<listen-port>", Socks5::listen)
                        .alias("SOCKS5-BIND")
                        .summary("has a SOCKS5 server wait for a connection"));
    }

    private static AddressType proxy() {
        return row("PROXY", "HTTP", TARGET, new HttpConnect())
                .alias("PROXY-CONNECT")
                .summary("connects through an HTTP proxy")
                .over(
                        Parameters.of(":<proxy-server>:<host>:<port>", 3),
                        Direction.BOTH,
                        written -> composition("PROXY", written, HttpOptions.PORT, HTTP_PORT));
    }

    private static AddressType socks4(String name, boolean serverResolves) {
        return row(
                        name,
                        "SOCKS",
                        TARGET,
                        (context, inner) -> Socks4.open(context, inner, serverResolves))
                .over(
                        Parameters.of(":<socks-server>:<host>:<port>", 3),
                        Direction.BOTH,
                        written -> composition(name, written, SocksOptions.PORT, SOCKS_PORT));
    }

    private static AddressType socks5(String name, String target, StageOpener opener) {
        return row(name, "SOCKS", Parameters.of(target, 2), opener)
                .over(
                        new Parameters(":<socks-server>[:<socks-port>]" + target, 3, 4, false),
                        Direction.BOTH,
                        written -> composition(name, written, SocksOptions.PORT, SOCKS_PORT));
    }

    private static AddressType row(
            String name, String group, Parameters target, StageOpener opener) {
        return AddressType.named(name)
                .groups("FD", "SOCKET", "CHILD", "RETRY", "IP4", "IP6", "TCP", group)
                .stageGroups(group, "RETRY")
                .stage(target, Direction.BOTH, Direction.BOTH, opener);
    }

    /** The server comes first, its port may come second, the target is behind them. */
    private static Composition composition(
            String name, Written written, Option<String> portOption, String usualPort) {
        List<String> parameters = written.parameters();
        int target = parameters.size() - 2;
        String port = written.option(portOption).orElse(usualPort);
        if (target == 2) {
            port = written.parameter(1);
        }
        return new Composition(
                Part.of(name, written.parameter(target), written.parameter(target + 1)),
                Part.of("TCP-CONNECT", written.parameter(0), port));
    }
}
