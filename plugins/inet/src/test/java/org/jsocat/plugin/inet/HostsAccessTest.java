package org.jsocat.plugin.inet;

import static org.assertj.core.api.Assertions.assertThat;

import org.jsocat.plugin.socket.PeerFilter.Verdict;
import org.jsocat.spi.AddressType;
import org.jsocat.spi.Direction;
import org.jsocat.spi.posix.Fd;
import org.jsocat.spi.posix.Libc;
import org.jsocat.spi.posix.Linux;
import org.jsocat.spi.posix.SocketAddress;
import org.jsocat.testkit.Opening;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

class HostsAccessTest {
    private static final AddressType NONE =
            AddressType.named("NONE")
                    .opens(
                            AddressType.Parameters.NONE,
                            Direction.BOTH,
                            _ -> {
                                throw new IllegalStateException("not to be opened");
                            });

    @TempDir Path folder;

    private final Opening connection = Opening.of(() -> List.of(NONE), "NONE", List.of());
    private Path allow;
    private Path deny;

    @BeforeEach
    void tables() {
        allow = folder.resolve("hosts.allow");
        deny = folder.resolve("hosts.deny");
    }

    private boolean permits(String peer) {
        return judge(peer, Optional.empty()) == Verdict.PERMITTED;
    }

    private Verdict judge(String peer, Optional<Fd> socket) {
        return new HostsAccess("socat", allow, deny)
                .judge(connection, socket, address("127.0.0.1"), address(peer));
    }

    private static SocketAddress address(String text) {
        byte[] four = NumericAddress.inet4(text);
        return four.length == 4
                ? new SocketAddress.Inet4(four, 1)
                : new SocketAddress.Inet6(NumericAddress.inet6(text), 1, 0, 0);
    }

    @Test
    void withoutTablesEverybodyMay() {
        assertThat(permits("192.0.2.1")).isTrue();
    }

    /**
     * Rules of a deny table, and who is refused by them. 192.0.2.0/24 is documentation's and has no
     * names.
     */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "ALL: ALL | 192.0.2.1 | true",
                "socat: ALL | 192.0.2.1 | true",
                "SOCAT: all | 192.0.2.1 | true",
                "sshd: ALL | 192.0.2.1 | false",
                "sshd socat: 192.0.2.1 | 192.0.2.1 | true",
                "sshd, socat: 192.0.2.2 | 192.0.2.1 | false",
                "ALL: 192.0.2. | 192.0.2.1 | true",
                "ALL: 192.0. | 192.1.2.1 | false",
                "ALL: 192.0.2.0/255.255.255.0 | 192.0.2.1 | true",
                "ALL: 192.0.2.0/24 | 192.0.2.255 | true",
                "ALL: 192.0.2.0/24 | 192.0.3.1 | false",
                "ALL: 192.0.2.1/24 | 192.0.2.1 | false",
                "ALL: [2001:db8::]/32 | 2001:db8::1 | true",
                "ALL: [2001:db8::]/32 | 2001:db9::1 | false",
                "ALL: [2001:db8::1] | 2001:db8:0::1 | true",
                "ALL: 2001:db8:* | 2001:db8::1 | false",
                "ALL: 192.0.2.0/24 | ::ffff:c000:201 | true",
                "ALL: 192.0.?.* | 192.0.2.1 | true",
                "ALL: ALL EXCEPT 192.0.2.1 | 192.0.2.1 | false",
                "ALL: ALL EXCEPT 192.0.2.1 | 192.0.2.2 | true",
                "ALL: 192.0.2. EXCEPT 192.0.2.0/25 EXCEPT 192.0.2.1 | 192.0.2.1 | true",
                "ALL: 192.0.2. EXCEPT 192.0.2.0/25 EXCEPT 192.0.2.1 | 192.0.2.2 | false",
                "ALL EXCEPT socat: ALL | 192.0.2.1 | false",
                "socat@127.0.0.1: ALL | 192.0.2.1 | true",
                "socat@127.0.0.2: ALL | 192.0.2.1 | false",
                "ALL: someone@192.0.2.1 | 192.0.2.1 | false",
                "ALL: ALL@192.0.2.1 | 192.0.2.1 | true",
                "ALL: localhost | 127.0.0.1 | true",
                "ALL: LOCAL | 127.0.0.1 | true",
                "ALL: KNOWN | 127.0.0.1 | true",
                "ALL: .host | 127.0.0.1 | false",
                "ALL: ALL: allow | 192.0.2.1 | false",
                "ALL: ALL: deny | 192.0.2.1 | true",
            })
    void denies(String rule, String peer, boolean refused) throws IOException {
        Files.writeString(deny, "# comment: ALL\n\n" + rule + "\n");
        assertThat(permits(peer)).isEqualTo(!refused);
    }

    @Test
    void hostsWithoutANameAreUnknown() throws IOException {
        Files.writeString(deny, "ALL: UNKNOWN\n");
        assertThat(permits("127.0.0.1")).isTrue();
        assertThat(permits("0.0.0.7")).isFalse();
    }

    @Test
    void theAllowTableComesFirst() throws IOException {
        Files.writeString(allow, "socat: 192.0.2.1\n");
        Files.writeString(deny, "ALL: ALL\n");
        assertThat(permits("192.0.2.1")).isTrue();
        assertThat(permits("192.0.2.2")).isFalse();
    }

    @Test
    void anAllowTableMayDeny() throws IOException {
        Files.writeString(allow, "socat: 192.0.2.1: DENY\nALL: ALL\n");
        assertThat(permits("192.0.2.1")).isFalse();
        assertThat(permits("192.0.2.2")).isTrue();
    }

    @Test
    void linesContinueAndFilesHoldPatterns() throws IOException {
        Path list = folder.resolve("list");
        Files.writeString(list, "192.0.2.7\n192.0.2.8 192.0.2.9\n");
        Files.writeString(deny, "ALL: 192.0.2.1, \\\n192.0.2.2\nALL: " + list + "\n");
        assertThat(permits("192.0.2.1")).isFalse();
        assertThat(permits("192.0.2.2")).isFalse();
        assertThat(permits("192.0.2.9")).isFalse();
        assertThat(permits("192.0.2.3")).isTrue();
    }

    @Test
    void aLineWithoutColonIsToldAndSkipped() throws IOException {
        Files.writeString(deny, "nonsense\nALL: ALL\n");
        assertThat(permits("192.0.2.1")).isFalse();
        assertThat(connection.lines())
                .anyMatch(line -> line.startsWith("W") && line.contains("missing \":\" separator"));
    }

    /** Options of a rule in the deny table, and whether its peers are refused. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "nonsense | true | bad option name: \"nonsense\"",
                "nobody = x: allow | true | bad option name: \"nobody\"",
                "'' | true | missing option name",
                "allow: spawn true | true | option \"allow\" must be at end",
                "spawn | true | option \"spawn\" requires value",
                "keepalive 1 | true | option \"keepalive\" requires no value",
                "keepalive: allow | true | option \"keepalive\" needs a connection",
                "linger x: allow | true | bad linger value: \"x\"",
                "rfc931 0: allow | true | bad rfc931 timeout: \"0\"",
                "severity mail.loud: allow | true | bad syslog facility or severity: \"mail.loud\"",
                "severity mail.info: allow | false | ''",
                "severity notice: allow | false | ''",
                "rfc931: allow | false | ''",
                "spawn echo %X: allow | true | unrecognized placeholder %X",
                "aclexec true | true | ''",
                "aclexec false | false | ''",
                "aclexec test %a = 192.0.2.1: allow | false | ''",
            })
    void optionsThatMeanNothingRefuse(String options, boolean refused, String line)
            throws IOException {
        Files.writeString(deny, "ALL: ALL: " + options + "\n");
        assertThat(permits("192.0.2.1")).isEqualTo(!refused);
        if (!line.isEmpty()) {
            assertThat(connection.lines()).contains("W rule of access: " + line);
        }
    }

    @Test
    void aSpawnedCommandKnowsBothEnds() throws IOException {
        Path told = folder.resolve("told");
        Files.writeString(
                deny,
                "ALL: ALL: setenv K v: spawn (echo %a %A %c %d %h %u %r %R %%; echo $K) > "
                        + told
                        + "\n");
        assertThat(permits("127.0.0.2")).isFalse();
        assertThat(Files.readString(told))
                .isEqualTo("127.0.0.2 127.0.0.1 127.0.0.2 socat 127.0.0.2 unknown 1 1 %\nv\n");
    }

    @Test
    void aTwistedConnectionIsTheCommands() throws IOException {
        Files.writeString(allow, "ALL: ALL: twist echo no service for %a\n");
        int[] pair = new int[2];
        assertThat(Libc.socketpair(Linux.AF_UNIX, Linux.SOCK_STREAM, 0, pair)).isZero();
        try (Fd peer = new Fd(pair[0])) {
            try (Fd socket = new Fd(pair[1])) {
                assertThat(judge("192.0.2.1", Optional.of(socket))).isEqualTo(Verdict.TAKEN);
            }
            StringBuilder text = new StringBuilder();
            byte[] bytes = new byte[64];
            for (int n = read(peer, bytes); n > 0; n = read(peer, bytes)) {
                text.append(new String(bytes, 0, n, StandardCharsets.US_ASCII));
            }
            assertThat(text).hasToString("no service for 192.0.2.1\n");
        }
    }

    private static int read(Fd from, byte[] bytes) {
        return (int) Libc.read(from.number(), bytes, 0, bytes.length);
    }

    @Test
    void aBannerIsSentFirst() throws IOException {
        Files.writeString(folder.resolve("socat"), "hello %a\nbye\n");
        Files.writeString(allow, "ALL: ALL: banners " + folder + "\n");
        int[] pair = new int[2];
        assertThat(Libc.socketpair(Linux.AF_UNIX, Linux.SOCK_STREAM, 0, pair)).isZero();
        try (Fd peer = new Fd(pair[0]);
                Fd socket = new Fd(pair[1])) {
            assertThat(judge("192.0.2.1", Optional.of(socket))).isEqualTo(Verdict.PERMITTED);
            byte[] bytes = new byte[64];
            int count = read(peer, bytes);
            assertThat(new String(bytes, 0, count, StandardCharsets.US_ASCII))
                    .isEqualTo("hello 192.0.2.1\r\nbye\r\n");
        }
    }

    @Test
    void aTableOrAListThatCannotBeReadRefuses() throws IOException {
        Files.createDirectory(deny);
        assertThat(permits("192.0.2.1")).isFalse();
        assertThat(connection.lines()).anyMatch(line -> line.startsWith("W cannot open " + deny));
        Files.delete(deny);
        Files.writeString(deny, "ALL: " + folder + "\n");
        assertThat(permits("192.0.2.1")).isFalse();
        Files.writeString(deny, "ALL: /nonexistent/list\n");
        assertThat(permits("192.0.2.1")).isTrue();
    }

    @Test
    void aLineWithoutNewlineAllowsNothing() throws IOException {
        Files.writeString(allow, "ALL: ALL");
        Files.writeString(deny, "ALL: ALL");
        assertThat(permits("192.0.2.1")).isFalse();
    }
}
