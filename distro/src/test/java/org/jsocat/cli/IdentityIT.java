package org.jsocat.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import org.jsocat.cli.RunningSocat.Conversation;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Servers whose programs are somebody else, or somewhere else. */
@Timeout(300)
@ExtendWith(ShowsPrograms.class)
final class IdentityIT {
    private static final String LISTENER = "TCP4-LISTEN:0,bind=127.0.0.1,reuseaddr";
    private static final String NOBODY = "65534";

    @TempDir private Path folder;

    @BeforeEach
    void requireRoot() {
        assumeTrue("root".equals(System.getProperty("user.name")), "the test is not run by root");
    }

    /** The secured server of the reference's manual. */
    @Test
    void jailedServerServesManyAtOnce() throws Exception {
        Path jail = jail("/bin/cat");
        try (RunningSocat socat =
                RunningSocat.start(
                        "tcp-l:0,bind=127.0.0.1,fork,reuseaddr",
                        "exec:/bin/cat,chroot="
                                + jail
                                + ",su-d=nobody,ctty,setsid,pty,raw,echo=0")) {
            int port = socat.port();
            List<Conversation> peers = new ArrayList<>();
            for (int i = 0; i < 5; i++) {
                peers.add(RunningSocat.connect(port));
            }
            for (int round = 0; round < 3; round++) {
                for (int i = 0; i < peers.size(); i++) {
                    peers.get(i).say("peer " + i + " round " + round + "\n");
                }
                for (int i = 0; i < peers.size(); i++) {
                    assertThat(peers.get(i).hear("\n"))
                            .isEqualTo("peer " + i + " round " + round + "\n");
                }
            }
            assertThat(socat.children())
                    .hasSize(peers.size())
                    .allMatch(state -> state.contains("Uid: 65534 65534 65534 65534"))
                    .allMatch(state -> state.contains("Gid: 65534 65534 65534 65534"))
                    .allMatch(state -> state.contains("CapEff: 0000000000000000"));
            for (Conversation peer : peers) {
                peer.close();
            }
            RunningSocat.await("the programs are waited for", () -> socat.children().isEmpty());
            assertRoot(socat);
        }
    }

    @Test
    void jailedProgramHasNoneOfRootsPowers() throws Exception {
        Path jail = jail("/bin/sh", "/bin/cat", "/usr/bin/id");
        Path secret = Files.writeString(jail.resolve("secret"), "secret");
        Files.setPosixFilePermissions(secret, PosixFilePermissions.fromString("rw-------"));
        try (RunningSocat socat =
                RunningSocat.start(
                        LISTENER + ",fork",
                        "exec:'/bin/sh -c \"id -u; id -G; cat /secret; echo /*; echo >/new; "
                                + "kill -0 1; echo .; read line\"',chroot="
                                + jail
                                + ",su-d=nobody,ctty,setsid,pty,raw,echo=0,stderr")) {
            int port = socat.port();
            for (int i = 0; i < 2; i++) {
                try (Conversation peer = RunningSocat.connect(port)) {
                    assertThat(peer.hear("\n.\n"))
                            .startsWith(NOBODY + "\n" + NOBODY + "\n")
                            .contains("/secret: Permission denied")
                            .contains("cannot create /new: Permission denied")
                            .contains("Operation not permitted")
                            .doesNotContain("/dev");
                }
            }
            assertRoot(socat);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''                                | ,su=nobody              | 65534:65534:65534",
                "''                                | ,su-d=nobody            | 65534:65534:65534",
                "''                                | ,setuid=daemon          | 1:0:0",
                "''                                | ,setuid-early=daemon    | 1:0:0",
                "''                                | ,setgid=daemon          | 0:1:",
                "''                                | ,setgid-early=1,setuid=1| 1:1:",
                ",su=nobody                        | ''                      | 65534:65534:65534",
                ",setuid=daemon                    | ''                      | 1:0:0",
                "''                                | ,nofork                 | 0:0:0",
                "''                                | ,nofork,su=nobody       | 65534:65534:65534",
                ",su=nobody                        | ,nofork                 | 65534:65534:65534",
            })
    void programIsWhoTheOptionsSay(String listener, String program, String identity)
            throws Exception {
        try (RunningSocat socat =
                RunningSocat.start(
                        LISTENER + listener + ",fork",
                        "SYSTEM:echo $(id -u)\\:$(id -g)\\:$(id -G)" + program)) {
            int port = socat.port();
            for (int i = 0; i < 2; i++) {
                try (Conversation peer = RunningSocat.connect(port)) {
                    assertThat(peer.rest()).startsWith(identity).endsWith("\n");
                }
            }
            assertRoot(socat);
        }
    }

    /** What is done before the address listens concerns the whole program, as in the reference. */
    @Test
    void earlyIdentityOfAListenerIsThatOfTheProgram() throws Exception {
        try (RunningSocat socat =
                RunningSocat.start(LISTENER + ",fork,setuid-early=daemon", "SYSTEM:id -u")) {
            int port = socat.port();
            assertThat(socat.ofThreads("Uid")).isNotEmpty().allMatch("Uid:\t1\t1\t1\t1"::equals);
            try (Conversation peer = RunningSocat.connect(port)) {
                assertThat(peer.rest()).isEqualTo("1\n");
            }
        }
    }

    /** One relay takes an identity, another of the same program keeps root's. */
    @Test
    void identityOfOneRelayIsNotThatOfAnother() throws Exception {
        Path secret = Files.writeString(folder.resolve("secret"), "only root reads this");
        Files.setPosixFilePermissions(secret, PosixFilePermissions.fromString("rw-------"));
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        try (RunningSocat open =
                        RunningSocat.start(LISTENER + ",fork,su=nobody", "OPEN:" + secret);
                RunningSocat program =
                        RunningSocat.start(
                                LISTENER + ",fork", "EXEC:cat " + secret + ",su=nobody,stderr")) {
            try (Conversation peer = RunningSocat.connect(open.port())) {
                assertThat(peer.rest()).isEmpty();
            }
            open.await(Pattern.compile("E open.*Permission denied"));
            assertRoot(open);
            try (Conversation peer = RunningSocat.connect(program.port())) {
                assertThat(peer.rest()).contains("Permission denied");
            }
            assertRoot(program);
        }
    }

    /** Not by the user's own shell: where its input is a connection, bash runs ~/.bashrc first. */
    @Test
    void noforkReplacesTheProgram() throws Exception {
        try (RunningSocat socat =
                        RunningSocat.start(LISTENER, "SHELL:echo $$,nofork,shell=/bin/sh");
                Conversation peer = RunningSocat.connect(socat.port())) {
            assertThat(peer.rest().strip()).isEqualTo(Long.toString(socat.pid()));
            assertThat(socat.status()).isZero();
        }
    }

    @Test
    void noforkOfASystemCommandWaitsForItsStatus() throws Exception {
        try (RunningSocat socat = RunningSocat.start(LISTENER, "SYSTEM:echo $PPID; exit 3,nofork");
                Conversation peer = RunningSocat.connect(socat.port())) {
            assertThat(peer.rest().strip()).isEqualTo(Long.toString(socat.pid()));
            assertThat(socat.status()).isEqualTo(3);
        }
    }

    @Test
    void noforkUnderForkHandsTheSocketOver() throws Exception {
        try (RunningSocat socat =
                RunningSocat.start(
                        LISTENER + ",fork",
                        "SYSTEM:echo $PPID; readlink /proc/self/fd/0; cat,nofork")) {
            int port = socat.port();
            for (int i = 0; i < 2; i++) {
                try (Conversation peer = RunningSocat.connect(port)) {
                    assertThat(peer.hear("\n").strip()).isEqualTo(Long.toString(socat.pid()));
                    assertThat(peer.hear("\n")).startsWith("socket:");
                    peer.say("here\n");
                    assertThat(peer.hear("\n")).isEqualTo("here\n");
                }
            }
        }
    }

    /** No thread of the program has lost anything, but for the one that has started a program. */
    private static void assertRoot(RunningSocat socat) throws Exception {
        RunningSocat.await(
                "all threads are root's",
                () ->
                        Stream.concat(
                                        socat.ofThreads("Uid").stream(),
                                        socat.ofThreads("Gid").stream())
                                .allMatch(ids -> ids.endsWith("id:\t0\t0\t0\t0")));
    }

    /** A folder with nothing but some programs and what they are linked to. */
    private Path jail(String... programs) throws IOException, InterruptedException {
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        Path jail = Files.createDirectory(folder.resolve("jail"));
        for (String program : programs) {
            copy(program, jail);
            Pattern.compile("/\\S+")
                    .matcher(RunningSocat.run("ldd", program))
                    .results()
                    .forEach(library -> copy(library.group(), jail));
        }
        return jail;
    }

    private static void copy(String file, Path jail) {
        Path copy = jail.resolve(file.substring(1));
        try {
            if (!Files.exists(copy)) {
                Files.createDirectories(copy.getParent());
                Files.copy(Path.of(file), copy);
                Files.setPosixFilePermissions(copy, PosixFilePermissions.fromString("rwxr-xr-x"));
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
