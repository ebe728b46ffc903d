package org.jsocat.plugin.tcp;

import org.jsocat.plugin.inet.PortOptions;
import org.jsocat.spi.Option;
import org.jsocat.spi.OptionGroup;
import org.jsocat.spi.OptionTypes;
import org.jsocat.spi.Phase;
import org.jsocat.spi.SocketOption;
import org.jsocat.spi.posix.Linux;

import java.util.List;
import java.util.stream.Stream;

/** The option group TCP. */
public final class TcpOptions implements OptionGroup {
    private static final List<Option<?>> ROWS =
            Stream.concat(
                            Stream.of(
                                    row("cork", Linux.TCP_CORK),
                                    row("defer-accept", Linux.TCP_DEFER_ACCEPT),
                                    row("info", Linux.TCP_INFO),
                                    row("keepcnt", Linux.TCP_KEEPCNT),
                                    row("keepidle", Linux.TCP_KEEPIDLE),
                                    row("keepintvl", Linux.TCP_KEEPINTVL),
                                    row("linger2", Linux.TCP_LINGER2),
                                    row("maxseg", Phase.PASTSOCKET, Linux.TCP_MAXSEG)
                                            .usually("mss")
                                            .alias("maxseg"),
                                    row("maxseg-late", Phase.CONNECTED, Linux.TCP_MAXSEG)
                                            .usually("mss-late")
                                            .alias("maxseg-late"),
                                    row("md5sig", Phase.PASTSOCKET, Linux.TCP_MD5SIG),
                                    row("nodelay", Linux.TCP_NODELAY),
                                    row("quickack", Linux.TCP_QUICKACK),
                                    row("syncnt", Linux.TCP_SYNCNT),
                                    row("window-clamp", Linux.TCP_WINDOW_CLAMP)),
                            PortOptions.rows().stream())
                    .toList();

    /** Options of AIX, HP-UX, Solaris, Tru64 and the BSDs. */
    private static final List<String> ELSEWHERE =
            List.of(
                    "abort-threshold",
                    "tcp-abort-threshold",
                    "conn-abort-threshold",
                    "tcp-conn-abort-threshold",
                    "keepinit",
                    "tcp-keepinit",
                    "noopt",
                    "tcp-noopt",
                    "nopush",
                    "tcp-nopush",
                    "paws",
                    "tcp-paws",
                    "rfc1323",
                    "tcp-rfc1323",
                    "sack-disable",
                    "tcp-sack-disable",
                    "sackena",
                    "tcp-sackena",
                    "signature-enable",
                    "tcp-signature-enable",
                    "stdurg",
                    "tcp-stdurg",
                    "tsoptena",
                    "tcp-tsoptena");

    /** For {@link java.util.ServiceLoader}. */
    public TcpOptions() {}

    @Override
    public String name() {
        return "TCP";
    }

    @Override
    public List<Option<?>> options() {
        return ROWS;
    }

    @Override
    public List<String> elsewhere() {
        return ELSEWHERE;
    }

    /** A number named {@code tcp-NAME} and usually just by its name. */
    private static Option<Integer> row(String name, int option) {
        return row(name, Phase.PASTSOCKET, option).usually(name);
    }

    private static Option<Integer> row(String name, Phase phase, int option) {
        return SocketOption.row("tcp-" + name, OptionTypes.INT, phase, Linux.SOL_TCP, option);
    }
}
