package org.jsocat.plugin.exec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.jsocat.plugin.exec.ProgramFixture.exec;
import static org.jsocat.plugin.exec.ProgramFixture.output;
import static org.jsocat.plugin.exec.ProgramFixture.system;

import org.jsocat.spi.posix.Libc;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/** Only root can take an identity; the numbers are those of nobody. */
@Timeout(300)
class IdentityTest {
    private static final String NOBODY = "65534";

    @BeforeEach
    void requireRoot() {
        assumeThat(Libc.geteuid()).as("the test is run by root").isZero();
    }

    @Test
    void programHasNoneOfRootsPowers() {
        String text =
                output(
                        system("id -u; id -g; grep -E 'Cap(Eff|Prm|Inh)' /proc/self/status")
                                .with("setgid", NOBODY)
                                .with("setuid", NOBODY));
        assertThat(text.split("\n"))
                .containsExactly(
                        NOBODY,
                        NOBODY,
                        "CapInh:\t0000000000000000",
                        "CapPrm:\t0000000000000000",
                        "CapEff:\t0000000000000000");
        assertThat(Libc.geteuid()).as("this process").isZero();
    }

    @Test
    void programMayNotReadWhatOnlyRootMay(@TempDir Path folder) throws IOException {
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        Path secret = folder.resolve("secret");
        Files.writeString(secret, "secret");
        Files.setPosixFilePermissions(secret, PosixFilePermissions.fromString("rw-------"));
        assertThat(output(exec("cat " + secret))).isEqualTo("secret");
        assertThat(output(exec("cat " + secret).with("setuid", NOBODY).with("stderr")))
                .contains("Permission denied");
    }

    @Test
    void programMayNotBecomeRootAgain() {
        assertThat(output(exec("setpriv --reuid=0 id -u").with("setuid", NOBODY).with("stderr")))
                .contains("Operation not permitted");
    }

    @Test
    void optionsTakeEffectInTheirOrder() {
        assertThatThrownBy(() -> exec("id").with("setuid", NOBODY).with("setgid", NOBODY).open())
                .hasMessage("setgid(65534): Operation not permitted");
    }

    @Test
    void jailHasNothingButWhatIsThere(@TempDir Path jail) throws IOException {
        copyProgram("/bin/sh", jail);
        assertThat(jail.toFile().setExecutable(true, false)).isTrue();
        assertThat(jail.toFile().setReadable(true, false)).isTrue();
        String text =
                output(
                        exec("/bin/sh -c 'pwd; echo /dev* /proc*; test -t 0 && echo x >/tty'")
                                .with("chroot", jail.toString())
                                .with("setuid", NOBODY)
                                .with("stderr")
                                .with("pty")
                                .with("setsid")
                                .with("ctty")
                                .with("raw"));
        assertThat(text).startsWith("/\n/dev* /proc*\n").contains("/tty: Permission denied");
        assertThat(Files.exists(Path.of("/proc/self"))).as("this process sees all").isTrue();
    }

    /** Copies a program with the libraries that it is linked to. */
    private static void copyProgram(String program, Path root) throws IOException {
        String files = output(system("ldd " + program + " | grep -o '/[^ ]*'")) + program;
        for (String file : files.split("\n")) {
            Path copy = root.resolve(file.substring(1));
            Files.createDirectories(copy.getParent());
            Files.copy(Path.of(file), copy);
            assertThat(copy.toFile().setExecutable(true, false)).isTrue();
        }
    }

    @Test
    void rootDirectoryThatIsMissingIsTheReferencesLine() {
        assertThatThrownBy(() -> exec("id").with("chroot", "/nonexistent").open())
                .hasMessage("chroot(\"/nonexistent\"): No such file or directory");
        assertThatThrownBy(() -> exec("id").with("netns", "nonexistent").open())
                .hasMessage(
                        "open(/run/netns/nonexistent, O_RDONLY|O_CLOEXEC): No such file or"
                                + " directory");
    }
}
