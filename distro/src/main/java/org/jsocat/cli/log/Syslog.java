package org.jsocat.cli.log;

import org.jsocat.spi.posix.Libc;
import org.jsocat.spi.posix.Linux;
import org.jsocat.spi.posix.LocalTime;
import org.jsocat.spi.posix.NativeStrings;
import org.jsocat.spi.posix.SocketAddress;
import org.slf4j.event.Level;

import java.util.List;
import java.util.Map;

/**
 * The system's log, by datagrams to its socket (RFC 3164, section 4.1.1 for the priority, 4.1.2 for
 * the time).
 */
public final class Syslog {
    private static final String SOCKET = "/dev/log";
    private static final String MONTHS = "JanFebMarAprMayJunJulAugSepOctNovDec";
    private static final Map<String, Integer> FACILITIES =
            Map.ofEntries(
                    Map.entry("kern", 0),
                    Map.entry("user", 1),
                    Map.entry("mail", 2),
                    Map.entry("daemon", 3),
                    Map.entry("auth", 4),
                    Map.entry("security", 4),
                    Map.entry("syslog", 5),
                    Map.entry("lpr", 6),
                    Map.entry("news", 7),
                    Map.entry("uucp", 8),
                    Map.entry("cron", 9),
                    Map.entry("authpriv", 10),
                    Map.entry("ftp", 11),
                    Map.entry("local0", 16),
                    Map.entry("local1", 17),
                    Map.entry("local2", 18),
                    Map.entry("local3", 19),
                    Map.entry("local4", 20),
                    Map.entry("local5", 21),
                    Map.entry("local6", 22),
                    Map.entry("local7", 23));

    private final int facility;
    private int socket = -1;

    private Syslog(int facility) {
        this.facility = facility;
    }

    /**
     * A connection that is made with the first line.
     *
     * @param name one of {@link #facilities}
     */
    public static Syslog ofFacility(String name) {
        return new Syslog(FACILITIES.get(name));
    }

    /** The names of all facilities. */
    public static List<String> facilities() {
        return FACILITIES.keySet().stream().sorted().toList();
    }

    /** Sends one line; where nobody takes it, it is lost, as with syslog(3). */
    synchronized void print(Level level, String text) {
        StringBuilder line = new StringBuilder(text.length() + 32);
        line.append('<').append(facility << 3 | severity(level)).append('>');
        LocalTime now = LocalTime.of(System.currentTimeMillis() / 1000);
        line.append(MONTHS, 3 * now.month() - 3, 3 * now.month());
        line.append(now.day() < 10 ? "  " : " ").append(now.day());
        line.append(String.format(" %02d:%02d:%02d ", now.hour(), now.minute(), now.second()))
                .append(text);
        byte[] bytes = NativeStrings.encode(line.toString());
        if (socket < 0 && !connect()) {
            return;
        }
        if (Libc.write(socket, bytes, 0, bytes.length) < 0 && connect()) {
            Libc.write(socket, bytes, 0, bytes.length);
        }
    }

    private boolean connect() {
        if (socket >= 0) {
            Libc.close(socket);
        }
        socket = Libc.socket(Linux.AF_UNIX, Linux.SOCK_DGRAM | Linux.SOCK_CLOEXEC, 0);
        return socket >= 0 && Libc.connect(socket, SocketAddress.Unix.ofPath(SOCKET, true)) >= 0;
    }

    private static int severity(Level level) {
        return switch (level) {
            case ERROR -> 3;
            case WARN -> 4;
            case INFO -> 5;
            case DEBUG -> 6;
            case TRACE -> 7;
        };
    }
}
