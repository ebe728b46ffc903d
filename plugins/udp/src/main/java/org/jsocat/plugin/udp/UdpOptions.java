package org.jsocat.plugin.udp;

import org.jsocat.plugin.inet.PortOptions;
import org.jsocat.spi.Option;
import org.jsocat.spi.OptionGroup;

import java.util.List;

/** The option group UDP. */
public final class UdpOptions implements OptionGroup {
    /** For {@link java.util.ServiceLoader}. */
    public UdpOptions() {}

    @Override
    public String name() {
        return "UDP";
    }

    @Override
    public List<Option<?>> options() {
        return PortOptions.rows();
    }
}
