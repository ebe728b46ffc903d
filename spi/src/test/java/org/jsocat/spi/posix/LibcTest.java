package org.jsocat.spi.posix;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.nio.charset.StandardCharsets.UTF_8;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.List;

class LibcTest {

    @TempDir Path folder;

    private String path(String name) {
        return folder + "/" + name; // a Path cannot hold every name
    }

    @Test
    void filesAreWrittenAndRead() throws IOException {
        try (Fd fd = Fd.open(path("f"), Linux.O_RDWR | Linux.O_CREAT | Linux.O_EXCL, 0600)) {
            int n = fd.number();
            assertThat(Libc.write(n, "hello world".getBytes(UTF_8), 0, 5)).isEqualTo(5);
            assertThat(Libc.lseek(n, 1, Linux.SEEK_SET)).isEqualTo(1);
            byte[] bytes = new byte[10];
            assertThat(Libc.read(n, bytes, 2, 8)).isEqualTo(4);
            assertThat(new String(bytes, 2, 4, UTF_8)).isEqualTo("ello");
            assertThat(Libc.read(n, bytes, 0, 10)).isZero();
            assertThat(Libc.lseek(n, 5L << 32, Linux.SEEK_SET)).isEqualTo(5L << 32);
            assertThat(Libc.ftruncate(n, 3)).isZero();
            assertThat(Libc.fsync(n)).isZero();
            try (Arena arena = Arena.ofConfined()) {
                MemorySegment memory = arena.allocate(8);
                assertThat(Libc.pread(n, memory, 2, 6, 1)).isEqualTo(2);
                assertThat(memory.get(JAVA_BYTE, 2)).isEqualTo((byte) 'e');
            }
        }
        assertThat(Files.readString(folder.resolve("f"))).isEqualTo("hel");
    }

    @Test
    void arraysLargerThanTheScratchMemory() throws IOException {
        byte[] bytes = new byte[100_000];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) (i * 7);
        }
        try (Fd fd = Fd.open(path("f"), Linux.O_RDWR | Linux.O_CREAT, 0600)) {
            assertThat(Libc.write(fd.number(), bytes, 1, 99_999)).isEqualTo(99_999);
            assertThat(Libc.lseek(fd.number(), 0, Linux.SEEK_SET)).isZero();
            byte[] read = new byte[100_001];
            assertThat(Libc.read(fd.number(), read, 2, 99_999)).isEqualTo(99_999);
            assertThat(Arrays.copyOfRange(read, 2, 100_001))
                    .isEqualTo(Arrays.copyOfRange(bytes, 1, 100_000));
        }
    }

    @Test
    void failedCallsReturnTheNegatedErrno() {
        assertThat(Libc.open(path("missing"), Linux.O_RDONLY, 0)).isEqualTo(-Errno.ENOENT);
        assertThat(Libc.close(-1)).isEqualTo(-Errno.EBADF);
        assertThat(Libc.read(-1, new byte[1], 0, 1)).isEqualTo(-Errno.EBADF);
        assertThat(Libc.unlink(path("missing"))).isEqualTo(-Errno.ENOENT);
        assertThat(Libc.open("/" + "x".repeat(300), Linux.O_RDONLY, 0))
                .isEqualTo(-Errno.ENAMETOOLONG);
    }

    @Test
    void memoryIsChecked() {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment memory = arena.allocate(8);
            assertThatThrownBy(() -> Libc.read(0, memory, 1, 8))
                    .isInstanceOf(IndexOutOfBoundsException.class);
        }
        assertThatThrownBy(() -> Libc.read(0, MemorySegment.ofArray(new byte[8]), 0, 8))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void namesOfAnyBytesAndLengths() throws IOException {
        String name = "n\u00e4me-" + "y".repeat(200);
        String deep = path(name);
        assertThat(Libc.mkdir(deep, 0700)).isZero();
        String file = deep + "/" + "z".repeat(200);
        Fd.open(file, Linux.O_WRONLY | Linux.O_CREAT, 0600).close();
        assertThat(Files.exists(folder.resolve(name).resolve("z".repeat(200)))).isTrue();

        assertThat(Libc.rename(file, file + "2")).isZero();
        assertThat(Libc.symlink(file + "2", deep + "/link")).isZero();
        byte[] target = new byte[1000];
        int length = Libc.readlink(deep + "/link", target);
        assertThat(NativeStrings.decode(target, 0, length)).isEqualTo(file + "2");
        assertThat(Libc.link(file + "2", deep + "/hard")).isZero();
        assertThat(FileStatus.of(deep + "/hard").links()).isEqualTo(2);

        String strange = path("a\udcffb");
        Fd.open(strange, Linux.O_WRONLY | Linux.O_CREAT, 0600).close();
        assertThat(Libc.access(strange, Linux.F_OK)).isZero();
        assertThat(Libc.unlink(strange)).isZero();
        assertThat(Libc.rmdir(deep)).isEqualTo(-Errno.ENOTEMPTY);
    }

    @Test
    void modesAndKindsOfFiles() throws IOException {
        int mask = Libc.umask(022);
        try {
            assertThat(Libc.mkfifo(path("fifo"), 0666)).isZero();
        } finally {
            Libc.umask(mask);
        }
        FileStatus fifo = FileStatus.of(path("fifo"));
        assertThat(fifo.type()).isEqualTo(Linux.S_IFIFO);
        assertThat(fifo.mode() & 07777).isEqualTo(0644);

        assertThat(Libc.chmod(path("fifo"), 0600)).isZero();
        assertThat(
                        PosixFilePermissions.toString(
                                Files.getPosixFilePermissions(folder.resolve("fifo"))))
                .isEqualTo("rw-------");
        assertThat(Libc.mknod(path("node"), Linux.S_IFIFO | 0600, 0)).isZero();
        assertThat(FileStatus.modeOf(path("node")) & Linux.S_IFMT).isEqualTo(Linux.S_IFIFO);
        assertThat(FileStatus.modeOf(path("missing"))).isEqualTo(-Errno.ENOENT);

        try (Fd fd = Fd.open(path("f"), Linux.O_WRONLY | Linux.O_CREAT, 0600)) {
            assertThat(Libc.fchmod(fd.number(), 0640)).isZero();
            assertThat(Libc.fchown(fd.number(), -1, -1)).isZero();
            assertThat(Libc.chown(path("f"), Libc.getuid(), Libc.getgid())).isZero();
            assertThat(FileStatus.of(fd.number()).mode()).isEqualTo(Linux.S_IFREG | 0640);
        }
    }

    @Test
    void statusAgreesWithTheJdk() throws IOException {
        Path file = Files.writeString(folder.resolve("f"), "12345");
        Path link = Files.createSymbolicLink(folder.resolve("l"), file);
        FileStatus status = FileStatus.of(file.toString());
        var jdk = Files.readAttributes(file, "unix:*");

        assertThat(status.mode()).isEqualTo(jdk.get("mode"));
        assertThat(status.uid()).isEqualTo(jdk.get("uid"));
        assertThat(status.gid()).isEqualTo(jdk.get("gid"));
        assertThat(status.size()).isEqualTo(5);
        assertThat(status.device()).isEqualTo(jdk.get("dev"));
        assertThat(status.inode()).isEqualTo(jdk.get("ino"));
        assertThat(status.links()).isEqualTo(jdk.get("nlink"));
        assertThat(FileStatus.of("/dev/null").rawDevice()).isEqualTo(FileStatus.device(1, 3));
        assertThat(FileStatus.ofLink(link.toString()).type()).isEqualTo(Linux.S_IFLNK);
        assertThat(FileStatus.modeOfLink(link.toString()) & Linux.S_IFMT).isEqualTo(Linux.S_IFLNK);
        assertThatThrownBy(() -> FileStatus.of(path("none")))
                .hasMessage("stat(\"" + path("none") + "\"): No such file or directory");
    }

    @Test
    void descriptorsAreCloseOnExec() {
        int[] pair = new int[2];
        assertThat(Libc.socketpair(Linux.AF_UNIX, Linux.SOCK_STREAM, 0, pair)).isZero();
        int[] pipe = new int[2];
        assertThat(Libc.pipe2(pipe, 0)).isZero();
        int dup = Libc.dup(pipe[0]);
        int file = Libc.open("/dev/null", Linux.O_RDONLY, 0);
        int socket = Libc.socket(Linux.AF_INET, Linux.SOCK_DGRAM, 0);
        int event = Libc.eventfd(0, 0);
        int epoll = Libc.epollCreate1(0);
        int dup3 = Libc.dup3(file, dup, Linux.O_CLOEXEC);
        for (int fd :
                List.of(pair[0], pair[1], pipe[0], pipe[1], dup3, file, socket, event, epoll)) {
            assertThat(Libc.fcntl(fd, Linux.F_GETFD, 0)).isEqualTo(Linux.FD_CLOEXEC);
        }
        assertThat(Libc.dup2(file, dup)).isEqualTo(dup);
        assertThat(Libc.fcntl(dup, Linux.F_GETFD, 0)).isZero();
        assertThat(Libc.closeRange(dup, dup, Linux.CLOSE_RANGE_CLOEXEC)).isZero();
        assertThat(Libc.fcntl(dup, Linux.F_GETFD, 0)).isEqualTo(Linux.FD_CLOEXEC);
        for (int fd :
                List.of(pair[0], pair[1], pipe[0], pipe[1], dup, file, socket, event, epoll)) {
            assertThat(Libc.close(fd)).isZero();
        }
    }

    @Test
    void locks() {
        try (Fd fd = Fd.open(path("f"), Linux.O_RDWR | Linux.O_CREAT, 0600);
                Fd other = Fd.open(path("f"), Linux.O_RDWR, 0)) {
            assertThat(Libc.lock(fd.number(), Linux.F_SETLK, Linux.F_WRLCK, Linux.SEEK_SET, 0, 0))
                    .isZero();
            assertThat(
                            Libc.lock(
                                    other.number(),
                                    Linux.F_OFD_SETLK,
                                    Linux.F_WRLCK,
                                    Linux.SEEK_SET,
                                    0,
                                    0))
                    .isEqualTo(-Errno.EAGAIN);
            assertThat(Libc.flock(fd.number(), Linux.LOCK_EX)).isZero();
            assertThat(Libc.flock(other.number(), Linux.LOCK_EX | Linux.LOCK_NB))
                    .isEqualTo(-Errno.EAGAIN);
        }
    }

    @Test
    void ioctlsWithAnInt() {
        try (Pipe pipe = Pipe.open(0)) {
            Libc.write(pipe.writer().number(), new byte[17], 0, 17);
            assertThat(Libc.ioctlGetInt(pipe.reader().number(), Linux.FIONREAD)).isEqualTo(17);
            assertThat(Libc.ioctlGetInt(pipe.reader().number(), Linux.TIOCGPGRP))
                    .isEqualTo(-Errno.ENOTTY);
            assertThat(Libc.ioctlSetInt(pipe.reader().number(), Linux.FIONBIO, 1)).isZero();
            assertThat(pipe.reader().isNonBlocking()).isTrue();
        }
    }

    @Test
    void spliceAndTeeMoveBytesBetweenPipes() {
        try (Pipe a = Pipe.open(0);
                Pipe b = Pipe.open(0)) {
            Libc.write(a.writer().number(), "data".getBytes(UTF_8), 0, 4);
            int in = a.reader().number();
            int out = b.writer().number();
            assertThat(Libc.tee(in, out, 4, 0)).isEqualTo(4);
            assertThat(Libc.splice(in, out, 100, Linux.SPLICE_F_MOVE)).isEqualTo(4);
            assertThat(Libc.splice(in, out, 100, Linux.SPLICE_F_NONBLOCK)).isEqualTo(-Errno.EAGAIN);
            byte[] bytes = new byte[10];
            assertThat(Libc.read(b.reader().number(), bytes, 0, 10)).isEqualTo(8);
            assertThat(new String(bytes, 0, 8, UTF_8)).isEqualTo("datadata");
        }
    }

    @Test
    void readvAndWritev() {
        try (Pipe pipe = Pipe.open(0);
                Arena arena = Arena.ofConfined()) {
            MemorySegment data = arena.allocateFrom("abcdef");
            MemorySegment vector = arena.allocate(32, 8);
            vector.set(java.lang.foreign.ValueLayout.JAVA_LONG, 0, data.address() + 3);
            vector.set(java.lang.foreign.ValueLayout.JAVA_LONG, 8, 3);
            vector.set(java.lang.foreign.ValueLayout.JAVA_LONG, 16, data.address());
            vector.set(java.lang.foreign.ValueLayout.JAVA_LONG, 24, 3);
            assertThat(Libc.writev(pipe.writer().number(), vector, 2)).isEqualTo(6);
            assertThat(Libc.readv(pipe.reader().number(), vector, 1)).isEqualTo(3);
            assertThat(data.getString(0)).isEqualTo("abcdef");
        }
    }

    @Test
    void whatTheProcessIs() throws IOException {
        assertThat((long) Libc.getpid()).isEqualTo(ProcessHandle.current().pid());
        assertThat((long) Libc.getppid())
                .isEqualTo(ProcessHandle.current().parent().orElseThrow().pid());
        assertThat(Libc.gettid()).isPositive();
        assertThat(Libc.getuid()).isEqualTo(Files.getAttribute(Path.of("/proc/self"), "unix:uid"));
        assertThat(Libc.geteuid()).isEqualTo(Libc.getuid());
        assertThat(Libc.getegid()).isEqualTo(Libc.getgid());
        assertThat(Libc.getgroups()).isNotNull();
        assertThat(Libc.getsid(0)).isNotNegative();
        assertThat(Libc.getpgid(0)).isNotNegative();
        assertThat(Libc.kill(Libc.getpid(), 0)).isZero();
        byte[] cwd = new byte[4096];
        int length = Libc.getcwd(cwd);
        assertThat(NativeStrings.decode(cwd, 0, length)).isEqualTo(System.getProperty("user.dir"));
        assertThat(Libc.getcwd(new byte[1])).isEqualTo(-Errno.ERANGE);
        long[] limits = new long[2];
        assertThat(Libc.getrlimit(Linux.RLIMIT_NOFILE, limits)).isZero();
        assertThat(limits[0]).isPositive();
        assertThat(Libc.setrlimit(Linux.RLIMIT_NOFILE, limits[0], limits[1])).isZero();
    }

    @Test
    void whatTheHostIs() throws IOException {
        String release = Files.readString(Path.of("/proc/sys/kernel/osrelease")).strip();
        String host = Files.readString(Path.of("/proc/sys/kernel/hostname")).strip();

        assertThat(Platform.unavailabilityCause()).isEmpty();
        assertThat(Libc.uname()).startsWith("Linux", host, release);
        assertThat(Libc.gethostname()).isEqualTo(host);
        assertThat(Platform.pageSize()).isIn(4096, 16384, 65536);
        assertThat(Libc.ifNametoindex("lo")).isPositive();
        assertThat(Libc.ifIndextoname(Libc.ifNametoindex("lo"))).isEqualTo("lo");
        assertThat(Libc.ifIndextoname(1_000_000)).isEmpty();
        assertThat(Libc.ifNametoindex("no-such-if")).isEqualTo(-Errno.ENODEV);
        assertThat(InetAddress.getLoopbackAddress()).isNotNull();
    }

    @Test
    void signals() throws InterruptedException {
        Thread thread =
                Thread.ofPlatform()
                        .start(
                                () -> {
                                    long before = Libc.signalMask();
                                    long usr2 = 1L << (Linux.SIGUSR2 - 1);
                                    assertThat(Libc.pthreadSigmask(Linux.SIG_BLOCK, usr2)).isZero();
                                    assertThat(Libc.signalMask()).isEqualTo(before | usr2);
                                    Libc.pthreadSigmask(Linux.SIG_SETMASK, before);
                                    assertThat(Libc.signalMask()).isEqualTo(before);
                                });
        thread.join();

        int before = Libc.signalDisposition(Linux.SIGURG);
        assertThat(before).isIn(0, 1);
        assertThat(Libc.setSignalDisposition(Linux.SIGURG, true)).isZero();
        assertThat(Libc.signalDisposition(Linux.SIGURG)).isEqualTo(1);
        Libc.setSignalDisposition(Linux.SIGURG, before == 1);
        assertThat(Libc.signalDisposition(Linux.SIGSEGV)).isEqualTo(2);
        assertThat(Libc.signalDisposition(4711)).isEqualTo(-Errno.EINVAL);
        assertThat(Libc.pthreadSigmask(99, 0)).isEqualTo(-Errno.EINVAL);
    }

    @Test
    void executeThatFailsReturns() {
        assertThat(Libc.execve(path("missing"), List.of("x"), List.of())).isEqualTo(-Errno.ENOENT);
    }
}
