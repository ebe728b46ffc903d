package org.jsocat.plugin.tun;

import org.jsocat.spi.OpenContext;
import org.jsocat.spi.Option;
import org.jsocat.spi.OptionGroup;
import org.jsocat.spi.OptionTypes;
import org.jsocat.spi.Phase;

import java.util.ArrayList;
import java.util.List;

/** The option group INTERFACE. */
public final class InterfaceOptions implements OptionGroup {
    /** Restores VLAN tags, which the kernel takes off packets that arrive. */
    static final Option<Boolean> RETRIEVE_VLAN =
            Option.of("retrieve-vlan", OptionTypes.CONST, Phase.LATE);

    /** The longest packet of the interface, bytes. */
    static final Option<Long> MTU =
            Option.of("interface-mtu", OptionTypes.UNSIGNED_INT, Phase.LATE).usually("if-mtu");

    /** The device that makes interfaces. */
    static final Option<String> DEVICE = Option.of("tun-device", OptionTypes.STRING, Phase.OPEN);

    /** The name of a new interface. */
    static final Option<String> NAME = Option.of("tun-name", OptionTypes.STRING, Phase.FD);

    /** {@code tun} for packets of IP, {@code tap} for those of Ethernet. */
    static final Option<String> TYPE = Option.of("tun-type", OptionTypes.STRING, Phase.FD);

    /** No header of four bytes before each packet. */
    static final Option<Boolean> NO_HEADER =
            Option.of("iff-no-pi", OptionTypes.BOOL, Phase.FD).usually("no-pi").alias("tun-no-pi");

    /** A flag of an interface (netdevice(7)). */
    private record Flag(Option<Boolean> option, int bit) {}

    private static final List<Flag> FLAGS =
            List.of(
                    flag("allmulti", 0x200, true),
                    flag("automedia", 0x4000, true),
                    flag("broadcast", 0x2, false),
                    flag("debug", 0x4, false),
                    flag("loopback", 0x8, true),
                    flag("master", 0x400, true),
                    multicast(),
                    flag("noarp", 0x80, true),
                    flag("notrailers", 0x20, true),
                    flag("pointopoint", 0x10, true),
                    flag("portsel", 0x2000, true),
                    flag("promisc", 0x100, true),
                    flag("running", 0x40, true),
                    flag("slave", 0x800, true),
                    flag("up", 0x1, true));

    private static final List<Option<?>> ROWS = rows();

    /** For {@link java.util.ServiceLoader}. */
    public InterfaceOptions() {}

    private static Flag flag(String name, int bit, boolean shortName) {
        Option<Boolean> option = Option.of("iff-" + name, OptionTypes.BOOL, Phase.OFFSET);
        return new Flag(shortName ? option.usually(name) : option, bit);
    }

    private static Flag multicast() {
        return new Flag(
                Option.of("iff-multicast", OptionTypes.BOOL, Phase.OFFSET).alias("multicast"),
                0x1000);
    }

    private static List<Option<?>> rows() {
        List<Option<?>> rows = new ArrayList<>();
        FLAGS.forEach(flag -> rows.add(flag.option));
        rows.addAll(List.of(NO_HEADER, MTU, RETRIEVE_VLAN, DEVICE, NAME, TYPE));
        return List.copyOf(rows);
    }

    @Override
    public String name() {
        return "INTERFACE";
    }

    @Override
    public List<Option<?>> options() {
        return ROWS;
    }

    /** The flags of an interface with those that the user sets or clears. */
    static int flags(OpenContext context, int found) {
        int result = found;
        for (Flag flag : FLAGS) {
            if (context.has(flag.option)) {
                result = context.flag(flag.option) ? result | flag.bit : result & ~flag.bit;
            }
        }
        return result;
    }
}
