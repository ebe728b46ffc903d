package org.jsocat.plugin.tcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.jsocat.plugin.tcp.TcpFixture.GROUPS;
import static org.jsocat.plugin.tcp.TcpFixture.opening;

import org.jsocat.spi.Option;
import org.jsocat.spi.OptionTarget;
import org.jsocat.spi.posix.Fd;
import org.jsocat.spi.posix.Libc;
import org.jsocat.spi.posix.Linux;
import org.jsocat.testkit.Opening;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Applies every row of the groups of sockets to a real socket, and asks the kernel what came of it.
 */
class SocketRowsTest {
    /** Groups whose rows this plugin and the socket plugin have. */
    private static final Set<String> OURS =
            Set.of("SOCKET", "LISTEN", "RANGE", "IP4", "IP6", "TCP");

    /**
     * A line of the table.
     *
     * @param option the name
     * @param socket what it is applied to
     * @param value what is set
     * @param outcome {@code -} for success, or level, name and value of what getsockopt(2) says, or
     *     the message
     * @param needs {@code root} where only that may
     */
    record Row(String option, String socket, String value, String outcome, String needs) {
        static Row of(String line) {
            String[] cells = line.split("\t");
            return new Row(
                    cells[0], cells[1], cells[2], cells[3], cells.length > 4 ? cells[4] : "");
        }

        Fd open() {
            int family = socket.endsWith("6") ? Linux.AF_INET6 : Linux.AF_INET;
            int type = socket.startsWith("tcp") ? Linux.SOCK_STREAM : Linux.SOCK_DGRAM;
            return new Fd(Libc.socket(family, type, 0));
        }

        @Override
        public String toString() {
            return option + "=" + value + " on " + socket;
        }
    }

    static List<Row> rows() throws IOException {
        try (InputStream table = SocketRowsTest.class.getResourceAsStream("rows.tsv")) {
            return new String(table.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .map(Row::of)
                    .toList();
        }
    }

    @Test
    void everyRowThatActsIsHere() throws IOException {
        Set<String> acting = new TreeSet<>();
        GROUPS.stream()
                .filter(group -> OURS.contains(group.name()))
                .flatMap(group -> group.options().stream())
                .filter(option -> !option.isRead())
                .forEach(option -> acting.add(option.name()));
        Set<String> listed = new TreeSet<>(rows().stream().map(Row::option).toList());
        assertThat(listed).isEqualTo(acting);
    }

    @ParameterizedTest
    @MethodSource("rows")
    void actsOnTheSocket(Row row) {
        Assumptions.assumeTrue(row.needs.isEmpty() || Libc.geteuid() == 0, row + " needs root");
        try (Fd socket = row.open()) {
            Opening opening = opening("TCP", "127.0.0.1", "9").with(row.option, row.value);
            Option<?> option = option(row.option);
            if (row.outcome.matches("-|[0-9 ]+")) {
                opening.apply(option.phase(), OptionTarget.of(socket));
                assertThat(opening.unused()).isEmpty();
                confirm(row, socket);
            } else {
                String message = row.outcome.replace("FD", Integer.toString(socket.number()));
                assertThatThrownBy(() -> opening.apply(option.phase(), OptionTarget.of(socket)))
                        .hasMessage(message);
            }
        }
    }

    private static void confirm(Row row, Fd socket) {
        if (!row.outcome.equals("-")) {
            String[] numbers = row.outcome.split(" ");
            long found =
                    Libc.getsockopt(
                            socket.number(),
                            Integer.parseInt(numbers[0]),
                            Integer.parseInt(numbers[1]));
            assertThat(found).isEqualTo(Long.parseLong(numbers[2]));
        }
    }

    private static Option<?> option(String name) {
        return GROUPS.stream()
                .flatMap(group -> group.options().stream())
                .filter(option -> option.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void structuresAreTheKernels() {
        try (Fd socket = new Fd(Libc.socket(Linux.AF_INET, Linux.SOCK_STREAM, 0))) {
            Opening opening =
                    opening("TCP", "127.0.0.1", "9").with("linger", "7").with("rcvtimeo", "1.5");
            opening.apply(org.jsocat.spi.Phase.PASTSOCKET, OptionTarget.of(socket));
            byte[] linger = new byte[8];
            Libc.getsockopt(socket.number(), Linux.SOL_SOCKET, Linux.SO_LINGER, linger);
            assertThat(linger).containsExactly(1, 0, 0, 0, 7, 0, 0, 0);
            byte[] time = new byte[16];
            Libc.getsockopt(socket.number(), Linux.SOL_SOCKET, Linux.SO_RCVTIMEO, time);
            assertThat(time).startsWith(1, 0, 0, 0, 0, 0, 0, 0, 0x20, 0xa1, 7);
        }
    }
}
