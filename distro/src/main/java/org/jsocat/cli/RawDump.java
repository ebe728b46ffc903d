package org.jsocat.cli;

import java.nio.ByteBuffer;
import java.util.Map;
import java.util.Optional;
import org.jsocat.cli.log.LogOutput;
import org.jsocat.core.relay.Tap;
import org.jsocat.spi.posix.Errno;
import org.jsocat.spi.posix.Libc;
import org.jsocat.spi.posix.Linux;
import org.jsocat.spi.posix.PosixException;
import org.slf4j.Logger;

/**
 * Appends what passes to files: {@code -r} and {@code -R}. A name may refer to environment variables and to {@code $$}
 * (process id), {@code $PROGNAME}, {@code $TIMESTAMP} and {@code $MICROS}.
 */
final class RawDump implements Tap {
    private final int rightward;
    private final int leftward;
    private final Logger log;

    private RawDump(int rightward, int leftward, Logger log) {
        this.rightward = rightward;
        this.leftward = leftward;
        this.log = log;
    }

    /** Opens the files. */
    static RawDump open(Optional<String> rightward, Optional<String> leftward, String programName, Logger log) {
        StringBuilder now = new StringBuilder();
        LogOutput.time(now, true);
        return new RawDump(
                rightward.map(name -> open("-r", expand(name, programName, now))).orElse(-1),
                leftward.map(name -> open("-R", expand(name, programName, now))).orElse(-1),
                log);
    }

    private static int open(String option, String path) {
        int flags = Linux.O_CREAT | Linux.O_WRONLY | Linux.O_APPEND | Linux.O_CLOEXEC | Linux.O_NONBLOCK;
        int fd = Libc.open(path, flags, 0664);
        if (fd == -Errno.ENXIO) {
            fd = Libc.open(path, flags & ~Linux.O_WRONLY | Linux.O_RDWR, 0664);
        }
        return PosixException.check(fd, () -> "option " + option + " \"" + path + "\"");
    }

    private static String expand(String name, String programName, CharSequence now) {
        Map<String, String> own = Map.of(
                "PROGNAME", programName,
                "TIMESTAMP", now.toString().replaceAll("[/:]|\\..*", "").replace(' ', 'T'),
                "MICROS", now.toString().replaceAll(".*\\.", ""));
        StringBuilder path = new StringBuilder();
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (c == '\\' && i + 1 < name.length()) {
                path.append(name.charAt(++i));
            } else if (c != '$' || i + 1 == name.length()) {
                path.append(c);
            } else if (name.charAt(i + 1) == '$') {
                path.append(ProcessHandle.current().pid());
                i++;
            } else {
                boolean braced = name.charAt(i + 1) == '{';
                int start = braced ? i + 2 : i + 1;
                int end = start;
                while (end < name.length() && (Character.isLetterOrDigit(name.charAt(end)) || name.charAt(end) == '_')) {
                    end++;
                }
                String variable = name.substring(start, end);
                String value = own.get(variable);
                path.append(value != null ? value : Optional.ofNullable(System.getenv(variable)).orElse(""));
                i = braced ? end : end - 1;
            }
        }
        return path.toString();
    }

    @Override
    public void block(boolean leftToRight, ByteBuffer block) {
        int fd = leftToRight ? rightward : leftward;
        if (fd < 0) {
            return;
        }
        byte[] bytes = new byte[block.remaining()];
        block.get(block.position(), bytes);
        long count = Libc.write(fd, bytes, 0, bytes.length);
        if (count < bytes.length) {
            String option = leftToRight ? "-r" : "-R";
            log.warn(
                    "{}: write({}, buff, {}): {}",
                    option,
                    fd,
                    bytes.length,
                    count < 0 ? Errno.text((int) -count) : "only " + count + " bytes");
        }
    }

    @Override
    public void close() {
        if (rightward >= 0) {
            Libc.close(rightward);
        }
        if (leftward >= 0) {
            Libc.close(leftward);
        }
    }
}
