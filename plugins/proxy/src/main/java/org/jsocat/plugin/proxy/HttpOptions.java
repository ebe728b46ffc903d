package org.jsocat.plugin.proxy;

import org.jsocat.spi.Option;
import org.jsocat.spi.OptionGroup;
import org.jsocat.spi.OptionTypes;
import org.jsocat.spi.Phase;

import java.util.List;

/** The option group HTTP: how a proxy is asked. */
public final class HttpOptions implements OptionGroup {
    static final Option<String> VERSION =
            Option.of("http-version", OptionTypes.STRING, Phase.LATE)
                    .summary("the version in the request, 1.0 by default");
    static final Option<Boolean> IGNORE_CR =
            Option.of("ignorecr", OptionTypes.BOOL, Phase.LATE)
                    .summary("takes a lone line feed for the end of a line of the answer");
    static final Option<String> AUTHORIZATION =
            Option.of("proxy-authorization", OptionTypes.STRING, Phase.LATE)
                    .usually("proxyauth")
                    .alias("proxy-auth")
                    .asSecret()
                    .summary("user:password, which everybody sees in the list of processes");
    static final Option<String> AUTHORIZATION_FILE =
            Option.of("proxy-authorization-file", OptionTypes.FILE, Phase.LATE)
                    .usually("proxyauthfile")
                    .summary("a file with user:password");
    static final Option<Boolean> RESOLVE =
            Option.of("proxy-resolve", OptionTypes.BOOL, Phase.LATE)
                    .usually("resolve")
                    .alias("resolv")
                    .summary("looks the target up here and sends its IPv4 address");
    static final Option<String> PORT =
            Option.of("proxyport", OptionTypes.STRING, Phase.LATE)
                    .summary("the port of the proxy, 8080 by default");

    private static final List<Option<?>> ROWS =
            List.of(VERSION, IGNORE_CR, AUTHORIZATION, AUTHORIZATION_FILE, RESOLVE, PORT);

    /** For {@link java.util.ServiceLoader}. */
    public HttpOptions() {}

    @Override
    public String name() {
        return "HTTP";
    }

    @Override
    public List<Option<?>> options() {
        return ROWS;
    }
}
