package org.jsocat.cli.log;

import org.jsocat.spi.posix.CallTrace;
import org.jsocat.spi.posix.Errno;
import org.jsocat.spi.posix.Libc;
import org.jsocat.spi.posix.Linux;
import org.jsocat.spi.posix.LocalTime;
import org.jsocat.spi.posix.NativeStrings;
import org.slf4j.Marker;
import org.slf4j.event.Level;

/**
 * Where log lines go and how they look. Set up by the command line on the main thread; used by all
 * threads.
 *
 * <p>A line is {@code 2026/11/20 10:27:27 socat[4711] E text}; the letter is E, W, N (SLF4J's
 * info), I (debug) or D (trace).
 */
public final class LogOutput {
    /** What stands for a byte that is no part of a character is this and the byte. */
    private static final int LONE_BYTE = 0xdc00;

    private static final LogOutput INSTANCE = new LogOutput();

    private final long pid = ProcessHandle.current().pid();
    private volatile Level threshold = Level.WARN;
    private volatile String programName = "socat";
    private volatile boolean microseconds;
    private volatile String hostName = "";
    private volatile int descriptor = 2;
    private volatile Syslog syslog;

    private LogOutput() {}

    /** The one of this program. */
    public static LogOutput instance() {
        return INSTANCE;
    }

    /** Nothing below this level is printed. */
    public void threshold(Level level) {
        threshold = level;
    }

    /** Does something while everything down to this level is printed. */
    public void always(Level level, Runnable action) {
        Level before = threshold;
        if (!isEnabled(level)) {
            threshold = level;
        }
        try {
            action.run();
        } finally {
            threshold = before;
        }
    }

    /** Whether lines of this level are printed. */
    public boolean isEnabled(Level level) {
        return level.toInt() >= threshold.toInt();
    }

    /** The name in the lines ({@code -lp}). */
    public void programName(String name) {
        programName = name;
    }

    /** Time stamps to the microsecond ({@code -lu}). */
    public void microseconds(boolean on) {
        microseconds = on;
    }

    /** Puts the name of the host into each line ({@code -lh}). */
    public void hostName(String name) {
        hostName = name;
    }

    /** Prints to a descriptor: standard error or an open file; to none if negative. */
    public void descriptor(int fd) {
        descriptor = fd;
    }

    /** Prints to syslog too. */
    public void syslog(Syslog target) {
        syslog = target;
    }

    /**
     * Prints one line, whole even where several threads print.
     *
     * @param relay the id of the relay that it is about, which stands for the process then; or null
     */
    void print(Level level, String text, Throwable thrown, Marker relay) {
        if (isEnabled(Level.TRACE)) {
            CallTrace.silently(() -> printLine(level, text, thrown, relay));
        } else {
            printLine(level, text, thrown, relay);
        }
    }

    private void printLine(Level level, String text, Throwable thrown, Marker relay) {
        String id = relay == null ? Long.toString(pid) : relay.getName();
        String letter = letter(level);
        String shown = oneLine(text);
        Syslog toSyslog = syslog;
        if (toSyslog != null) {
            toSyslog.print(level, programName + "[" + id + "]: " + letter + " " + shown);
        }
        int fd = descriptor;
        if (fd < 0) {
            return;
        }
        StringBuilder line = new StringBuilder(shown.length() + 64);
        time(line, microseconds);
        line.append(' ');
        if (!hostName.isEmpty()) {
            line.append(hostName).append(' ');
        }
        line.append(programName)
                .append('[')
                .append(id)
                .append("] ")
                .append(letter)
                .append(' ')
                .append(shown)
                .append('\n');
        if (thrown != null && isEnabled(Level.TRACE)) {
            for (StackTraceElement frame : thrown.getStackTrace()) {
                line.append("    at ").append(frame).append('\n');
            }
        }
        write(fd, NativeStrings.encode(line.toString()));
    }

    /**
     * Control characters as C writes them: what comes from outside must not look like lines of
     * ours.
     */
    private static String oneLine(String text) {
        int end = text.endsWith("\n") ? text.length() - 1 : text.length();
        for (int i = 0; i < end; i++) {
            if (isControl(text.charAt(i))) {
                return escaped(text, end);
            }
        }
        return end == text.length() ? text : text.substring(0, end);
    }

    /** Of both sets (ISO 6429), also where a byte of the second one is no part of a character. */
    private static boolean isControl(char c) {
        return (c < ' ' && c != '\t')
                || (c >= 0x7f && c < 0xa0)
                || (c >= LONE_BYTE + 0x80 && c < LONE_BYTE + 0xa0);
    }

    private static String escaped(String text, int end) {
        StringBuilder shown = new StringBuilder(end + 16);
        for (int i = 0; i < end; i++) {
            char c = text.charAt(i);
            if (!isControl(c)) {
                shown.append(c);
            } else if (c == '\n') {
                shown.append("\\n");
            } else if (c == '\r') {
                shown.append("\\r");
            } else {
                shown.append('\\');
                digits(shown, Integer.parseInt(Integer.toOctalString(c & 0xff)), 3);
            }
        }
        return shown.toString();
    }

    /**
     * Writes bytes one after another, not mixed with those of other threads; waits where the
     * descriptor is non-blocking, as a terminal may be that another program has left so. What
     * cannot be written is lost, as there is nowhere to tell.
     */
    public static void write(int fd, byte[] bytes) {
        synchronized (INSTANCE) {
            for (int done = 0; done < bytes.length; ) {
                long count = Libc.write(fd, bytes, done, bytes.length - done);
                if (count == -Errno.EAGAIN) {
                    if (Libc.poll(fd, Linux.POLLOUT, -1) < 0) {
                        return;
                    }
                } else if (count < 0 && count != -Errno.EINTR) {
                    return;
                } else {
                    done += (int) Math.max(0, count);
                }
            }
        }
    }

    /** Appends the present time as {@code 2026/11/20 10:27:27}, with microseconds where wanted. */
    public static void time(StringBuilder line, boolean microseconds) {
        long millis = System.currentTimeMillis();
        long micros = 0;
        long seconds = millis / 1000;
        if (microseconds) {
            java.time.Instant now = java.time.Instant.now();
            seconds = now.getEpochSecond();
            micros = now.getNano() / 1000;
        }
        LocalTime time = LocalTime.of(seconds);
        digits(line, time.year(), 4);
        digits(line.append('/'), time.month(), 2);
        digits(line.append('/'), time.day(), 2);
        digits(line.append(' '), time.hour(), 2);
        digits(line.append(':'), time.minute(), 2);
        digits(line.append(':'), time.second(), 2);
        if (microseconds) {
            digits(line.append('.'), micros, 6);
        }
    }

    private static void digits(StringBuilder line, long value, int count) {
        String text = Long.toString(value);
        line.repeat('0', count - text.length()).append(text);
    }

    private static String letter(Level level) {
        return switch (level) {
            case ERROR -> "E";
            case WARN -> "W";
            case INFO -> "N";
            case DEBUG -> "I";
            case TRACE -> "D";
        };
    }
}
