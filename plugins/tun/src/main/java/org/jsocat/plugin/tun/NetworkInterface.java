package org.jsocat.plugin.tun;

import org.jsocat.spi.AddressException;
import org.jsocat.spi.OpenContext;
import org.jsocat.spi.posix.Fd;
import org.jsocat.spi.posix.Libc;
import org.jsocat.spi.posix.Linux;
import org.jsocat.spi.posix.NativeStrings;
import org.jsocat.spi.posix.PosixException;
import org.jsocat.spi.posix.SocketAddress;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.function.Consumer;

/**
 * A network interface by its name, as the ioctls of netdevice(7) see it, in the network namespace
 * in which it was looked up.
 */
final class NetworkInterface implements AutoCloseable {
    /** IFNAMSIZ: a name with its NUL. */
    static final int NAME_BYTES = 16;

    /** The size of struct ifreq. */
    static final int REQUEST_BYTES = 40;

    private static final int SIOCGIFFLAGS = 0x8913;
    private static final int SIOCSIFFLAGS = 0x8914;
    private static final int SIOCSIFADDR = 0x8916;
    private static final int SIOCSIFNETMASK = 0x891c;
    private static final int SIOCSIFMTU = 0x8922;
    private static final int ADDRESS_BITS = 32;

    private final String name;
    private final int index;
    private final Fd control;

    /**
     * Looks an interface up.
     *
     * @throws AddressException where there is none of that name
     * @throws PosixException where there is no socket to ask it by
     */
    NetworkInterface(String name) {
        this.name = name;
        index = Libc.ifNametoindex(name);
        if (index <= 0) {
            throw AddressException.retryable("unknown interface \"" + name + "\"");
        }
        control =
                new Fd(
                        PosixException.check(
                                Libc.socket(Linux.AF_INET, Linux.SOCK_DGRAM, 0),
                                "socket(PF_INET, SOCK_DGRAM, 0)"));
    }

    String name() {
        return name;
    }

    int index() {
        return index;
    }

    /** Its flags: IFF_UP and the like. */
    int flags() {
        return call(SIOCGIFFLAGS, "SIOCGIFFLAGS, {\"" + name + "\"", _ -> {}) & 0xffff;
    }

    /** Sets all its flags. */
    void flags(int flags) {
        call(
                SIOCSIFFLAGS,
                "SIOCSIFFLAGS, {\"" + name + "\", " + flags + "}",
                union -> union.putShort(0, (short) flags));
    }

    /** Sets and clears the flags that the user names. */
    void applyFlags(OpenContext context) {
        int found = flags();
        int wanted = InterfaceOptions.flags(context, found);
        context.log()
                .debug(
                        "\"{}\": system set flags: 0x{}, merged flags: 0x{}",
                        name,
                        Integer.toHexString(found),
                        Integer.toHexString(wanted));
        flags(wanted);
    }

    /** Sets the length of its longest packet where the user gives one. */
    void applyMtu(OpenContext context) {
        context.option(InterfaceOptions.MTU)
                .ifPresent(
                        mtu ->
                                call(
                                        SIOCSIFMTU,
                                        "SIOCSIFMTU, {\"" + name + "\", " + mtu + "}",
                                        union -> union.putInt(0, mtu.intValue())));
    }

    /** Gives it an address of IPv4 in a network. */
    void address(byte[] address, int bits) {
        String shown = new SocketAddress.Inet4(address, 0).host() + "/" + bits;
        call(
                SIOCSIFADDR,
                "SIOCSIFADDR, {\"" + name + "\", \"" + shown + "\"}",
                union -> inet(union, address));
        int mask = bits == 0 ? 0 : -1 << (ADDRESS_BITS - bits);
        byte[] bytes = ByteBuffer.allocate(Integer.BYTES).putInt(mask).array();
        call(
                SIOCSIFNETMASK,
                "SIOCSIFNETMASK, {\"" + name + "\", \"" + shown + "\"}",
                union -> inet(union, bytes));
    }

    private static void inet(ByteBuffer union, byte[] address) {
        new SocketAddress.Inet4(address, 0).encode(union);
    }

    /** ioctl(2) with a struct ifreq: gives the first bytes of its union as they are afterwards. */
    private int call(int request, String text, Consumer<ByteBuffer> fill) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment memory = request(arena, name);
            ByteBuffer union =
                    memory.asSlice(NAME_BYTES).asByteBuffer().order(ByteOrder.nativeOrder());
            fill.accept(union);
            PosixException.check(
                    Libc.ioctl(control.number(), request, memory),
                    () -> "ioctl(" + control + ", " + text + ")");
            return union.getInt(0);
        }
    }

    /** A struct ifreq that names an interface; a name that is too long is cut, as in C. */
    static MemorySegment request(Arena arena, String name) {
        MemorySegment memory = arena.allocate(REQUEST_BYTES, Long.BYTES);
        byte[] bytes = NativeStrings.encode(name);
        int length = Math.min(bytes.length, NAME_BYTES - 1);
        MemorySegment.copy(MemorySegment.ofArray(bytes), 0, memory, 0, length);
        return memory;
    }

    @Override
    public void close() {
        control.close();
    }
}
