package org.jsocat.plugin.inet;

import org.jsocat.spi.Option;
import org.jsocat.spi.OptionGroup;

import java.util.List;

/**
 * The option group IP6: sockets of IPv6, and how names of hosts are resolved.
 *
 * @since 1.0
 */
public final class Ip6Options implements OptionGroup {
    /** Options that the kernel's headers do not give to programs. */
    private static final List<String> ELSEWHERE = List.of("flowinfo", "ipv6-flowinfo");

    /** For {@link java.util.ServiceLoader}. */
    public Ip6Options() {}

    @Override
    public String name() {
        return "IP6";
    }

    @Override
    public List<Option<?>> options() {
        return IpRows.ip6();
    }

    @Override
    public List<String> elsewhere() {
        return ELSEWHERE;
    }
}
