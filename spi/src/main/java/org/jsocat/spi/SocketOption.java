package org.jsocat.spi;

import org.jsocat.spi.posix.Libc;
import org.jsocat.spi.posix.PosixException;

import java.time.Duration;

/**
 * Sets a socket option to the native form of the value (setsockopt(2)).
 *
 * @param level for example {@code SOL_SOCKET}
 * @param name for example {@code SO_KEEPALIVE}
 * @param <T> the type of the value
 * @since 1.0
 */
public record SocketOption<T>(OptionType<T> type, int level, int name) implements OptionAction<T> {
    /** A row that sets a socket option. */
    public static <T> Option<T> row(
            String option, OptionType<T> type, Phase phase, int level, int name) {
        return Option.of(option, type, phase, new SocketOption<>(type, level, name));
    }

    @Override
    public void apply(OpenContext context, OptionTarget target, T value) {
        if (target instanceof OptionTarget.Descriptor(var fd)) {
            byte[] bytes = type.encode(value);
            int result = Libc.setsockopt(fd.number(), level, name, bytes);
            PosixException.check(
                    result, () -> text(fd.number(), level, name, shown(value), bytes.length));
        }
    }

    /** The value as the reference's log lines show it. */
    private static String shown(Object value) {
        return switch (value) {
            case Number number -> "{" + number + "}";
            case Boolean truth -> "{" + (truth ? 1 : 0) + "}";
            case Duration time -> "{" + time.getSeconds() + "," + time.getNano() / 1000 + "}";
            case String text -> "\"" + text + "\"";
            default -> "{...}";
        };
    }

    private static String text(int fd, int level, int name, String value, int length) {
        return "setsockopt(" + fd + ", " + level + ", " + name + ", " + value + ", " + length + ")";
    }

    /**
     * Sets a socket option.
     *
     * @throws PosixException when the kernel refuses
     */
    public static void set(int fd, int level, int name, byte[] value) {
        PosixException.check(
                Libc.setsockopt(fd, level, name, value),
                () -> text(fd, level, name, "{...}", value.length));
    }
}
