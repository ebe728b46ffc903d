package org.jsocat.cli.descriptors;

import org.jsocat.cli.descriptors.DescriptorFacts.Flags;
import org.jsocat.spi.posix.FileStatus;
import org.jsocat.spi.posix.Linux;
import org.jsocat.spi.posix.SocketAddress;
import org.jsocat.spi.posix.Termios;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Descriptors as maps, lists, texts and numbers, ready for JSON. Names are those of the long form's
 * columns; what is not known is left out. Times are in seconds since 1970.
 */
public final class JsonForm {
    private static final String[] EVENTS = {
        "IN", "PRI", "OUT", "ERR", "HUP", "NVAL", "RDNORM", "RDBAND", "WRNORM", "WRBAND"
    };

    private JsonForm() {}

    /** A descriptor. */
    public static Map<String, Object> of(DescriptorFacts facts) {
        Map<String, Object> object = new LinkedHashMap<>();
        FileStatus status = facts.status();
        object.put("fd", facts.number());
        object.put("type", facts.typeName());
        facts.path().ifPresent(path -> object.put("path", path));
        object.put("device", LongForm.classAndNumber(status.device()));
        object.put("inode", status.inode());
        object.put("mode", "0" + Integer.toOctalString(status.mode()));
        object.put("links", status.links());
        object.put("uid", Integer.toUnsignedLong(status.uid()));
        object.put("gid", Integer.toUnsignedLong(status.gid()));
        object.put("rdev", LongForm.classAndNumber(status.rawDevice()));
        object.put("size", status.size());
        object.put("blksize", status.blockSize());
        object.put("blocks", status.blocks());
        object.put("atime", status.accessed());
        object.put("mtime", status.modified());
        object.put("ctime", status.changed());
        facts.flags().ifPresent(flags -> flags(object, flags));
        facts.pipeSize().ifPresent(size -> object.put("pipeSize", size));
        facts.terminal().ifPresent(terminal -> object.put("terminal", terminal(terminal)));
        facts.socket().ifPresent(socket -> object.put("socket", socket(socket)));
        facts.target().ifPresent(target -> object.put("linkTarget", target));
        facts.poll().ifPresent(poll -> poll(object, poll));
        return object;
    }

    private static void flags(Map<String, Object> object, Flags flags) {
        object.put("cloexec", flags.closeOnExec() == 1);
        object.put("flags", "0x" + Integer.toHexString(flags.status()));
        object.put("sigown", flags.owner());
        object.put("sigio", flags.signal());
    }

    private static Map<String, Object> terminal(Terminal terminal) {
        Map<String, Object> object = new LinkedHashMap<>();
        terminal.name().ifPresent(name -> object.put("name", name));
        terminal.settings()
                .ifPresent(
                        settings -> {
                            for (Termios.Word word : Termios.Word.values()) {
                                object.put(
                                        word.name().toLowerCase(java.util.Locale.ROOT) + "Flags",
                                        "0x" + Integer.toHexString(settings.flags(word)));
                            }
                            List<Object> characters = new ArrayList<>();
                            for (int i = 0; i < 19; i++) {
                                characters.add(settings.controlCharacter(i));
                            }
                            object.put("controlCharacters", characters);
                            object.put("inputSpeed", settings.inputSpeed());
                            object.put("outputSpeed", settings.outputSpeed());
                        });
        terminal.window()
                .ifPresent(
                        size -> {
                            object.put("columns", size.columns());
                            object.put("rows", size.rows());
                            object.put("width", size.width());
                            object.put("height", size.height());
                        });
        return object;
    }

    private static Map<String, Object> socket(SocketFacts socket) {
        Map<String, Object> object = new LinkedHashMap<>();
        socket.local().ifPresent(local -> object.put("family", familyName(local.family())));
        socket.local().ifPresent(local -> object.put("local", local.text()));
        socket.peer().map(SocketAddress::text).ifPresent(peer -> object.put("peer", peer));
        Map<String, Object> options = new LinkedHashMap<>();
        socket.socket().forEach(option -> option(options, option));
        socket.ip().forEach(option -> option(options, option));
        socket.tcp().forEach(option -> option(options, option));
        socket.ipv6().forEach(option -> option(options, option));
        object.put("options", options);
        if (!socket.tcp().isEmpty() && socket.tcp().get(SocketOptions.TCP_INFO).isPresent()) {
            TcpInformation tcp = TcpInformation.of(socket.tcp().get(SocketOptions.TCP_INFO));
            Map<String, Object> information = new LinkedHashMap<>();
            information.put("state", tcp.state());
            information.put("options", tcp.options());
            information.put("sendScale", tcp.sendScale());
            information.put("receiveScale", tcp.receiveScale());
            object.put("tcpInfo", information);
        }
        return object;
    }

    private static String familyName(int family) {
        return switch (family) {
            case Linux.AF_UNIX -> "unix";
            case Linux.AF_INET -> "inet";
            case Linux.AF_INET6 -> "inet6";
            case Linux.AF_VSOCK -> "vsock";
            case 16 -> "netlink";
            case 17 -> "packet";
            default -> Integer.toString(family);
        };
    }

    private static void option(Map<String, Object> options, OptionReading option) {
        if (!option.isPresent()) {
            return;
        }
        if (option.isInt()) {
            options.put(option.name(), option.words().getFirst());
        } else if (option.bytes() == 0) {
            options.put(option.name(), List.of());
        } else {
            options.put(option.name(), option.words());
        }
    }

    private static void poll(Map<String, Object> object, Poll poll) {
        List<String> events = new ArrayList<>();
        for (int i = 0; i < EVENTS.length; i++) {
            if ((poll.events() >> i & 1) != 0) {
                events.add(EVENTS[i]);
            }
        }
        object.put("poll", events);
        poll.readable().ifPresent(count -> object.put("readable", count));
        if (!poll.error().isEmpty()) {
            object.put("error", poll.error());
        }
    }
}
