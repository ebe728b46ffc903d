package org.jsocat.core.open;

import org.jsocat.core.plan.Plan;
import org.jsocat.core.relay.Side;
import org.jsocat.spi.AddressType;
import org.jsocat.spi.AddressType.Parameters;
import org.jsocat.spi.DescriptorEndpoint;
import org.jsocat.spi.Direction;
import org.jsocat.spi.posix.Fd;
import org.jsocat.spi.posix.FileStatus;
import org.jsocat.spi.posix.Libc;
import org.jsocat.spi.posix.Linux;

import java.util.List;
import java.util.Optional;

/**
 * Sides whose descriptors were opened elsewhere: by the process that listens, for a worker; and the
 * identity that a worker takes for an address that it does not open itself.
 */
public final class Adoption {
    /** Of a side without options. */
    private static final Plan.Address NOTHING =
            new Plan.Address(
                    AddressType.named("PASSED")
                            .opens(
                                    Parameters.NONE,
                                    Direction.BOTH,
                                    context -> {
                                        throw new IllegalStateException("it is open");
                                    }),
                    "PASSED",
                    List::of,
                    "PASSED",
                    List.of(),
                    List.of(),
                    false);

    private Adoption() {}

    /**
     * A side over descriptors that are in its possession from now on.
     *
     * @param plan the address that they belong to, whose options about ends and the transfer hold;
     *     empty for none
     * @param input what is read
     * @param output what is written; may be the same
     */
    public static Side side(Optional<Plan> plan, RelayContext relay, Fd input, Fd output) {
        Plan.Address address = plan.flatMap(Plan::end).orElse(NOTHING);
        OpeningContext context =
                new OpeningContext(address, Direction.BOTH, relay, Optional.empty());
        input.setNonBlocking(true);
        output.setNonBlocking(true);
        DescriptorEndpoint.Builder builder = DescriptorEndpoint.over(context, input, output);
        int type = FileStatus.modeOf(input.number()) & Linux.S_IFMT;
        if (type == Linux.S_IFSOCK) {
            builder.socket();
            if (Libc.getsockopt(input.number(), Linux.SOL_SOCKET, Linux.SO_TYPE)
                    != Linux.SOCK_STREAM) {
                builder.packets(false);
            }
        }
        return context.transferOptions(
                Side.plain(builder.build(), context.wakeups()), () -> context.cleanups().run());
    }

    /**
     * Has this process take the identity that the options of an address ask for.
     *
     * @throws org.jsocat.spi.AddressException where it is refused; that has been logged
     */
    public static void takeIdentity(Plan plan, RelayContext relay) {
        plan.end()
                .ifPresent(
                        address ->
                                new OpeningContext(
                                                address,
                                                Direction.BOTH,
                                                relay.alone(),
                                                Optional.empty())
                                        .takeIdentity());
    }
}
