package org.jsocat.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What cannot be opened is the reference's line and status 1, and leaves nothing: no link, no lock,
 * no file, no program.
 */
@Timeout(300)
@ExtendWith(ShowsPrograms.class)
final class BadInputIT {
    @TempDir private Path folder;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "EXEC:/nonexistent/prog | execvp(\"/nonexistent/prog\", \"/nonexistent/prog\"): No"
                        + " such file or directory",
                "EXEC:no-such-prog,pty,link=@/new | execvp(\"no-such-prog\", \"no-such-prog\"): No"
                        + " such file or directory",
                "EXEC:no-such-prog,nofork | execvp(\"no-such-prog\", \"no-such-prog\"): No such"
                        + " file or directory",
                "EXEC:/etc/passwd | execvp(\"/etc/passwd\", \"/etc/passwd\"): Permission denied",
                "SYSTEM:no-such-prog | exited with status 127",
                "EXEC:cat,su=nouser | getpwnam(\"nouser\"): no such user",
                "EXEC:cat,su-d=nouser | getpwnam(\"nouser\"): no such user",
                "EXEC:cat,setuid=nouser | getpwnam(\"nouser\"): no such user",
                "EXEC:cat,setgid=nogroup1 | getgrnam(\"nogroup1\"): no such group",
                "CREATE:@/new,user=nouser | getpwnam(\"nouser\"): no such user",
                "PTY,link=@/new,user=nouser | getpwnam(\"nouser\"): no such user",
                "EXEC:cat,chroot=/nonexistent | chroot(\"/nonexistent\"): No such file or"
                        + " directory",
                "EXEC:cat,chdir=/nonexistent | chdir(\"/nonexistent\"): No such file or directory",
                "PTY,link=/nonexistent/x | \"/nonexistent/x\"): No such file or directory",
                "PTY,link=@/new,csize=9 | option csize: invalid value 9",
                "PTY,link=@/new,tabdly=9 | option tabdly: invalid value 9",
                "PTY,link=@/new,vmin=x | missing numerical value",
                "PTY,link=@/new,parenb=x | missing numerical value",
                "PTY,link=@/new,b12345 | unknown option \"b12345\"",
                "PTY,link=@/new,tiocswinsz=1 | option \"tiocswinsz\": 2 arguments required",
                "OPEN:@/file,echo=0 | Inappropriate ioctl for device",
            })
    void isTheReferencesLineAndLeavesNothing(String address, String line) throws Exception {
        Path file = Files.writeString(folder.resolve("file"), "there");
        Path lock = folder.resolve("lock");
        try (RunningSocat socat =
                RunningSocat.start(
                        "-L",
                        lock.toString(),
                        "PTY,link=" + folder.resolve("first"),
                        address.replace("@", folder.toString()))) {
            assertThat(socat.status()).isEqualTo(1);
            assertThat(socat.log()).anyMatch(logged -> logged.contains(line));
            assertThat(programs(socat.log())).noneMatch(Files::exists);
        }
        try (Stream<Path> left = Files.list(folder)) {
            assertThat(left.toList()).containsExactly(file);
        }
        assertThat(file).hasContent("there");
    }

    /** A name that is taken is given to the terminal, as in the reference. */
    @ParameterizedTest
    @ValueSource(strings = {"PTY", "EXEC:cat,pty"})
    void linkThatExistsIsReplacedAndGoesInTheEnd(String address) throws Exception {
        Path link = Files.createSymbolicLink(folder.resolve("link"), Path.of("/nowhere"));
        try (RunningSocat socat = RunningSocat.start("STDIO", address + ",link=" + link + "")) {
            socat.await(Pattern.compile("starting data transfer loop"));
            assertThat(Files.readSymbolicLink(link).toString()).startsWith("/dev/pts/");
            RunningSocat.signal(socat.pid(), "TERM");
            assertThat(socat.status()).isEqualTo(143);
        }
        assertThat(Files.exists(link, LinkOption.NOFOLLOW_LINKS)).isFalse();
    }

    private static List<Path> programs(List<String> log) {
        return log.stream()
                .filter(line -> line.contains("forked off child process "))
                .map(line -> Path.of("/proc", line.substring(line.lastIndexOf(' ') + 1)))
                .toList();
    }
}
