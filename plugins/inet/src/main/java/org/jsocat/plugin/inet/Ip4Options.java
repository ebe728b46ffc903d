package org.jsocat.plugin.inet;

import org.jsocat.spi.Option;
import org.jsocat.spi.OptionGroup;

import java.util.List;

/**
 * The option group IP4: sockets of IPv4, and how names of hosts are resolved.
 *
 * @since 1.0
 */
public final class Ip4Options implements OptionGroup {
    /** Options of the BSDs, and of resolvers that glibc is not. */
    private static final List<String> ELSEWHERE =
            List.of(
                    "aaonly",
                    "res-aaonly",
                    "primary",
                    "res-primary",
                    "recvdstaddr",
                    "ip-recvdstaddr",
                    "iprecvdstaddr",
                    "recvif",
                    "ip-recvif");

    /** For {@link java.util.ServiceLoader}. */
    public Ip4Options() {}

    @Override
    public String name() {
        return "IP4";
    }

    @Override
    public List<Option<?>> options() {
        return IpRows.ip4();
    }

    @Override
    public List<String> elsewhere() {
        return ELSEWHERE;
    }
}
