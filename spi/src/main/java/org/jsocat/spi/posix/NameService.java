package org.jsocat.spi.posix;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Names of hosts and services, as libc resolves them: by the files, name servers and whatever else
 * nsswitch.conf(5) says.
 *
 * <p>Thread-safe. Calls block the calling thread for as long as name servers take; a virtual thread
 * gives its carrier back meanwhile, and may be interrupted (the answer is EINTR then).
 *
 * <p>Source: getaddrinfo(3), getnameinfo(3), resolver(3).
 *
 * @since 0.1
 */
public final class NameService {

    // flags of getaddrinfo(3)
    public static final int AI_PASSIVE = 0x1;
    public static final int AI_NUMERICHOST = 0x4;
    public static final int AI_V4MAPPED = 0x8;
    public static final int AI_ALL = 0x10;
    public static final int AI_ADDRCONFIG = 0x20;

    // errors of getaddrinfo(3)
    public static final int EAI_NONAME = -2;
    public static final int EAI_AGAIN = -3;
    public static final int EAI_SOCKTYPE = -7;
    public static final int EAI_SERVICE = -8;
    public static final int EAI_SYSTEM = -11;

    // options of the resolver
    public static final int RES_DEBUG = 0x2;
    public static final int RES_USEVC = 0x8;
    public static final int RES_IGNTC = 0x20;
    public static final int RES_RECURSE = 0x40;
    public static final int RES_DEFNAMES = 0x80;
    public static final int RES_STAYOPEN = 0x100;
    public static final int RES_DNSRCH = 0x200;

    private static final Symbol GETADDRINFO = new Symbol("getaddrinfo");
    private static final Symbol FREEADDRINFO = new Symbol("freeaddrinfo");
    private static final Symbol GAI_STRERROR = new Symbol("gai_strerror");
    private static final Symbol GETPROTOBYNUMBER = new Symbol("getprotobynumber");
    private static final Symbol RES_STATE = new Symbol("__res_state");
    private static final Symbol RES_INITIALIZE = new Symbol("__res_init");

    private static final int ADDRINFO_BYTES = 48;
    private static final int HOST_BYTES = 1025;
    private static final int NI_NAMEREQD = 8;
    private static final int RES_INIT = 1;

    /** The settings at the start of struct __res_state: up to the list of name servers. */
    private static final int RES_STATE_BYTES = 68;

    private NameService() {}

    /**
     * What was found.
     *
     * @param error 0, or an EAI_ number
     * @param errno with {@link #EAI_SYSTEM} what went wrong
     * @param addresses in the order of preference; empty after an error
     */
    public record Answer(int error, int errno, List<SocketAddress> addresses) {
        /**
         * What went wrong, in words.
         *
         * @return for example {@code Name or service not known}
         */
        public String text() {
            return error == EAI_SYSTEM ? Errno.text(errno) : errorText(error);
        }
    }

    /**
     * Settings of the resolver that differ from resolv.conf(5) for one question.
     *
     * @param set RES_ options to switch on
     * @param cleared RES_ options to switch off
     * @param retransmission seconds until a question is repeated
     * @param attempts how often it is asked
     * @param server the only name server
     */
    public record Settings(
            int set,
            int cleared,
            Optional<Integer> retransmission,
            Optional<Integer> attempts,
            Optional<SocketAddress.Inet4> server) {
        /** No difference. */
        public static final Settings NONE =
                new Settings(0, 0, Optional.empty(), Optional.empty(), Optional.empty());
    }

    /**
     * getaddrinfo(3).
     *
     * @param host a name or a numeric address
     * @param service a name or a port number
     * @param flags AI_ flags
     * @param family the family, or 0 for any
     * @param type the type of socket, or 0 for any
     * @param protocol the protocol, or 0 for any
     * @param settings of the resolver
     * @return the addresses, or the error
     */
    public static Answer addresses(
            Optional<String> host,
            Optional<String> service,
            int flags,
            int family,
            int type,
            int protocol,
            Settings settings) {
        return BlockingCalls.make(
                () -> ask(host, service, flags, family, type, protocol, settings),
                new Answer(EAI_SYSTEM, Errno.EINTR, List.of()),
                late -> {});
    }

    private static Answer ask(
            Optional<String> host,
            Optional<String> service,
            int flags,
            int family,
            int type,
            int protocol,
            Settings settings) {
        CallState state = CallState.current();
        try (Arena arena = Arena.ofConfined();
                Resolver _ = Resolver.with(state, settings)) {
            MemorySegment memory = arena.allocate(ADDRINFO_BYTES + Long.BYTES, 8);
            ByteBuffer hints = memory.asByteBuffer().order(ByteOrder.nativeOrder());
            hints.putInt(0, flags);
            hints.putInt(4, family);
            hints.putInt(8, type);
            hints.putInt(12, protocol);
            long result = memory.address() + ADDRINFO_BYTES;
            int error =
                    GETADDRINFO.callValue(
                            state,
                            cString(arena, host),
                            cString(arena, service),
                            memory.address(),
                            result,
                            0,
                            0);
            if (error != 0) {
                return new Answer(error, state.errno(), List.of());
            }
            long first = hints.getLong(ADDRINFO_BYTES);
            try {
                return new Answer(0, 0, decode(first));
            } finally {
                FREEADDRINFO.callValue(state, first, 0, 0, 0, 0, 0);
            }
        }
    }

    /**
     * Has libc load what it looks hosts up with, as nsswitch.conf(5) says, before another root
     * directory hides those libraries or has others in their place.
     */
    public static void warmUp() {
        addresses(
                Optional.of("localhost"),
                Optional.empty(),
                0,
                0,
                Linux.SOCK_STREAM,
                0,
                Settings.NONE);
    }

    /**
     * The name of a host: getnameinfo(3).
     *
     * @param address its address
     * @return its name, if it has one
     */
    public static Optional<String> hostName(SocketAddress address) {
        boolean named =
                address instanceof SocketAddress.Inet4 || address instanceof SocketAddress.Inet6;
        return named
                ? BlockingCalls.make(() -> nameInfo(address), Optional.empty(), late -> {})
                : Optional.empty();
    }

    private static Optional<String> nameInfo(SocketAddress address) {
        byte[] socket = address.bytes();
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment host = arena.allocate(HOST_BYTES);
            int error =
                    (int)
                            NameInfo.CALL.invokeExact(
                                    arena.allocateFrom(JAVA_BYTE, socket),
                                    socket.length,
                                    host,
                                    HOST_BYTES,
                                    MemorySegment.NULL,
                                    0,
                                    NI_NAMEREQD);
            return error == 0
                    ? Optional.of(NativeStrings.decode(host.asByteBuffer(), 0, HOST_BYTES))
                    : Optional.empty();
        } catch (RuntimeException | Error unchecked) {
            throw unchecked;
        } catch (Throwable impossible) {
            throw new AssertionError("getnameinfo", impossible);
        }
    }

    /** It has more arguments than the shape that all other functions share. */
    private static final class NameInfo {
        @SuppressWarnings("restricted") // as in Symbol
        static final MethodHandle CALL =
                Linker.nativeLinker()
                        .downcallHandle(
                                Linker.nativeLinker().defaultLookup().findOrThrow("getnameinfo"),
                                FunctionDescriptor.of(
                                        JAVA_INT, ADDRESS, JAVA_INT, ADDRESS, JAVA_INT, ADDRESS,
                                        JAVA_INT, JAVA_INT));
    }

    /**
     * What an error means: gai_strerror(3).
     *
     * @param error an EAI_ number
     * @return for example {@code Name or service not known}
     */
    public static String errorText(int error) {
        long text = GAI_STRERROR.pointer(CallState.current(), error, 0, 0);
        return text == 0 ? "error " + error : NativeStrings.decode(at(text, 256), 0, 256);
    }

    /**
     * The name of a protocol of IP: getprotobynumber(3), one caller at a time.
     *
     * @param number for example 6
     * @return for example {@code tcp}; empty if it is not listed
     */
    public static synchronized Optional<String> protocolName(int number) {
        long entry = GETPROTOBYNUMBER.pointer(CallState.current(), number, 0, 0);
        if (entry == 0) {
            return Optional.empty();
        }
        return Optional.of(NativeStrings.decode(at(at(entry, Long.BYTES).getLong(0), 256), 0, 256));
    }

    private static long cString(Arena arena, Optional<String> text) {
        return text.isEmpty() ? 0 : NativeStrings.cString(arena, text.get()).address();
    }

    private static List<SocketAddress> decode(long first) {
        List<SocketAddress> addresses = new ArrayList<>(2);
        for (long next = first; next != 0; ) {
            ByteBuffer info = at(next, ADDRINFO_BYTES);
            int length = info.getInt(16);
            addresses.add(SocketAddress.decode(at(info.getLong(24), length), length));
            next = info.getLong(40);
        }
        return addresses;
    }

    @SuppressWarnings("restricted") // libc's own memory
    private static ByteBuffer at(long address, int length) {
        MemorySegment memory = MemorySegment.ofAddress(address).reinterpret(length);
        return memory.asByteBuffer().order(ByteOrder.nativeOrder());
    }

    /** Changes the resolver's settings of this thread and restores them. */
    private record Resolver(ByteBuffer state, byte[] saved) implements AutoCloseable {
        static Resolver with(CallState state, Settings settings) {
            if (settings.equals(Settings.NONE)) {
                return null;
            }
            ByteBuffer current = at(RES_STATE.pointer(state, 0, 0, 0), RES_STATE_BYTES);
            if ((current.getLong(8) & RES_INIT) == 0) {
                RES_INITIALIZE.callValue(state, 0, 0, 0, 0, 0, 0);
            }
            byte[] saved = new byte[RES_STATE_BYTES];
            current.get(0, saved);
            settings.retransmission().ifPresent(seconds -> current.putInt(0, seconds));
            settings.attempts().ifPresent(count -> current.putInt(4, count));
            long options = current.getLong(8);
            current.putLong(8, (options & ~settings.cleared()) | settings.set());
            settings.server().ifPresent(server -> server(current, server));
            return new Resolver(current, saved);
        }

        private static void server(ByteBuffer current, SocketAddress.Inet4 server) {
            int port = server.port() == 0 ? 53 : server.port();
            byte[] bytes = new SocketAddress.Inet4(server.address(), port).bytes();
            current.putInt(16, 1);
            current.put(20, bytes);
        }

        @Override
        public void close() {
            state.put(0, saved);
        }
    }
}
