package org.jsocat.cli.descriptors;

import org.jsocat.cli.descriptors.DescriptorFacts.Flags;
import org.jsocat.spi.posix.FileStatus;
import org.jsocat.spi.posix.Linux;
import org.jsocat.spi.posix.LocalTime;
import org.jsocat.spi.posix.SocketAddress;
import org.jsocat.spi.posix.Termios;

import java.util.List;

/**
 * The long form: a heading, then a line for each descriptor, in columns that tabs separate, as
 * filan of socat 1.8 has it.
 */
public final class LongForm {
    private static final String DAYS = "SunMonTueWedThuFriSat";
    private static final String MONTHS = "JanFebMarAprMayJunJulAugSepOctNovDec";
    private static final String DIGITS = "0123456789abcdef";

    /** NCCS of glibc; the kernel has 19 characters, the others are 0. */
    private static final int CONTROL_CHARACTERS = 32;

    private static final int KERNEL_CHARACTERS = 19;

    /** The reference keeps the file system's device in eight bytes with the NUL. */
    private static final int DEVICE_CHARACTERS = 7;

    private final boolean raw;
    private final StringBuilder out = new StringBuilder(1024);
    private boolean headed;

    /**
     * An empty text.
     *
     * @param raw times in seconds since 1970, devices and control characters as numbers
     */
    public LongForm(boolean raw) {
        this.raw = raw;
    }

    /** All that was added. */
    public String text() {
        return out.toString();
    }

    /** Adds a line, and the heading before the first one. */
    public void add(DescriptorFacts facts) {
        if (!headed) {
            heading();
            headed = true;
        }
        status(facts);
        facts.flags().ifPresentOrElse(this::flags, () -> out.append("\t\t\t\t"));
        if (facts.pipeSize().isPresent()) {
            out.append("\tF_GETPIPE_SZ=").append(facts.pipeSize().getAsInt());
        }
        facts.terminal().ifPresent(this::terminal);
        facts.socket().ifPresent(this::socket);
        facts.target().ifPresent(target -> out.append("LINKTARGET=").append(target));
        facts.poll().ifPresent(this::poll);
        out.append('\n');
    }

    private void heading() {
        String gap = raw ? "\t\t" : "\t\t\t\t";
        out.append("  FD  type\tdevice\tinode\tmode\tlinks\tuid\tgid\trdev\tsize\tblksize\tblocks")
                .append("\tatime")
                .append(gap)
                .append("mtime")
                .append(gap)
                .append("ctime")
                .append(gap)
                .append("cloexec\tflags\tsigown\tsigio\n");
    }

    private void status(DescriptorFacts facts) {
        FileStatus status = facts.status();
        String number = Integer.toString(facts.number());
        out.repeat(' ', Math.max(0, 4 - number.length())).append(number).append(": ");
        out.append(facts.typeName()).append('\t');
        String device =
                raw ? Long.toUnsignedString(status.device()) : classAndNumber(status.device());
        out.append(device, 0, Math.min(device.length(), DEVICE_CHARACTERS)).append('\t');
        out.append(Long.toUnsignedString(status.inode())).append('\t');
        String mode = Integer.toOctalString(status.mode());
        out.append('0').repeat('0', Math.max(0, 3 - mode.length())).append(mode);
        out.append('\t').append(status.links());
        out.append('\t').append(Integer.toUnsignedString(status.uid()));
        out.append('\t').append(Integer.toUnsignedString(status.gid()));
        out.append('\t').append(classAndNumber(status.rawDevice()));
        out.append('\t').append(status.size());
        out.append('\t').append(status.blockSize());
        out.append('\t').append(status.blocks());
        time(status.accessed());
        time(status.modified());
        time(status.changed());
    }

    /** As C's unsigned shorts: more than eight bits of a device's number count to its class. */
    static String classAndNumber(long device) {
        return (device >> 8 & 0xffff) + "," + (device & 0xff);
    }

    /** Appends a time as asctime(3) has it. */
    private void time(long seconds) {
        out.append('\t');
        if (raw) {
            out.append(seconds);
            return;
        }
        LocalTime time = LocalTime.of(seconds);
        int day = dayOfWeek(time.year(), time.month(), time.day());
        out.append(DAYS, 3 * day, 3 * day + 3).append(' ');
        out.append(MONTHS, 3 * time.month() - 3, 3 * time.month());
        out.append(time.day() < 10 ? "  " : " ").append(time.day()).append(' ');
        two(time.hour()).append(':');
        two(time.minute()).append(':');
        two(time.second()).append(' ').append(time.year());
    }

    private StringBuilder two(int value) {
        return out.append((char) ('0' + value / 10)).append((char) ('0' + value % 10));
    }

    /** 0 for Sunday. Months count from March, so that the leap day is the last of a year. */
    private static int dayOfWeek(int year, int month, int day) {
        int y = month < 3 ? year - 1 : year;
        int monthsBefore = Math.floorMod(month - 3, 12);
        int days = (153 * monthsBefore + 2) / 5 + day;
        // 1 March of the year 0 was a Wednesday
        int leapDays = Math.floorDiv(y, 4) - Math.floorDiv(y, 100) + Math.floorDiv(y, 400);
        return Math.floorMod(y + leapDays + days + 2, 7);
    }

    private void flags(Flags flags) {
        out.append('\t').append(flags.closeOnExec()).append("\tx");
        hexadecimal(flags.status(), 6);
        out.append('\t').append(flags.owner()).append('\t').append(flags.signal());
    }

    private void hexadecimal(int value, int digits) {
        String text = Integer.toHexString(value);
        out.repeat('0', Math.max(0, digits - text.length())).append(text);
    }

    private void terminal(Terminal terminal) {
        out.append('\t').append(terminal.name().orElse("NULL"));
        terminal.settings().ifPresent(this::settings);
        terminal.window()
                .ifPresent(
                        size -> {
                            out.append(" terminal window size:   ");
                            out.append(size.columns()).append('x').append(size.rows());
                            out.append(" terminal window pixels: ");
                            out.append(size.width()).append('x').append(size.height());
                        });
    }

    private void settings(Termios settings) {
        out.append(" \tIFLAGS=0x");
        hexadecimal(settings.flags(Termios.Word.INPUT), 6);
        out.append(" OFLAGS=0x");
        hexadecimal(settings.flags(Termios.Word.OUTPUT), 6);
        out.append(" CFLAGS=0x");
        hexadecimal(settings.flags(Termios.Word.CONTROL), 6);
        out.append(" LFLAGS=0x");
        hexadecimal(settings.flags(Termios.Word.LOCAL), 6);
        for (int i = 0; i < CONTROL_CHARACTERS; i++) {
            int character = i < KERNEL_CHARACTERS ? settings.controlCharacter(i) : 0;
            out.append(" cc[").append(i).append("]=");
            if (raw) {
                out.append(character);
            } else if (character < ' ') {
                out.append('^').append((char) (character + '@'));
            } else if (character < 0x7f) {
                out.append((char) character);
            } else {
                out.append('x');
                out.append(Character.toUpperCase(DIGITS.charAt(character >> 4)));
                out.append(Character.toUpperCase(DIGITS.charAt(character & 15)));
            }
        }
    }

    private void socket(SocketFacts socket) {
        for (OptionReading option : socket.socket()) {
            if (option.isPresent()) {
                out.append(option.name()).append('=');
                if (option.isInt()) {
                    out.append(option.words().getFirst());
                } else {
                    out.append('{').append(option.words().get(0));
                    out.append(',').append(option.words().get(1)).append('}');
                }
            }
            out.append('\t');
        }
        if (socket.local().isEmpty()) {
            out.append('\n');
            return;
        }
        SocketAddress local = socket.local().get();
        out.append('\t').append(local.text());
        if (socket.peer().isPresent()) {
            out.append(" <-> ").append(socket.peer().get().text()).append('\t');
        } else {
            out.append('\n');
        }
        switch (local.family()) {
            case Linux.AF_UNIX -> {}
            case Linux.AF_INET, Linux.AF_INET6 -> {
                options(socket.ip());
                options(socket.tcp());
                if (!socket.tcp().isEmpty()) {
                    connection(socket.tcp().get(SocketOptions.TCP_INFO));
                }
                options(socket.ipv6());
            }
            default -> out.append("**** NO FURTHER ANALYSIS FOR THIS SOCKET TYPE IMPLEMENTED");
        }
    }

    private void options(List<OptionReading> options) {
        for (OptionReading option : options) {
            if (option.isPresent()) {
                out.append(option.name()).append('=');
                if (option.bytes() == 0) {
                    out.append("\"\"");
                } else if (option.isInt()) {
                    out.append(option.words().getFirst());
                } else {
                    out.append('{');
                    for (int i = 0; i < option.words().size(); i++) {
                        out.append(i == 0 ? "" : " ");
                        hexadecimal(option.words().get(i), 8);
                    }
                    out.append('}');
                }
            }
            out.append('\t');
        }
    }

    private void connection(OptionReading information) {
        if (!information.isPresent()) {
            return;
        }
        TcpInformation tcp = TcpInformation.of(information);
        out.append("TCPI_STATE={").append(tcp.state()).append("}\t");
        out.append("TCPI_OPTIONS={").append(tcp.options()).append("}\t");
        out.append("TCPI_SND_WSCALE={").append(tcp.sendScale()).append("}\t");
        out.append("TCPI_RCV_WSCALE={").append(tcp.receiveScale()).append("}\t");
    }

    private void poll(Poll poll) {
        out.append("\tpoll: ");
        int start = out.length();
        if ((poll.events() & Linux.POLLIN) != 0) {
            out.append("IN");
            if (poll.readable().isPresent()) {
                out.append("(FIONREAD=").append(poll.readable().getAsLong()).append(')');
            }
        }
        event(poll, Linux.POLLPRI, "PRI", start);
        event(poll, Linux.POLLOUT, "OUT", start);
        event(poll, Linux.POLLERR, "ERR", start);
        if (!poll.error().isEmpty()) {
            out.append('(').append(poll.error()).append(')');
            // the reference has a comma behind all but errors of writing
            out.append(poll.error().startsWith("wr:") ? "" : ",");
        }
        event(poll, Linux.POLLNVAL, "NVAL", start);
        if (poll.peek()) {
            out.append("; ");
            if (poll.peeked().isPresent()) {
                out.append("recvmsg=").append(poll.peeked().getAsLong()).append(", ");
            }
        }
    }

    private void event(Poll poll, int event, String name, int start) {
        if ((poll.events() & event) != 0) {
            out.append(out.length() > start ? "," : "").append(name);
        }
    }
}
