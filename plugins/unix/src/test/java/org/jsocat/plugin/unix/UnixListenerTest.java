package org.jsocat.plugin.unix;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.jsocat.plugin.unix.UnixFixture.opening;
import static org.jsocat.plugin.unix.UnixFixture.read;
import static org.jsocat.plugin.unix.UnixFixture.write;

import org.jsocat.spi.Endpoint;
import org.jsocat.spi.Listener;
import org.jsocat.testkit.Opening;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

@Timeout(300)
class UnixListenerTest {
    @TempDir Path folder;

    private String path() {
        return folder.resolve("socket").toString();
    }

    @Test
    void acceptsAndTellsWhoIsThere() {
        Opening listening = opening("UNIX-LISTEN", path());
        try (Listener listener = listening.listen();
                Endpoint client =
                        opening("UNIX-CONNECT", path()).with("bind", path() + "-client").open();
                Endpoint accepted = listening.accept(listener).orElseThrow()) {
            write(client, "hello");
            assertThat(read(accepted)).isEqualTo("hello");
            assertThat(listening.environment())
                    .containsEntry("SOCAT_SOCKADDR", path())
                    .containsEntry("SOCAT_PEERADDR", path() + "-client");
        }
    }

    @Test
    void theEntryHasItsPermissionsAndGoesAtTheEnd() throws IOException {
        Opening listening = opening("UNIX-LISTEN", path()).with("mode", "0604").with("user", "0");
        try (Listener _ = listening.listen()) {
            assertThat(
                            PosixFilePermissions.toString(
                                    Files.getPosixFilePermissions(folder.resolve("socket"))))
                    .isEqualTo("rw----r--");
        }
        listening.closed();
        assertThat(folder.resolve("socket")).doesNotExist();
        assertThat(listening.unused()).isEmpty();
    }

    @Test
    void theEntryStaysIfWanted() {
        Opening listening = opening("UNIX-LISTEN", path()).with("unlink-close", "0");
        listening.listen().close();
        listening.closed();
        assertThat(folder.resolve("socket")).exists();
    }

    @Test
    void anEntryIsInTheWayUnlessItMayBeRemoved() throws IOException {
        Files.createFile(folder.resolve("socket"));
        assertThatThrownBy(() -> opening("UNIX-LISTEN", path()).listen())
                .hasMessage("\"" + path() + "\" exists");
        assertThat(folder.resolve("socket")).isRegularFile();
        opening("UNIX-LISTEN", path()).with("unlink-early").listen().close();
        assertThat(Files.isRegularFile(folder.resolve("socket"))).isFalse();
    }

    @Test
    void whatWasNotMadeIsNotRemoved() {
        String path = folder.resolve("none/socket").toString();
        Opening listening = opening("UNIX-LISTEN", path);
        assertThatThrownBy(listening::listen)
                .hasMessageContaining("): No such file or directory")
                .hasMessageStartingWith("bind(");
        listening.closed();
        assertThat(listening.lines()).noneMatch(line -> line.contains("unlink"));
    }

    @Test
    void aNameThatNobodyCouldFindIsRefused() {
        String path = folder.resolve("x".repeat(200)).toString();
        Opening listening = opening("UNIX-LISTEN", path);
        assertThatThrownBy(listening::listen)
                .hasMessage("bind(\"" + path + "\"): File name too long");
        assertThat(listening.lines())
                .contains(
                        "W unix socket address "
                                + path.length()
                                + " characters long, truncating to 108");
        assertThat(folder.toFile().list()).isEmpty();
    }

    @Test
    void bindIsNoOptionOfAListener() {
        assertThatThrownBy(() -> opening("UNIX-LISTEN", path()).with("bind", "x").listen())
                .hasMessage(
                        "UNIX-LISTEN:" + path() + ": binds implicitly, bind option not allowed");
    }

    @Test
    void anAbstractNameLeavesNoEntry() {
        Opening listening = opening("ABSTRACT-LISTEN", path());
        try (Listener listener = listening.listen();
                Endpoint client = opening("ABSTRACT-CONNECT", path()).open();
                Endpoint accepted = listening.accept(listener).orElseThrow()) {
            write(accepted, "hello");
            assertThat(read(client)).isEqualTo("hello");
            assertThat(folder.toFile().list()).isEmpty();
            assertThat(listening.environment()).containsEntry("SOCAT_SOCKADDR", "\\0" + path());
        }
    }

    @Test
    void packetsKeepTheirBoundaries() {
        Opening listening = opening("UNIX-LISTEN", path()).with("type", "5");
        try (Listener listener = listening.listen();
                Endpoint client = opening("UNIX-CLIENT", path()).open();
                Endpoint accepted = listening.accept(listener).orElseThrow()) {
            write(client, "one");
            write(client, "two");
            assertThat(read(accepted)).isEqualTo("one");
            assertThat(read(accepted)).isEqualTo("two");
            assertThat(read(accepted)).isEmpty();
        }
    }
}
