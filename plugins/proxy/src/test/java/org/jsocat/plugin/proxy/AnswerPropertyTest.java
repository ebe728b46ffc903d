package org.jsocat.plugin.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

import org.jsocat.spi.AddressException;
import org.jsocat.spi.DescriptorEndpoint;
import org.jsocat.spi.Endpoint;
import org.jsocat.spi.posix.Errno;
import org.jsocat.spi.posix.Fd;
import org.jsocat.spi.posix.Libc;
import org.jsocat.spi.posix.Linux;
import org.jsocat.spi.posix.PosixException;
import org.jsocat.testkit.Opening;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;

/**
 * What holds for any answer of something that may be no proxy: it is taken, or one line says why.
 */
class AnswerPropertyTest {
    private static final List<String> KEYWORDS =
            List.of("PROXY", "SOCKS4", "SOCKS4A", "SOCKS5-CONNECT", "SOCKS5-LISTEN");

    /** Bytes that nearly are an answer, and any bytes. */
    @Provide
    Arbitrary<byte[]> answers() {
        Arbitrary<byte[]> known =
                Arbitraries.of(
                                "HTTP/1.0 200 OK\r\n",
                                "HTTP/1.1 407 Who are you\r\n",
                                "HTTP/1.1 ",
                                "X: y\r\n",
                                "\r\n",
                                "\n",
                                "\0\132\0\0\0\0\0\0",
                                "\0\133",
                                "\5\0",
                                "\5\2",
                                "\5\377",
                                "\5\0\0\1\177\0\0\1\0\120",
                                "\5\0\0\3\4host\0\120",
                                "\5\0\0\3\377",
                                "\5\0\0\4")
                        .map(text -> text.getBytes(ISO_8859_1));
        Arbitrary<byte[]> any = Arbitraries.bytes().array(byte[].class).ofMaxSize(40);
        return Arbitraries.oneOf(known, known, any)
                .list()
                .ofMaxSize(6)
                .map(
                        parts -> {
                            ByteArrayOutputStream all = new ByteArrayOutputStream();
                            parts.forEach(all::writeBytes);
                            return all.toByteArray();
                        });
    }

    @Provide
    Arbitrary<Opening> addresses() {
        return Combinators.combine(
                        Arbitraries.of(KEYWORDS), Arbitraries.of(true, false), Arbitraries.of(1, 2))
                .as(AnswerPropertyTest::address);
    }

    private static Opening address(String keyword, boolean credentials, int which) {
        Opening address =
                Opening.of(
                        new ProxyAddresses(),
                        keyword,
                        List.of(new HttpOptions(), new SocksOptions()),
                        "127.0.0." + which,
                        "80");
        if (keyword.equals("PROXY")) {
            return credentials ? address.with("ignorecr") : address;
        }
        address.with("socksuser", "me");
        return keyword.startsWith("SOCKS5") && credentials
                ? address.with("sockspass", "s3cret")
                : address;
    }

    @Property(tries = 600)
    void anAnswerIsTakenOrOneLineSaysWhyNot(
            @ForAll("addresses") Opening address,
            @ForAll("answers") byte[] answer,
            @ForAll @IntRange(min = 1, max = 3000) int repeated) {
        int[] pair = new int[2];
        PosixException.check(
                Libc.socketpair(Linux.AF_UNIX, Linux.SOCK_STREAM | Linux.SOCK_NONBLOCK, 0, pair),
                () -> "socketpair()");
        try (Fd proxy = new Fd(pair[1])) {
            byte[] all = repeatedly(answer, repeated);
            Libc.write(proxy.number(), all, 0, all.length);
            Libc.shutdown(proxy.number(), Linux.SHUT_WR);
            try (Endpoint opened =
                    address.stage(
                            DescriptorEndpoint.over(address, new Fd(pair[0])).socket().build())) {
                assertThat(opened.read(ByteBuffer.allocateDirect(8192)))
                        .as("data of the answer, or its end")
                        .isNotZero();
            } catch (AddressException refused) {
                assertThat(refused.getMessage()).isNotEmpty().matches("\\P{Cntrl}{1,3000}");
                assertThat(refused.getMessage()).doesNotContain("s3cret");
                assertThat(end(proxy))
                        .as("the connection has been closed")
                        .isIn(0L, (long) -Errno.ECONNRESET);
            }
        }
    }

    /** What the last read tells: 0 for the end, or the error. */
    private static long end(Fd fd) {
        byte[] bytes = new byte[4096];
        long count = 1;
        while (count > 0) {
            count = Libc.read(fd.number(), bytes, 0, bytes.length);
        }
        return count;
    }

    /** Not more than fits into a socket. */
    private static byte[] repeatedly(byte[] bytes, int count) {
        int length = Math.min(60_000, bytes.length * Math.max(1, count - 2000));
        byte[] all = Arrays.copyOf(bytes, length);
        for (int i = bytes.length; i < length; i++) {
            all[i] = bytes[i % bytes.length];
        }
        return all;
    }
}
