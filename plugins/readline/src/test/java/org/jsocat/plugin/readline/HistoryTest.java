package org.jsocat.plugin.readline;

import static org.assertj.core.api.Assertions.assertThat;

import org.jsocat.testkit.Opening;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;

class HistoryTest {
    @TempDir private Path folder;

    private final Opening opening =
            Opening.of(new ReadlineProvider(), "READLINE", List.of(new ReadlineOptions()));

    private History on(Path file) {
        return new History(opening, Optional.of(file.toString()));
    }

    @Test
    void keepsBytesThatAreNoText() throws IOException {
        Path file = folder.resolve("history");
        byte[] before = {'a', (byte) 0xff, '\n', 'b'};
        Files.write(file, before);
        History history = on(file);
        assertThat(history.lines()).hasSize(2);
        history.add("c");
        opening.closed();
        assertThat(Files.readAllBytes(file))
                .isEqualTo(new byte[] {'a', (byte) 0xff, '\n', 'b', '\n', 'c', '\n'});
    }

    @Test
    void aNewFileIsTheUsersAlone() throws IOException {
        Path file = folder.resolve("history");
        on(file).add("secret");
        opening.closed();
        assertThat(file).hasContent("secret\n");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
    }

    @Test
    void whatCannotBeReadIsNotOverwritten() {
        on(folder).add("x");
        opening.closed();
        assertThat(opening.lines())
                .containsExactly(
                        "W cannot read history \""
                                + folder
                                + "\": read("
                                + number()
                                + "): Is a directory");
    }

    private String number() {
        return opening.lines().getFirst().replaceFirst(".*read\\((\\d+)\\).*", "$1");
    }

    @Test
    void theReasonThatItCannotBeWrittenIsTold() {
        on(folder.resolve("none/history")).add("x");
        opening.closed();
        assertThat(opening.lines())
                .anyMatch(
                        line ->
                                line.startsWith("W cannot write history")
                                        && line.endsWith("No such file or directory"));
    }
}
