package org.jsocat.spi.posix;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.ByteArrayOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

@Timeout(300)
class SpawnTest {

    private static final List<String> PATH = List.of("PATH=/usr/bin:/bin");

    private static Spawn shell(String command) {
        return new Spawn("/bin/sh").arguments(List.of("sh", "-c", command)).environment(PATH);
    }

    private static String readAll(Fd fd) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        byte[] bytes = new byte[4096];
        long n;
        while ((n = Libc.read(fd.number(), bytes, 0, bytes.length)) > 0) {
            all.write(bytes, 0, (int) n);
        }
        return all.toString(UTF_8);
    }

    private static String output(Spawn spawn) {
        try (Pipe pipe = Pipe.open(0);
                ChildProcess child = spawn.duplicate(pipe.writer().number(), 1).start()) {
            pipe.writer().close();
            String text = readAll(pipe.reader());
            child.waitFor();
            return text;
        }
    }

    @Test
    void exitStatus() {
        try (ChildProcess child = shell("exit 7").start()) {
            ExitStatus status = child.waitFor();
            assertThat(status.isExited()).isTrue();
            assertThat(status.isSignalled()).isFalse();
            assertThat(status.code()).isEqualTo(7);
            assertThat(child.poll()).contains(status);
            assertThat(child.kill(Linux.SIGTERM)).isEqualTo(-Errno.ESRCH);
        }
    }

    @Test
    void signalledAndStopped() {
        try (ChildProcess child =
                new Spawn("/bin/sleep").arguments(List.of("sleep", "60")).start()) {
            assertThat(child.poll()).isEmpty();
            assertThat(child.waitFor(1_000_000)).isEmpty();
            assertThat(child.kill(Linux.SIGSTOP)).isZero();
            ExitStatus stopped = new ExitStatus((int) Libc.waitpid(child.pid(), Linux.WUNTRACED));
            assertThat(stopped.isStopped()).isTrue();
            assertThat(stopped.signal()).isEqualTo(Linux.SIGSTOP);
            assertThat(child.kill(Linux.SIGKILL)).isZero();
            ExitStatus status = child.waitFor();
            assertThat(status.isSignalled()).isTrue();
            assertThat(status.isExited()).isFalse();
            assertThat(status.signal()).isEqualTo(Linux.SIGKILL);
        }
    }

    @Test
    void virtualThreadsWait() throws Exception {
        CompletableFuture<Optional<ExitStatus>> result = new CompletableFuture<>();
        try (Pipe pipe = Pipe.open(0);
                ChildProcess child =
                        shell("read x; exit 3").duplicate(pipe.reader().number(), 0).start()) {
            Thread.ofVirtual().start(() -> result.complete(Optional.of(child.waitFor())));
            Libc.write(pipe.writer().number(), "\n".getBytes(UTF_8), 0, 1);
            assertThat(result.get().orElseThrow().code()).isEqualTo(3);
        }
    }

    @Test
    void argumentsAndEnvironment() {
        assertThat(
                        output(
                                new Spawn("/usr/bin/env")
                                        .arguments(List.of("env"))
                                        .environment(List.of("A=1", "B=\u00e4 \udcff"))))
                .isEqualTo("A=1\nB=\u00e4 \ufffd\n");
        assertThat(
                        output(
                                new Spawn("/bin/sh")
                                        .arguments(
                                                List.of(
                                                        "me",
                                                        "-c",
                                                        "echo \"$0|$1|$2\"",
                                                        "a",
                                                        "",
                                                        "b c"))))
                .isEqualTo("a||b c\n");
    }

    private static Spawn signalLine(String name) {
        return new Spawn("/bin/grep").arguments(List.of("grep", name, "/proc/self/status"));
    }

    /** Prints the descriptors that the program has. */
    private static Spawn descriptors() {
        return shell(
                "i=0; while [ $i -lt 200 ]; do [ -e /proc/$$/fd/$i ] && echo $i; i=$((i+1)); done");
    }

    @Test
    void noOtherDescriptors() {
        try (Pipe pipe = Pipe.open(0)) {
            Fd open = pipe.reader();
            open.setCloseOnExec(false);
            assertThat(output(descriptors())).isEqualTo("0\n1\n2\n");
            assertThat(output(descriptors().duplicate(open.number(), 99)))
                    .isEqualTo("0\n1\n2\n99\n");
            assertThat(output(descriptors().duplicate(open.number(), open.number())))
                    .isEqualTo("0\n1\n2\n" + open.number() + "\n");
            assertThat(output(descriptors().inheritOthers()).split("\n"))
                    .contains(Integer.toString(open.number()))
                    .doesNotContain(Integer.toString(pipe.writer().number()));
        }
    }

    @Test
    void fileActions(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("out");
        try (Fd out = Fd.open(file.toString(), Linux.O_WRONLY | Linux.O_CREAT, 0600);
                ChildProcess child =
                        shell("pwd; echo err >&2")
                                .changeDirectory(folder.toString())
                                .duplicate(out.number(), 1)
                                .duplicate(1, 2)
                                .close(0)
                                .start()) {
            assertThat(child.waitFor().code()).isZero();
        }
        assertThat(Files.readString(file)).isEqualTo(folder.toRealPath() + "\nerr\n");
    }

    @Test
    void failuresLeaveNoProcess() {
        assertThatThrownBy(() -> new Spawn("/no/such/program").start())
                .isInstanceOf(PosixException.class)
                .hasMessage("execve(\"/no/such/program\"): No such file or directory");
        assertThatThrownBy(() -> new Spawn("/etc/passwd").start())
                .hasMessageEndingWith("Permission denied");
        assertThatThrownBy(() -> shell("true").duplicate(1_000_000, 1).start())
                .hasMessageEndingWith("Bad file descriptor");
    }

    @Test
    void newSessionWithAControllingTerminal() {
        try (Pty pty = Pty.open(0);
                Fd slave = pty.openSlave(0)) {
            Spawn spawn =
                    shell("test \"$(ps -o sid= -p $$ | tr -d ' ')\" = $$ && tty && stty size")
                            .newSession()
                            .duplicate(slave.number(), 0)
                            .controllingTerminal(0)
                            .duplicate(0, 2);
            assertThat(new WindowSize(33, 77, 0, 0).apply(pty.master().number())).isZero();
            assertThat(output(spawn)).isEqualTo(pty.slave() + "\n33 77\n");
        }
    }

    @Test
    void newProcessGroup() {
        assertThat(
                        output(
                                shell("test \"$(ps -o pgid= -p $$ | tr -d ' ')\" = $$ && echo yes")
                                        .processGroup(0)))
                .isEqualTo("yes\n");
    }

    @Test
    void signalStateOfTheProgram() {
        assertThat(output(signalLine("SigBlk"))).isEqualTo("SigBlk:\t0000000000000000\n");
        assertThat(output(signalLine("SigBlk").signalMask(1L << (Linux.SIGUSR1 - 1))))
                .isEqualTo("SigBlk:\t0000000000000200\n");
        int before = Libc.signalDisposition(Linux.SIGURG);
        Libc.setSignalDisposition(Linux.SIGURG, true);
        try {
            long urgent = 1L << (Linux.SIGURG - 1);
            assertThat(ignored(signalLine("SigIgn")) & urgent).isEqualTo(urgent);
            assertThat(ignored(signalLine("SigIgn").defaultSignals(urgent)) & urgent).isZero();
        } finally {
            Libc.setSignalDisposition(Linux.SIGURG, before == 1);
        }
    }

    private static long ignored(Spawn spawn) {
        return Long.parseUnsignedLong(output(spawn).substring("SigIgn:\t".length()).strip(), 16);
    }

    @Test
    void identityIsTheProgramsAlone() {
        assumeTrue(Libc.getuid() == 0, "needs root to change the user");
        Spawn spawn = shell("id -u; id -g; id -G; umask; ulimit -n");
        assertThat(spawn.changesIdentity()).isFalse();
        spawn.umask(0777)
                .umask(027)
                .limit(Linux.RLIMIT_NOFILE, 77, 88)
                .groups(4, 5)
                .group(65533)
                .user(65534);
        assertThat(output(spawn)).isEqualTo("65534\n65533\n65533 4 5\n0027\n77\n");
        assertThat(spawn.changesIdentity()).isTrue();
        assertThat(Libc.getuid()).isZero();
        assertThat(Libc.geteuid()).isZero();
        Spawn wrongOrder = shell("true").user(65534).group(65533);
        assertThatThrownBy(wrongOrder::start).hasMessage("setgid(65533): Operation not permitted");
    }

    @Test
    void aJailWithAControllingTerminal(@TempDir Path jail) throws Exception {
        assumeTrue(Libc.getuid() == 0, "needs root for chroot");
        copyWithLibraries("/bin/sh", jail);
        Files.writeString(jail.resolve("inside"), "");
        try (Pty pty = Pty.open(0);
                Fd slave = pty.openSlave(0);
                ChildProcess child =
                        shell("echo /*; pwd; read x; exit 5")
                                .newSession()
                                .duplicate(slave.number(), 0)
                                .controllingTerminal(0)
                                .duplicate(0, 1)
                                .duplicate(0, 2)
                                .chroot(jail.toString())
                                .start()) {
            StringBuilder text = new StringBuilder();
            byte[] bytes = new byte[200];
            while (text.indexOf("\n/\r\n") < 0) {
                int n = (int) Libc.read(pty.master().number(), bytes, 0, bytes.length);
                assertThat(n).as(text.toString()).isPositive();
                text.append(new String(bytes, 0, n, UTF_8));
            }
            assertThat(text.toString()).contains("/inside").doesNotContain("/proc");
            assertThat(Libc.ioctlGetInt(pty.master().number(), Linux.TIOCGSID))
                    .isEqualTo(child.pid());
            Libc.write(pty.master().number(), "\n".getBytes(UTF_8), 0, 1);
            assertThat(child.waitFor().code()).isEqualTo(5);
        }
        assertThat(Files.exists(Path.of("/inside"))).isFalse();
    }

    /** Signals 32 and 33 are libc's own, and it does not let itself be asked about them. */
    @Test
    void signalsOfLibcCanBeIgnoredToo() {
        long three = 1L << 31 | 1L << 32 | 1L << (Linux.SIGURG - 1);
        Spawn spawn = signalLine("SigIgn").ignoredSignals(three);
        assertThat(ignored(spawn) & three).isEqualTo(three);
        assertThat(ignored(signalLine("SigIgn")) & three).isZero();
    }

    @Test
    void aProgramTakesThePlaceOfAProcess() {
        // The calls that a child makes are the same ones that the process itself makes, which a
        // test can only show where one fails.
        assertThatThrownBy(() -> new Spawn("/no/such/program").replace())
                .hasMessage("execve(\"/no/such/program\"): No such file or directory");
        assertThat(Libc.signalMask() & 1L << (Linux.SIGTERM - 1)).isZero();
    }

    private static void copyWithLibraries(String program, Path jail) throws Exception {
        List<String> files = new ArrayList<>(List.of(program));
        Matcher library =
                Pattern.compile("(/\\S+) \\(0x")
                        .matcher(
                                output(
                                        new Spawn("/usr/bin/ldd")
                                                .arguments(List.of("ldd", program))
                                                .environment(PATH)));
        while (library.find()) {
            files.add(library.group(1));
        }
        for (String file : files) {
            Path copy = jail.resolve(file.substring(1));
            Files.createDirectories(copy.getParent());
            Files.copy(Path.of(file), copy, StandardCopyOption.REPLACE_EXISTING);
        }
    }
}
