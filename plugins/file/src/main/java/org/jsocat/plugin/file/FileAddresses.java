package org.jsocat.plugin.file;

import org.jsocat.spi.AddressProvider;
import org.jsocat.spi.AddressType;
import org.jsocat.spi.AddressType.Parameters;
import org.jsocat.spi.Direction;

import java.util.List;

/** The addresses of this plugin, as a table. */
public final class FileAddresses implements AddressProvider {
    /** What an inherited descriptor may be, as the groups of options that it then takes. */
    private static final String[] ANY_DESCRIPTOR = {
        "FD", "FIFO", "CHR", "BLK", "REG", "SOCKET", "TERMIOS", "UNIX", "IP4", "IP6", "UDP", "TCP",
        "SCTP", "DCCP", "UDPLITE"
    };

    private static final Parameters FILE_NAME = Parameters.text(":<filename>");

    /** The reference's help shows a parameter that the address does not take; scripts read help. */
    private static final Parameters SOCKET_PAIR = new Parameters(":<filename>", 0, 0, false);

    private static final List<AddressType> TYPES =
            List.of(
                    AddressType.named("CREATE")
                            .alias("CREAT")
                            .groups("FD", "REG", "NAMED")
                            .summary("creates a file or empties it, and writes to it")
                            .opens(FILE_NAME, Direction.WRITE, CreateAddress::open),
                    AddressType.named("FD")
                            .groups(ANY_DESCRIPTOR)
                            .summary("a descriptor that the program inherited")
                            .opens(
                                    Parameters.of(":<fdnum>", 1),
                                    Direction.BOTH,
                                    InheritedDescriptors::number),
                    AddressType.named("GOPEN")
                            .groups(
                                    "FD", "FIFO", "CHR", "BLK", "REG", "SOCKET", "NAMED", "OPEN",
                                    "TERMIOS", "UNIX")
                            .summary("opens whatever has this name; a UNIX socket is connected to")
                            .opens(FILE_NAME, Direction.BOTH, GenericOpenAddress::open),
                    AddressType.named("OPEN")
                            .alias("FILE")
                            .groups("FD", "FIFO", "CHR", "BLK", "REG", "NAMED", "OPEN", "TERMIOS")
                            .summary("opens a file or device")
                            .opens(FILE_NAME, Direction.BOTH, OpenAddress::open),
                    AddressType.named("PIPE")
                            .alias("ECHO", "FIFO")
                            .groups("FD", "FIFO", "NAMED", "OPEN")
                            .summary("a pipe, named or not, that gives back what is written to it")
                            .opens(
                                    Parameters.optionalText("[:<filename>]"),
                                    Direction.BOTH,
                                    PipeAddress::open),
                    AddressType.named("SOCKETPAIR")
                            .groups("FD", "SOCKET")
                            .summary("a pair of sockets that gives back what is written to it")
                            .opens(SOCKET_PAIR, Direction.BOTH, SocketPairAddress::open),
                    AddressType.named("STALL")
                            .groups("FD", "FIFO")
                            .summary("never gives and never takes a byte")
                            .opens(Parameters.NONE, Direction.BOTH, StallAddress::open),
                    AddressType.named("STDERR")
                            .groups(ANY_DESCRIPTOR)
                            .summary("standard error")
                            .opens(Parameters.NONE, Direction.WRITE, InheritedDescriptors::stderr),
                    AddressType.named("STDIN")
                            .groups(ANY_DESCRIPTOR)
                            .summary("standard input")
                            .opens(Parameters.NONE, Direction.READ, InheritedDescriptors::stdin),
                    AddressType.named("STDIO")
                            .alias("-")
                            .groups(ANY_DESCRIPTOR)
                            .summary("standard input and output")
                            .opens(Parameters.NONE, Direction.BOTH, InheritedDescriptors::stdio),
                    AddressType.named("STDOUT")
                            .groups(ANY_DESCRIPTOR)
                            .summary("standard output")
                            .opens(Parameters.NONE, Direction.WRITE, InheritedDescriptors::stdout),
                    AddressType.named("TEXT")
                            .groups("FD", "FIFO")
                            .summary("gives a text; writing goes to standard output")
                            .opens(
                                    Parameters.text(":<string>"),
                                    Direction.BOTH,
                                    TextAddress::open));

    /** For {@link java.util.ServiceLoader}. */
    public FileAddresses() {}

    @Override
    public List<AddressType> addressTypes() {
        return TYPES;
    }

    @Override
    public List<String> features() {
        return List.of(
                "STDIO", "FDNUM", "FILE", "CREAT", "GOPEN", "PIPE", "STALL", "TEXT", "SOCKETPAIR");
    }
}
