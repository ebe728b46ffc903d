package org.jsocat.spi;

import org.jsocat.spi.UserDatabase.User;
import org.jsocat.spi.posix.NativeStrings;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * The value types of the reference, by the names that its help prints (socat -hhh, column "type").
 *
 * @since 1.0
 */
public final class OptionTypes {
    private OptionTypes() {}

    /** A whole number with its limits; without a value it is 1. */
    private record Whole<T>(
            String name, long least, long most, int size, int base, Function<Long, T> box)
            implements OptionType<T> {
        @Override
        public T parse(Optional<String> text) {
            if (text.isEmpty()) {
                return box.apply(1L);
            }
            long value = Numbers.whole(text.get(), base);
            if (value < least || value > most) {
                throw new OptionValueException(
                        "value "
                                + text.get()
                                + " exceeds limits; "
                                + least
                                + " to "
                                + most
                                + " are accepted");
            }
            return box.apply(value);
        }

        @Override
        public byte[] encode(T value) {
            return number(
                    value instanceof Boolean truth ? (truth ? 1 : 0) : ((Number) value).longValue(),
                    size);
        }
    }

    /** A type whose value must be given. */
    private record Required<T>(String name, Function<String, T> parser, Function<T, byte[]> encoder)
            implements OptionType<T> {
        @Override
        public T parse(Optional<String> text) {
            return parser.apply(text.orElseThrow(() -> new OptionValueException("value required")));
        }

        @Override
        public byte[] encode(T value) {
            return encoder.apply(value);
        }
    }

    private static byte[] number(long value, int size) {
        ByteBuffer buffer = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putLong(0, value);
        byte[] bytes = new byte[size];
        buffer.get(0, bytes);
        return bytes;
    }

    private static byte[] pair(long first, long second) {
        return ByteBuffer.allocate(16)
                .order(ByteOrder.nativeOrder())
                .putLong(first)
                .putLong(second)
                .array();
    }

    private static byte[] text(String value) {
        byte[] bytes = NativeStrings.encode(value);
        return Arrays.copyOf(bytes, bytes.length + 1); // with a NUL
    }

    private static byte[] none(Object value) {
        throw new UnsupportedOperationException("no native form");
    }

    private static final long INT_LEAST = Integer.MIN_VALUE;
    private static final long UINT_MOST = 0xffffffffL;

    /** A flag by its mere presence; a value is an error. */
    public static final OptionType<Boolean> CONST =
            new OptionType<>() {
                @Override
                public String name() {
                    return "CONST";
                }

                @Override
                public Boolean parse(Optional<String> text) {
                    if (text.isPresent()) {
                        throw new OptionValueException("no value permitted");
                    }
                    return true;
                }

                @Override
                public byte[] encode(Boolean value) {
                    return number(1, 4);
                }
            };

    /** On without a value or with one other than 0. */
    public static final OptionType<Boolean> BOOL =
            new Whole<>("BOOL", Long.MIN_VALUE, Long.MAX_VALUE, 4, 0, value -> value != 0);

    /** 0 to 255. */
    public static final OptionType<Integer> BYTE =
            new Whole<>("BYTE", 0, 255, 1, 0, Long::intValue);

    /** 32 bits; values above 2^31 - 1 wrap, as in C. */
    public static final OptionType<Integer> INT =
            new Whole<>("INT", INT_LEAST, UINT_MOST, 4, 0, Long::intValue);

    /** 32 bits without sign. */
    public static final OptionType<Long> UNSIGNED_INT =
            new Whole<>("UNSIGNED-INT", INT_LEAST, UINT_MOST, 4, 0, value -> value & UINT_MOST);

    /** 16 bits without sign. */
    public static final OptionType<Integer> UNSIGNED_SHORT =
            new Whole<>("UNSIGNED-SHORT", 0, 65535, 2, 0, Long::intValue);

    /** 64 bits. */
    public static final OptionType<Long> LONG =
            new Whole<>("LONG", Long.MIN_VALUE, Long.MAX_VALUE, 8, 0, Function.identity());

    /** A count of bytes. */
    public static final OptionType<Long> SIZE_T =
            new Whole<>("SIZE_T", Long.MIN_VALUE, Long.MAX_VALUE, 8, 0, Function.identity());

    /** A file offset in bytes. */
    public static final OptionType<Long> OFF_T =
            new Whole<>("OFF_T", Long.MIN_VALUE, Long.MAX_VALUE, 8, 0, Function.identity());

    /** A file offset in bytes. */
    public static final OptionType<Long> OFF64_T =
            new Whole<>("OFF64_T", Long.MIN_VALUE, Long.MAX_VALUE, 8, 0, Function.identity());

    /** A number; nothing without value gives 1, an empty value gives none at all. */
    public static final OptionType<Optional<Integer>> INT_NULL =
            new OptionType<>() {
                @Override
                public String name() {
                    return "INT/NULL";
                }

                @Override
                public Optional<Integer> parse(Optional<String> text) {
                    return text.isPresent() && text.get().isEmpty()
                            ? Optional.empty()
                            : Optional.of(INT.parse(text));
                }
            };

    /** Text. */
    public static final OptionType<String> STRING = string();

    /** {@code STRING}: the name of a file or directory. */
    public static final OptionType<String> FILE = string();

    private static OptionType<String> string() {
        return new Required<>("STRING", Function.identity(), OptionTypes::text);
    }

    /** Text that may be missing. */
    public static final OptionType<Optional<String>> STRING_NULL =
            new OptionType<>() {
                @Override
                public String name() {
                    return "STRING-NULL";
                }

                @Override
                public Optional<String> parse(Optional<String> text) {
                    return text;
                }
            };

    /** Permission bits, octal. */
    public static final OptionType<Integer> MODE_T =
            new Required<>("MODE_T", text -> (int) Numbers.whole(text, 8), OptionTypes::none);

    /** A user by name or number. */
    public static final OptionType<Integer> UID_T =
            new Required<>(
                    "UID_T", text -> identity(text, "user", OptionTypes::uid), OptionTypes::none);

    /**
     * A user whose name, groups and home are needed too; looked up at once, outside of any jail.
     */
    public static final OptionType<User> USER =
            new Required<>(
                    "UID_T",
                    text -> {
                        int uid = identity(text, "user", OptionTypes::uid);
                        return users().user(uid)
                                .orElseThrow(
                                        () ->
                                                new OptionValueException(
                                                        "no user has the number "
                                                                + Integer.toUnsignedString(uid)));
                    },
                    OptionTypes::none);

    /** A group by name or number. */
    public static final OptionType<Integer> GID_T =
            new Required<>(
                    "GID_T", text -> identity(text, "group", OptionTypes::gid), OptionTypes::none);

    /** Seconds with a fraction, to the microsecond. */
    public static final OptionType<Duration> TIMEVAL =
            new Required<>(
                    "STRUCT-TIMEVAL",
                    Numbers::seconds,
                    time -> pair(time.getSeconds(), time.getNano() / 1000));

    /** Seconds with a fraction, to the nanosecond. */
    public static final OptionType<Duration> TIMESPEC =
            new Required<>(
                    "STRUCT-TIMESPEC",
                    Numbers::seconds,
                    time -> pair(time.getSeconds(), time.getNano()));

    /** Seconds to linger; setting it switches lingering on (struct linger). */
    public static final OptionType<Integer> LINGER =
            new Required<>(
                    "STRUCT-LINGER",
                    text -> (int) Numbers.whole(text),
                    seconds -> number(1L | (long) seconds << 32, 8));

    /** Bytes in the data notation of socat ({@code x0a}, {@code "text"}, ...). */
    public static final OptionType<byte[]> BIN =
            new Required<>("BIN", text -> DataNotation.parse(text), Function.identity());

    /** A pair of values, separated by a colon. */
    public record Two<A, B>(A first, B second) {}

    /** Three values, separated by colons. */
    public record Three<A, B, C>(A first, B second, C third) {}

    /** {@code INT:INT}. */
    public static final OptionType<Two<Integer, Integer>> INT_INT =
            two("INT:INT", OptionTypes::last);

    /** {@code INT:INTP}, for ioctl(2) with a pointer to a number. */
    public static final OptionType<Two<Integer, Integer>> INT_INTP =
            two("INT:INTP", OptionTypes::last);

    /** {@code INT:ULONG}. */
    public static final OptionType<Two<Integer, Long>> INT_ULONG = two("INT:ULONG", Numbers::whole);

    /** {@code INT:BIN}. */
    public static final OptionType<Two<Integer, byte[]>> INT_BIN =
            two("INT:BIN", DataNotation::parse);

    /** {@code INT:STRING}. */
    public static final OptionType<Two<Integer, String>> INT_STRING =
            two("INT:STRING", Function.identity());

    /** {@code INT:INT:INT}. */
    public static final OptionType<Three<Integer, Integer, Integer>> INT_INT_INT =
            three("INT:INT:INT", OptionTypes::last);

    /** {@code INT:INT:BIN}. */
    public static final OptionType<Three<Integer, Integer, byte[]>> INT_INT_BIN =
            three("INT:INT:BIN", DataNotation::parse);

    /** {@code INT:INT:STRING}. */
    public static final OptionType<Three<Integer, Integer, String>> INT_INT_STRING =
            three("INT:INT:STRING", Function.identity());

    private static Integer last(String text) {
        return (int) Numbers.whole(text);
    }

    private static <B> OptionType<Two<Integer, B>> two(String name, Function<String, B> second) {
        return leading(name, 1, (numbers, rest) -> new Two<>(numbers[0], second.apply(rest)));
    }

    private static <C> OptionType<Three<Integer, Integer, C>> three(
            String name, Function<String, C> third) {
        return leading(
                name, 2, (numbers, rest) -> new Three<>(numbers[0], numbers[1], third.apply(rest)));
    }

    /** Some numbers, each followed by a colon, then a rest. */
    private static <T> OptionType<T> leading(
            String name, int count, BiFunction<int[], String, T> make) {
        return new Required<>(
                name,
                text -> {
                    int[] numbers = new int[count];
                    String rest = text;
                    for (int i = 0; i < count; i++) {
                        int end = Numbers.length(rest, 0);
                        if (end == 0) {
                            throw new OptionValueException(
                                    "missing numerical value in \"" + rest + "\"");
                        }
                        if (end == rest.length()) {
                            throw new OptionValueException((count + 1) + " arguments required");
                        }
                        if (rest.charAt(end) != ':') {
                            throw new OptionValueException(
                                    "trailing garbage in numerical arg \"" + rest + "\"");
                        }
                        numbers[i] = (int) Numbers.prefix(rest, end, 0);
                        rest = rest.substring(end + 1);
                    }
                    return make.apply(numbers, rest);
                },
                OptionTypes::none);
    }

    private static int identity(
            String text, String what, Function<String, Optional<Integer>> byName) {
        if (!text.isEmpty() && Character.isDigit(text.charAt(0))) {
            return (int) Numbers.whole(text);
        }
        return byName.apply(text)
                .orElseThrow(
                        () ->
                                new OptionValueException(
                                        (what.equals("user") ? "getpwnam(\"" : "getgrnam(\"")
                                                + text
                                                + "\"): no such "
                                                + what));
    }

    private static Optional<Integer> uid(String name) {
        return users().user(name).map(UserDatabase.User::uid);
    }

    private static Optional<Integer> gid(String name) {
        return users().group(name);
    }

    /**
     * The database of users that this program has.
     *
     * @throws OptionValueException where it has none
     */
    public static UserDatabase users() {
        return ServiceLoader.load(UserDatabase.class)
                .findFirst()
                .orElseThrow(
                        () ->
                                new OptionValueException(
                                        "this image has no user database; only numbers are"
                                                + " accepted"));
    }
}
