package org.jsocat.plugin.inet;

import static org.assertj.core.api.Assertions.assertThat;

import org.jsocat.spi.posix.SocketAddress;
import org.jsocat.testkit.RecordingLogger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

class HostsAccessTest {
    @TempDir Path folder;

    private final RecordingLogger log = new RecordingLogger();
    private Path allow;
    private Path deny;

    @BeforeEach
    void tables() {
        allow = folder.resolve("hosts.allow");
        deny = folder.resolve("hosts.deny");
    }

    private boolean permits(String peer) {
        SocketAddress local = address("127.0.0.1");
        return new HostsAccess("socat", allow, deny).permits(local, address(peer), log);
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
        assertThat(log.lines())
                .anyMatch(line -> line.startsWith("W") && line.contains("missing \":\" separator"));
    }

    @Test
    void anUnreadableTableIsTold() throws IOException {
        Files.createDirectory(deny);
        assertThat(permits("192.0.2.1")).isTrue();
        assertThat(log.lines()).anyMatch(line -> line.startsWith("W cannot open " + deny));
    }
}
