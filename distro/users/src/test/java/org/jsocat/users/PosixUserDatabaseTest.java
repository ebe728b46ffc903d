package org.jsocat.users;

import static org.assertj.core.api.Assertions.assertThat;

import org.jsocat.spi.UserDatabase;
import org.jsocat.spi.UserDatabase.User;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Compares with id(1), which asks the same libc. */
final class PosixUserDatabaseTest {
    private final UserDatabase users = new PosixUserDatabase();

    @Test
    void findsRootByNameAndNumber() {
        User root = users.user("root").orElseThrow();
        assertThat(root.uid()).isZero();
        assertThat(root.gid()).isZero();
        assertThat(root.groups()).contains(0);
        assertThat(users.user(0)).contains(root);
        assertThat(users.group("root")).contains(0);
    }

    @Test
    void tellsTheGroupsThatIdTells() throws IOException, InterruptedException {
        String name = run("id", "-un");
        Integer[] groups =
                Arrays.stream(run("id", "-G", name).split(" "))
                        .map(Integer::valueOf)
                        .toArray(Integer[]::new);
        User user = users.user(name).orElseThrow();
        assertThat(user.groups()).containsExactlyInAnyOrder(groups);
        assertThat(user.home()).isEqualTo(System.getProperty("user.home"));
    }

    @Test
    void knowsNoStranger() {
        assertThat(users.user("no-such-user")).isEmpty();
        assertThat(users.user(987_654_321)).isEmpty();
        assertThat(users.group("no-such-group")).isEmpty();
    }

    private static String run(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).isZero();
        return output.strip();
    }
}
