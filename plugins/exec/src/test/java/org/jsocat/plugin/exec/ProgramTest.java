package org.jsocat.plugin.exec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.jsocat.plugin.exec.ProgramFixture.exec;
import static org.jsocat.plugin.exec.ProgramFixture.output;
import static org.jsocat.plugin.exec.ProgramFixture.readAll;
import static org.jsocat.plugin.exec.ProgramFixture.readUntil;
import static org.jsocat.plugin.exec.ProgramFixture.shell;
import static org.jsocat.plugin.exec.ProgramFixture.status;
import static org.jsocat.plugin.exec.ProgramFixture.system;
import static org.jsocat.plugin.exec.ProgramFixture.write;

import org.jsocat.spi.AddressException;
import org.jsocat.spi.Direction;
import org.jsocat.spi.Endpoint;
import org.jsocat.spi.posix.Inheritance;
import org.jsocat.spi.posix.Libc;
import org.jsocat.spi.posix.Linux;
import org.jsocat.spi.posix.PosixException;
import org.jsocat.testkit.Opening;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

@Timeout(300)
class ProgramTest {
    @ParameterizedTest
    @ValueSource(strings = {"", "pipes", "pty"})
    void echoesByEveryMeans(String means) {
        Opening opening = means.isEmpty() ? exec("cat") : exec("cat").with(means);
        if (means.equals("pty")) {
            opening.with("raw").with("echo", "0");
        }
        try (Endpoint endpoint = opening.open()) {
            write(endpoint, "hello");
            assertThat(readUntil(endpoint, "hello")).isEqualTo("hello");
            if (!means.equals("pty")) {
                endpoint.shutdownOutput();
                assertThat(readAll(endpoint)).isEmpty();
                assertThat(status(endpoint).status()).isZero();
            }
        }
        assertThat(opening.unused()).isEmpty();
    }

    @Test
    void aTerminalThatIsOnlyWrittenIsNotHungUpByItsEnd() {
        try (Endpoint endpoint = exec("cat").with("pty").toward(Direction.WRITE).open()) {
            endpoint.shutdownOutput();
            assertThat(Libc.fcntl(endpoint.writeDescriptor(), Linux.F_GETFD, 0)).isNotNegative();
        }
    }

    @Test
    void splitsTheCommandLineWithoutShell() {
        assertThat(output(exec("printf %s| a  \"b  c\" 'd e' (f g) $HOME")))
                .isEqualTo("a|b  c|d e|(f g)|$HOME|");
    }

    @Test
    void tellsTheExitStatus() {
        try (Endpoint endpoint = exec("sh -c 'exit 3'").open()) {
            assertThat(readAll(endpoint)).isEmpty();
            assertThat(status(endpoint).code()).isEqualTo(3);
        }
    }

    @Test
    void systemPassesTheCodeOfItsShellOnly() {
        Opening failing = system("exit 7");
        try (Endpoint endpoint = failing.open()) {
            assertThat(status(endpoint).code()).isEqualTo(7);
        }
        assertThat(failing.lines()).contains("W system(\"exit 7\") returned with status 1792");
        try (Endpoint endpoint = system("kill -9 $$").open()) {
            assertThat(status(endpoint).status()).isZero();
        }
    }

    @Test
    void shellIsTheOneThatTheOptionNames() {
        assertThat(output(shell("echo $0 $SHELL").with("shell", "/bin/sh")))
                .isEqualTo("sh /bin/sh\n");
        assertThatThrownBy(() -> shell("true").with("shell", "sh").open())
                .isInstanceOf(AddressException.class)
                .hasMessage("SHELL \"sh\" variable does not specify a path (has no '/')");
    }

    @Test
    void missingShellHasOnlyDoneNothing() {
        Opening opening = shell("true").with("shell", "/nonexistent/sh");
        assertThat(output(opening)).isEmpty();
        assertThat(opening.lines())
                .contains(
                        "W execl(\"true\") returned with status -1",
                        "W execl(): No such file or directory");
    }

    @Test
    void missingProgramIsTheReferencesLine() {
        assertThatThrownBy(() -> exec("/nonexistent a b c").open())
                .isInstanceOf(PosixException.class)
                .hasMessage(
                        "execvp(\"/nonexistent\", \"/nonexistent\", \"a\", \"b\", ...):"
                                + " No such file or directory");
        assertThatThrownBy(() -> exec("nonexistent-program").open())
                .hasMessage(
                        "execvp(\"nonexistent-program\", \"nonexistent-program\"):"
                                + " No such file or directory");
    }

    @Test
    void pathIsSearchedAndPassedOn(@TempDir Path folder) throws IOException {
        Path script = folder.resolve("greet");
        Files.writeString(script, "echo \"$PATH $1\"\n"); // no #!, so the shell runs it
        assertThat(script.toFile().setExecutable(true)).isTrue();
        assertThat(output(exec("greet hello").with("path", "/nonexistent:" + folder)))
                .isEqualTo("/nonexistent:" + folder + " hello\n");
        assertThat(script.toFile().setExecutable(false)).isTrue();
        assertThatThrownBy(() -> exec("greet").with("path", folder.toString()).open())
                .hasMessageContaining("Permission denied");
    }

    @Test
    void loginShellHasADash() {
        assertThat(output(exec("sh -c 'echo $0; ps -o args= -p $$'").with("login")))
                .contains("-sh -c");
    }

    @Test
    void hasNoStrayDescriptorsAndDefaultSignals() {
        // Read by the shell itself: while it starts a program, a shell blocks signals for a moment.
        String status =
                "while read l; do case $l in Sig*) echo \"$l\";; esac; done </proc/$$/status";
        String[] lines = output(system("ls /proc/$$/fd; " + status)).split("\n");
        assertThat(lines).contains("0", "1", "2");
        assertThat(lines).contains("SigBlk:\t0000000000000000");
        for (String line : lines) {
            if (line.startsWith("SigIgn:")) {
                // 13 is SIGPIPE, which the reference ignores; 32 and 33 are libc's own.
                long ignored = Long.parseUnsignedLong(line.substring(8).strip(), 16);
                assertThat(ignored & ~(3L << 31)).isEqualTo(1L << (Linux.SIGPIPE - 1));
            } else if (!line.startsWith("Sig")) {
                int fd = Integer.parseInt(line);
                assertThat(fd < 3 || Inheritance.forPrograms().contains(fd)).isTrue();
            }
        }
    }

    @Test
    void descriptorsAreTheOnesAskedFor() {
        Opening both = system("cat <&6 >&5").with("fdin", "6").with("fdout", "5");
        try (Endpoint endpoint = both.open()) {
            write(endpoint, "x");
            endpoint.shutdownOutput();
            assertThat(readAll(endpoint)).isEqualTo("x");
        }
        assertThat(output(system("echo out; echo err >&2").with("stderr"))).isEqualTo("out\nerr\n");
        assertThatThrownBy(() -> exec("cat").with("fdin", "5").toward(Direction.READ).open())
                .hasMessage("_xioopen_foxec(): option fdin is useless in read-only mode");
    }

    @Test
    void ptyIsTheControllingTerminalOfANewSession() {
        Opening opening =
                system("tty; ps -o sid= -p $$ | tr -d ' '; echo $$; echo x >/dev/tty")
                        .with("pty")
                        .with("setsid")
                        .with("ctty")
                        .with("raw");
        String[] lines = output(opening).split("\n");
        assertThat(lines[0]).startsWith("/dev/pts/");
        assertThat(lines[1]).isEqualTo(lines[2]);
        assertThat(lines[3]).isEqualTo("x");
        assertThat(opening.unused()).isEmpty();
    }

    @Test
    void processGroupIsItsOwn() {
        String[] numbers =
                output(system("ps -o pgid= -p $$; echo $$").with("setpgid", "0")).split("\n");
        assertThat(numbers[0].strip()).isEqualTo(numbers[1].strip());
    }

    @Test
    void endsAndLeavesNoZombie() {
        long pid;
        try (Endpoint endpoint = exec("sleep 1000").open()) {
            pid = endpoint.program().orElseThrow().pid();
            assertThat(Libc.kill((int) pid, 0)).isZero();
        }
        // SIGTERM was sent; once the exit status has been taken the number is free.
        while (Libc.kill((int) pid, 0) == 0) {
            Thread.onSpinWait();
        }
    }

    @Test
    void isSharedByRelaysUntilTheLastHasEnded() {
        Opening opening = exec("cat").with("end-close");
        try (Endpoint first = opening.open()) {
            try (Endpoint second = first.share()) {
                write(second, "a");
                assertThat(readUntil(second, "a")).isEqualTo("a");
                second.shutdownOutput();
            }
            write(first, "b");
            assertThat(readUntil(first, "b")).isEqualTo("b");
        }
    }

    @Test
    void linkLeadsToTheTerminalAndGoesWithIt(@TempDir Path folder) {
        Path link = folder.resolve("terminal");
        Opening opening = exec("cat").with("pty").with("link", link.toString());
        try (Endpoint endpoint = opening.open()) {
            assertThat(endpoint.readDescriptor()).isPositive();
            assertThat(link).isSymbolicLink().exists();
        }
        opening.closed();
        assertThat(Files.isSymbolicLink(link)).isFalse();
    }

    @Test
    void endCloseLetsItLive() {
        Opening opening = exec("sh -c 'echo $$; read line; exec sleep 1000'").with("end-close");
        int pid;
        try (Endpoint endpoint = opening.open()) {
            pid = (int) endpoint.program().orElseThrow().pid();
            readUntil(endpoint, "\n");
        }
        assertThat(Libc.kill(pid, 0)).isZero();
        Libc.kill(pid, Linux.SIGKILL);
    }

    @Test
    void nothingIsLeftOpenAfterFailures() {
        failToStart(); // whatever is loaded once
        int before = openDescriptors();
        failToStart();
        // What the programs of other tests held may be freed meanwhile.
        assertThat(openDescriptors()).isLessThanOrEqualTo(before);
    }

    private static void failToStart() {
        for (String means : new String[] {"setsid", "pipes", "pty"}) {
            assertThatThrownBy(() -> exec("/nonexistent").with(means).open())
                    .isInstanceOf(PosixException.class);
        }
    }

    private static int openDescriptors() {
        String[] names = new java.io.File("/proc/self/fd").list();
        return names == null ? 0 : names.length;
    }
}
