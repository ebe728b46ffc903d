package org.jsocat.cli.descriptors;

import static org.assertj.core.api.Assertions.assertThat;

import org.jsocat.spi.posix.Libc;
import org.jsocat.spi.posix.Linux;
import org.jsocat.spi.posix.PosixException;
import org.jsocat.spi.posix.SocketAddress;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntFunction;

/**
 * Descriptors of all kinds in all forms, compared with what filan of socat 1.8.1.3 printed for the
 * same kinds; addresses, times and what differs from kernel to kernel are made alike in both.
 */
class DescriptorFormsTest {
    private static final int O_PATH = 010000000;
    private static final byte[] IP6_LOOPBACK = new byte[16];
    private static final String TIME =
            "(?:[A-Z][a-z]{2} [A-Z][a-z]{2} [ \\d]\\d \\d\\d:\\d\\d:\\d\\d \\d{4}|\\d+)";

    private static final String[][] ALIKE = {
        {"(?m)^ *\\d+: ", "FD: "},
        {"\t" + TIME + "\t" + TIME + "\t" + TIME + "(?=\t[01-]+\tx)", "\tTIME\tTIME\tTIME"},
        {"(?m)^(FD: \\w+)\t[\\d,]+\t\\d+\t", "$1\tDEVICE\tINODE\t"},
        {
            "\t(\\d+)\t\\d+\t\\d+\t(\\d+,\\d+)\t\\d+\t\\d+\t\\d+(?=\tTIME)",
            "\t$1\tUID\tGID\t$2\tSIZES"
        },
        {"\t0206[02]0\t", "\t020600\t"},
        {"\t136,\\d+\t", "\t136,N\t"},
        {"127\\.0\\.0\\.1:\\d+", "127.0.0.1:PORT"},
        {"0001\\]:\\d+", "0001]:PORT"},
        {"(SNDBUF|RCVBUF|MAXSEG|WINDOW_CLAMP|IP_MTU)=\\d+", "$1=N"},
        {"PEERCRED=\\{\\d+,\\d+\\}", "PEERCRED={PID,UID}"},
        {"PASSCRED=0\t", "\t"},
        {"TCP_INFO=\\{[^}]*\\}", "TCP_INFO={WORDS}"},
        {"pts/\\d+", "pts/N"},
        {"(\t|tty )/dev/(?:pts/)?ptmx", "$1PTMX"},
    };

    static {
        IP6_LOOPBACK[15] = 1;
    }

    @TempDir Path folder;

    private final Map<String, Integer> descriptors = new LinkedHashMap<>();
    private final List<Integer> open = new ArrayList<>();
    private final List<String> warnings = new ArrayList<>();

    @BeforeEach
    void open() {
        streams();
        datagrams();
        connectionsOfIp6();
        local();
        pipes();
        terminals();
        files();
        open.forEach(fd -> Libc.fcntl(fd, Linux.F_SETFD, 0));
    }

    @AfterEach
    void close() {
        open.forEach(Libc::close);
    }

    private int keep(int fd) {
        open.add(PosixException.check(fd, "open()"));
        return fd;
    }

    private void add(String name, int fd) {
        descriptors.put(name, fd);
    }

    private int socket(int family, int type) {
        return keep(Libc.socket(family, type, 0));
    }

    private static void check(int result, String call) {
        PosixException.check(result, call);
    }

    private int listening(int family, SocketAddress address) {
        int fd = socket(family, Linux.SOCK_STREAM);
        check(Libc.bind(fd, address), "bind()");
        check(Libc.listen(fd, 5), "listen()");
        return fd;
    }

    private int connected(int family, int type, SocketAddress address) {
        int fd = socket(family, type);
        check(Libc.connect(fd, address), "connect()");
        return fd;
    }

    private static SocketAddress ip4() {
        return new SocketAddress.Inet4(new byte[] {127, 0, 0, 1}, 0);
    }

    private static void write(int fd, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
        assertThat(Libc.write(fd, bytes, 0, bytes.length)).isEqualTo(bytes.length);
    }

    private void streams() {
        int listening = listening(Linux.AF_INET, ip4());
        int connected = connected(Linux.AF_INET, Linux.SOCK_STREAM, SocketAddress.local(listening));
        int accepted = keep(Libc.accept4(listening, 0));
        write(connected, "hello");
        Libc.poll(accepted, Linux.POLLIN, -1);
        add("tcp listening", listening(Linux.AF_INET, ip4()));
        add("tcp connected", connected);
        add("tcp accepted", accepted);
        add("tcp unbound", socket(Linux.AF_INET, Linux.SOCK_STREAM));
    }

    private void datagrams() {
        int bound = socket(Linux.AF_INET, Linux.SOCK_DGRAM);
        check(Libc.bind(bound, ip4()), "bind()");
        int connected = connected(Linux.AF_INET, Linux.SOCK_DGRAM, SocketAddress.local(bound));
        write(connected, "abc");
        Libc.poll(bound, Linux.POLLIN, -1);
        add("udp bound", bound);
        add("udp connected", connected);
    }

    private void connectionsOfIp6() {
        int listening = listening(Linux.AF_INET6, new SocketAddress.Inet6(IP6_LOOPBACK, 0, 0, 0));
        int connected =
                connected(Linux.AF_INET6, Linux.SOCK_STREAM, SocketAddress.local(listening));
        keep(Libc.accept4(listening, 0));
        add("tcp6 listening", listening);
        add("tcp6 connected", connected);
        SocketAddress discard = new SocketAddress.Inet6(IP6_LOOPBACK, 9, 0, 0);
        add("udp6 connected", connected(Linux.AF_INET6, Linux.SOCK_DGRAM, discard));
    }

    private int[] pair(int type) {
        int[] pair = new int[2];
        check(Libc.socketpair(Linux.AF_UNIX, type, 0, pair), "socketpair()");
        keep(pair[0]);
        keep(pair[1]);
        return pair;
    }

    private void local() {
        int[] streams = pair(Linux.SOCK_STREAM);
        write(streams[1], "x");
        add("unix stream pair", streams[0]);
        add("unix datagram pair", pair(Linux.SOCK_DGRAM)[0]);
        add("unix seqpacket pair", pair(Linux.SOCK_SEQPACKET)[0]);
        SocketAddress path = SocketAddress.Unix.ofPath(folder + "/s", false);
        int listening = listening(Linux.AF_UNIX, path);
        int connected = connected(Linux.AF_UNIX, Linux.SOCK_STREAM, path);
        int accepted = keep(Libc.accept4(listening, 0));
        add("unix listening", listening);
        add("unix connected", connected);
        add("unix accepted", accepted);
        add("unix unbound", socket(Linux.AF_UNIX, Linux.SOCK_STREAM));
        int abstractSocket = socket(Linux.AF_UNIX, Linux.SOCK_DGRAM);
        byte[] name = "\0jsocat\1\u00ff\"x".getBytes(StandardCharsets.ISO_8859_1);
        check(Libc.bind(abstractSocket, new SocketAddress.Unix(name, true)), "bind()");
        add("unix abstract", abstractSocket);
    }

    private int[] pipe() {
        int[] pipe = new int[2];
        check(Libc.pipe2(pipe, 0), "pipe2()");
        return pipe;
    }

    private void pipes() {
        int[] pipe = pipe();
        write(pipe[1], "12345");
        add("pipe reading", keep(pipe[0]));
        add("pipe writing", keep(pipe[1]));
        int[] withoutWriter = pipe();
        Libc.close(withoutWriter[1]);
        add("pipe without writer", keep(withoutWriter[0]));
        int[] withoutReader = pipe();
        Libc.close(withoutReader[0]);
        add("pipe without reader", keep(withoutReader[1]));
    }

    private void terminals() {
        int master = keep(Libc.open("/dev/ptmx", Linux.O_RDWR | Linux.O_NOCTTY, 0));
        check(Libc.ioctlSetInt(master, 0x40045431, 0), "ioctl(TIOCSPTLCK)");
        long number = Libc.ioctlGetInt(master, 0x80045430);
        add("terminal master", master);
        int flags = Linux.O_RDWR | Linux.O_NOCTTY;
        add("terminal", keep(Libc.open("/dev/pts/" + number, flags, 0)));
    }

    private void files() {
        add("null device", keep(Libc.open("/dev/null", Linux.O_RDWR, 0)));
        add("folder", keep(Libc.open(folder.toString(), Linux.O_RDONLY, 0)));
        int flags = Linux.O_CREAT | Linux.O_RDWR;
        int file = keep(Libc.open(folder + "/file", flags | Linux.O_APPEND, 0600));
        write(file, "abc");
        Libc.lseek(file, 0, 0);
        add("file", file);
        add("deleted file", keep(Libc.open(folder + "/gone", flags, 0600)));
        Libc.unlink(folder + "/gone");
        check(Libc.mkfifo(folder + "/fifo", 0600), "mkfifo()");
        add("fifo", keep(Libc.open(folder + "/fifo", Linux.O_RDWR | Linux.O_NONBLOCK, 0)));
        add("path only", keep(Libc.open(folder + "/file", O_PATH, 0)));
        add("event counter", keep(Libc.eventfd(3, 0)));
    }

    @Test
    void theLongFormIsThatOfFilan() throws IOException {
        compare(fd -> longForm(fd, false), "long.txt");
        assertThat(warnings)
                .contains(
                        "getpeername("
                                + descriptors.get("tcp listening")
                                + "): Transport endpoint is not connected");
    }

    @Test
    void theRawFormIsThatOfFilan() throws IOException {
        compare(fd -> longForm(fd, true), "raw.txt");
    }

    @Test
    void theShortFormsAreThoseOfFilan() throws IOException {
        compare(fd -> shortForm(fd, false), "short.txt");
        compare(fd -> shortForm(fd, true), "short-detailed.txt");
    }

    @Test
    void theObjectsHoldWhatTheLongFormPrints() {
        Map<String, Object> socket = object("tcp accepted");
        assertThat(socket).containsEntry("type", "socket").containsEntry("readable", 5L);
        assertThat(socket.get("socket"))
                .asString()
                .contains("family=inet", "peer=AF=2 127.0.0.1:", "KEEPALIVE=0", "state=1");
        assertThat(object("terminal").get("terminal")).asString().contains("name=/dev/pts/");
        assertThat(object("pipe reading")).containsEntry("pipeSize", 65536);
        assertThat(object("path only")).containsEntry("poll", List.of("NVAL"));
    }

    private Map<String, Object> object(String name) {
        Inspector inspector = new Inspector(warnings::add);
        return JsonForm.of(inspector.descriptor(descriptors.get(name)).orElseThrow());
    }

    private String longForm(int fd, boolean raw) {
        LongForm form = new LongForm(raw);
        new Inspector(warnings::add).descriptor(fd).ifPresent(form::add);
        return form.text();
    }

    private String shortForm(int fd, boolean detailed) {
        ShortForm form = new ShortForm(detailed, warnings::add);
        form.add(fd, Optional.empty());
        return form.text();
    }

    /** Compares each descriptor with what was recorded under its name, so that one fails alone. */
    private void compare(IntFunction<String> form, String file) throws IOException {
        String recorded = recorded(file);
        assertThat(descriptors)
                .hasSameSizeAs(recorded.lines().filter(l -> l.startsWith("# ")).toList());
        descriptors.forEach(
                (name, fd) -> {
                    int start = recorded.indexOf("# " + name + "\n") + name.length() + 3;
                    int end = recorded.indexOf("\n# ", start - 1) + 1;
                    assertThat(alike(form.apply(fd)))
                            .as(name)
                            .isEqualTo(
                                    recorded.substring(start, end == 0 ? recorded.length() : end));
                });
    }

    private String alike(String printed) {
        String text = printed.replace(folder.toString(), "FOLDER");
        for (String[] rule : ALIKE) {
            text = text.replaceAll(rule[0], rule[1]);
        }
        return text;
    }

    private static String recorded(String name) throws IOException {
        try (InputStream file = DescriptorFormsTest.class.getResourceAsStream(name)) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
