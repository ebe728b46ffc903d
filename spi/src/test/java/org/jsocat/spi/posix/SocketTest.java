package org.jsocat.spi.posix;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.List;

class SocketTest {

    private static final SocketAddress LOOPBACK =
            new SocketAddress.Inet4(new byte[] {127, 0, 0, 1}, 0);

    private static Fd socket(int family, int type) {
        return new Fd(PosixException.check(Libc.socket(family, type, 0), "socket()"));
    }

    private static Fd listener() {
        Fd fd = socket(Linux.AF_INET, Linux.SOCK_STREAM);
        PosixException.check(Libc.bind(fd.number(), LOOPBACK), "bind()");
        PosixException.check(Libc.listen(fd.number(), 5), "listen()");
        return fd;
    }

    @Test
    void tcp() {
        try (Fd listener = listener();
                Fd client = socket(Linux.AF_INET, Linux.SOCK_STREAM);
                Arena arena = Arena.ofConfined()) {
            SocketAddress address = SocketAddress.local(listener.number());
            assertThat(Libc.connect(client.number(), address)).isZero();
            SocketAddressBuffer buffer = new SocketAddressBuffer();
            try (Fd server = new Fd(Libc.accept4(listener.number(), buffer, Linux.SOCK_NONBLOCK))) {
                assertThat(buffer.get()).isEqualTo(SocketAddress.local(client.number()));
                assertThat(SocketAddress.peer(client.number())).isEqualTo(address);
                assertThat(server.isNonBlocking()).isTrue();
                MemorySegment memory = arena.allocate(16);
                assertThat(Libc.recv(server.number(), memory, 0, 16, 0)).isEqualTo(-Errno.EAGAIN);
                assertThat(Libc.send(client.number(), memory, 1, 5, Linux.MSG_NOSIGNAL))
                        .isEqualTo(5);
                assertThat(Libc.shutdown(client.number(), Linux.SHUT_WR)).isZero();
                assertThat(Libc.poll(server.number(), Linux.POLLIN, -1)).isEqualTo(Linux.POLLIN);
                assertThat(Libc.recv(server.number(), memory, 0, 16, 0)).isEqualTo(5);
                assertThat(Libc.recv(server.number(), memory, 0, 16, 0)).isZero();
            }
        }
    }

    @Test
    void aRefusedConnection() {
        SocketAddress address;
        try (Fd listener = listener()) {
            address = SocketAddress.local(listener.number());
        }
        try (Fd client = socket(Linux.AF_INET, Linux.SOCK_STREAM)) {
            assertThat(Libc.connect(client.number(), address)).isEqualTo(-Errno.ECONNREFUSED);
        }
        try (Fd client = socket(Linux.AF_INET, Linux.SOCK_STREAM | Linux.SOCK_NONBLOCK)) {
            int result = Libc.connect(client.number(), address);
            assertThat(result).isIn(-Errno.EINPROGRESS, -Errno.ECONNREFUSED);
            if (result == -Errno.EINPROGRESS) {
                assertThat(Libc.poll(client.number(), Linux.POLLOUT, -1) & Linux.POLLERR)
                        .isNotZero();
                assertThat(Libc.getsockopt(client.number(), Linux.SOL_SOCKET, Linux.SO_ERROR))
                        .isEqualTo(Errno.ECONNREFUSED);
            }
            assertThatThrownBy(() -> SocketAddress.peer(client.number()))
                    .hasMessageEndingWith("Transport endpoint is not connected");
        }
    }

    @Test
    void options() {
        try (Fd fd = socket(Linux.AF_INET, Linux.SOCK_STREAM)) {
            int n = fd.number();
            assertThat(Libc.setsockopt(n, Linux.SOL_SOCKET, Linux.SO_REUSEADDR, 1)).isZero();
            assertThat(Libc.getsockopt(n, Linux.SOL_SOCKET, Linux.SO_REUSEADDR)).isEqualTo(1);
            byte[] linger = {1, 0, 0, 0, 7, 0, 0, 0};
            assertThat(Libc.setsockopt(n, Linux.SOL_SOCKET, Linux.SO_LINGER, linger)).isZero();
            byte[] value = new byte[8];
            assertThat(Libc.getsockopt(n, Linux.SOL_SOCKET, Linux.SO_LINGER, value)).isEqualTo(8);
            assertThat(value).isEqualTo(linger);
            byte[] name = new byte[16];
            int length = Libc.getsockopt(n, Linux.SOL_TCP, Linux.TCP_CONGESTION, name);
            assertThat(NativeStrings.decode(ByteBuffer.wrap(name), 0, length)).isNotEmpty();
            assertThat(Libc.getsockopt(n, Linux.SOL_SOCKET, 4711)).isEqualTo(-Errno.ENOPROTOOPT);
            assertThat(Libc.setsockopt(n, Linux.SOL_SOCKET, 4711, new byte[300]))
                    .isEqualTo(-Errno.ENOPROTOOPT);
        }
    }

    @Test
    void datagrams() {
        try (Fd a = socket(Linux.AF_INET, Linux.SOCK_DGRAM);
                Fd b = socket(Linux.AF_INET, Linux.SOCK_DGRAM);
                Arena arena = Arena.ofConfined()) {
            assertThat(Libc.bind(a.number(), LOOPBACK)).isZero();
            assertThat(Libc.bind(b.number(), LOOPBACK)).isZero();
            SocketAddress addressOfA = SocketAddress.local(a.number());
            SocketAddress addressOfB = SocketAddress.local(b.number());
            SocketAddressBuffer buffer = new SocketAddressBuffer().set(addressOfB);
            MemorySegment memory = arena.allocate(100);
            assertThat(Libc.sendto(a.number(), memory, 0, 10, 0, buffer)).isEqualTo(10);
            assertThat(Libc.recvfrom(b.number(), memory, 0, 100, 0, buffer)).isEqualTo(10);
            assertThat(buffer.get()).isEqualTo(addressOfA);

            Libc.setsockopt(b.number(), Linux.SOL_IP, Linux.IP_RECVTTL, 1);
            SocketMessage message = new SocketMessage(256);
            message.peer().set(addressOfB);
            assertThat(message.send(a.number(), memory, 0, 0, 0)).isZero();
            assertThat(message.receive(b.number(), memory, 0, 100, 0)).isZero();
            assertThat(message.peer().get()).isEqualTo(addressOfA);
            List<ControlMessage> controls = message.controls();
            assertThat(controls).hasSize(1);
            assertThat(controls.getFirst().level()).isEqualTo(Linux.SOL_IP);
            assertThat(controls.getFirst().type()).isEqualTo(Linux.IP_TTL);
            assertThat(
                            ByteBuffer.wrap(controls.getFirst().data())
                                    .order(ByteOrder.nativeOrder())
                                    .getInt())
                    .isEqualTo(64);
        }
    }

    @Test
    void messagesCarryDescriptors() {
        int[] pair = new int[2];
        PosixException.check(
                Libc.socketpair(Linux.AF_UNIX, Linux.SOCK_DGRAM, 0, pair), "socketpair()");
        try (Fd a = new Fd(pair[0]);
                Fd b = new Fd(pair[1]);
                Pipe pipe = Pipe.open(0);
                Arena arena = Arena.ofConfined()) {
            MemorySegment memory = arena.allocate(10);
            byte[] number = new byte[4];
            ByteBuffer.wrap(number).order(ByteOrder.nativeOrder()).putInt(pipe.writer().number());
            SocketMessage message = new SocketMessage(64);
            message.add(new ControlMessage(Linux.SOL_SOCKET, Linux.SCM_RIGHTS, number));
            assertThat(message.send(a.number(), memory, 0, 1, 0)).isEqualTo(1);
            message.clear();
            assertThat(message.receive(b.number(), memory, 0, 10, 0)).isEqualTo(1);
            assertThat(message.peer().length()).isZero();
            int passed =
                    ByteBuffer.wrap(message.controls().getFirst().data())
                            .order(ByteOrder.nativeOrder())
                            .getInt();
            try (Fd fd = new Fd(passed)) {
                assertThat(fd.number()).isNotEqualTo(pipe.writer().number());
                assertThat(Libc.fcntl(passed, Linux.F_GETFD, 0)).isEqualTo(Linux.FD_CLOEXEC);
                Libc.write(passed, "x".getBytes(UTF_8), 0, 1);
            }
            assertThat(Libc.read(pipe.reader().number(), new byte[2], 0, 2)).isEqualTo(1);
            assertThatThrownBy(
                            () -> new SocketMessage(16).add(new ControlMessage(1, 1, new byte[1])))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void unixSockets(@TempDir Path folder) {
        SocketAddress.Unix path = SocketAddress.Unix.ofPath(folder.resolve("s").toString(), true);
        SocketAddress.Unix name =
                SocketAddress.Unix.ofAbstract("jsocat-test-" + Libc.getpid(), true);
        for (SocketAddress.Unix address : List.of(path, name)) {
            try (Fd listener = socket(Linux.AF_UNIX, Linux.SOCK_STREAM);
                    Fd client = socket(Linux.AF_UNIX, Linux.SOCK_STREAM)) {
                assertThat(Libc.bind(listener.number(), address)).isZero();
                assertThat(Libc.listen(listener.number(), 1)).isZero();
                assertThat(SocketAddress.local(listener.number())).isEqualTo(address);
                assertThat(Libc.connect(client.number(), address)).isZero();
                try (Fd server = new Fd(Libc.accept4(listener.number(), 0))) {
                    assertThat(SocketAddress.peer(server.number()).text())
                            .isEqualTo("AF=1 \"<anon>\"");
                    assertThat(SocketAddress.peer(client.number())).isEqualTo(address);
                }
            }
        }
    }
}
