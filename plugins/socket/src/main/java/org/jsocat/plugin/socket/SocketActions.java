package org.jsocat.plugin.socket;

import org.jsocat.spi.OpenContext;
import org.jsocat.spi.OptionAction;
import org.jsocat.spi.OptionTarget;
import org.jsocat.spi.OptionType;
import org.jsocat.spi.OptionTypes;
import org.jsocat.spi.OptionTypes.Three;
import org.jsocat.spi.OptionValueException;
import org.jsocat.spi.posix.Fd;
import org.jsocat.spi.posix.Libc;
import org.jsocat.spi.posix.Linux;
import org.jsocat.spi.posix.NativeStrings;
import org.jsocat.spi.posix.PosixException;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;

/**
 * What rows of the socket groups do where a level and a name do not say it all.
 *
 * @since 1.0
 */
public final class SocketActions {
    /**
     * ioctl(2) requests that take the process that gets the socket's signals
     * (asm-generic/sockios.h).
     */
    static final int FIOSETOWN = 0x8901;

    static final int SIOCSPGRP = 0x8902;

    /** Three numbers, separated by colons: struct ucred. */
    static final OptionType<int[]> INT_3 =
            new OptionType<>() {
                @Override
                public String name() {
                    return "INT[3]";
                }

                @Override
                public int[] parse(Optional<String> text) {
                    String[] parts =
                            text.orElseThrow(() -> new OptionValueException("value required"))
                                    .split(":", -1);
                    if (parts.length != 3) {
                        throw new OptionValueException(
                                "three numbers separated by colons are accepted");
                    }
                    int[] numbers = new int[3];
                    for (int i = 0; i < 3; i++) {
                        numbers[i] = OptionTypes.INT.parse(Optional.of(parts[i]));
                    }
                    return numbers;
                }

                @Override
                public byte[] encode(int[] numbers) {
                    ByteBuffer bytes = ByteBuffer.allocate(12).order(ByteOrder.nativeOrder());
                    for (int number : numbers) {
                        bytes.putInt(number);
                    }
                    return bytes.array();
                }
            };

    private SocketActions() {}

    static OptionAction<Integer> ioctl(int request) {
        return (context, target, value) -> {
            if (target instanceof OptionTarget.Descriptor(Fd socket)) {
                PosixException.check(
                        Libc.ioctlSetInt(socket.number(), request, value),
                        () ->
                                "ioctl("
                                        + socket.number()
                                        + ", 0x"
                                        + Integer.toHexString(request)
                                        + ", {"
                                        + value
                                        + "})");
            }
        };
    }

    /** An empty value means that nothing is set, not even the default of listeners. */
    static void reuseAddress(OpenContext context, OptionTarget target, Optional<Integer> value) {
        if (value.isPresent() && target instanceof OptionTarget.Descriptor(Fd socket)) {
            reuseAddress(socket, value.get());
        }
    }

    static void reuseAddress(Fd socket, int value) {
        PosixException.check(
                Libc.setsockopt(socket.number(), Linux.SOL_SOCKET, Linux.SO_REUSEADDR, value),
                () ->
                        "setsockopt("
                                + socket.number()
                                + ", SOL_SOCKET, SO_REUSEADDR, { "
                                + value
                                + " }, 4)");
    }

    static void setBytes(
            OpenContext context, OptionTarget target, Three<Integer, Integer, byte[]> value) {
        set(target, value.first(), value.second(), value.third(), "{...}");
    }

    static void setInt(
            OpenContext context, OptionTarget target, Three<Integer, Integer, Integer> value) {
        set(
                target,
                value.first(),
                value.second(),
                OptionTypes.INT.encode(value.third()),
                "{" + value.third() + "}");
    }

    static void setString(
            OpenContext context, OptionTarget target, Three<Integer, Integer, String> value) {
        byte[] text = NativeStrings.encode(value.third() + '\0');
        set(target, value.first(), value.second(), text, "\"" + value.third() + "\"");
    }

    /**
     * setsockopt(2) on the descriptor of a target; nothing where it has none.
     *
     * @param shown the value as messages show it
     * @throws PosixException when the kernel refuses
     */
    public static void set(OptionTarget target, int level, int option, byte[] value, String shown) {
        if (target instanceof OptionTarget.Descriptor(Fd socket)) {
            PosixException.check(
                    Libc.setsockopt(socket.number(), level, option, value),
                    () ->
                            "setsockopt("
                                    + socket.number()
                                    + ", "
                                    + level
                                    + ", "
                                    + option
                                    + ", "
                                    + shown
                                    + ", "
                                    + value.length
                                    + ")");
        }
    }
}
