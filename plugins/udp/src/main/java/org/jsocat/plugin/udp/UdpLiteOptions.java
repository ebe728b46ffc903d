package org.jsocat.plugin.udp;

import org.jsocat.plugin.inet.PortOptions;
import org.jsocat.spi.Option;
import org.jsocat.spi.OptionGroup;
import org.jsocat.spi.OptionTypes;
import org.jsocat.spi.Phase;
import org.jsocat.spi.SocketOption;
import org.jsocat.spi.posix.Linux;

import java.util.ArrayList;
import java.util.List;

/** The option group UDPLITE: how much of a packet is covered by its checksum (RFC 3828). */
public final class UdpLiteOptions implements OptionGroup {
    private static final int SEND_COVERAGE = 10;
    private static final int RECEIVE_COVERAGE = 11;

    private static final List<Option<?>> ROWS = rows();

    /** For {@link java.util.ServiceLoader}. */
    public UdpLiteOptions() {}

    @Override
    public String name() {
        return "UDPLITE";
    }

    @Override
    public List<Option<?>> options() {
        return ROWS;
    }

    private static List<Option<?>> rows() {
        List<Option<?>> rows = new ArrayList<>(PortOptions.rows());
        rows.add(row("udplite-recv-cscov", RECEIVE_COVERAGE));
        rows.add(row("udplite-send-cscov", SEND_COVERAGE));
        return List.copyOf(rows);
    }

    private static Option<Integer> row(String name, int option) {
        return SocketOption.row(name, OptionTypes.INT, Phase.FD, Linux.SOL_UDPLITE, option);
    }
}
