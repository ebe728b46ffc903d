package org.jsocat.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.jsocat.spi.posix.PosixException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.helpers.NOPLogger;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

class RawDumpTest {
    @TempDir private Path folder;

    @Test
    void whereOneFileCannotBeOpenedNoneStaysOpen() throws Exception {
        Path fine = folder.resolve("fine");
        Path missing = folder.resolve("missing/file");
        assertThatThrownBy(
                        () ->
                                RawDump.open(
                                        Optional.of(fine.toString()),
                                        Optional.of(missing.toString()),
                                        "socat",
                                        NOPLogger.NOP_LOGGER))
                .isInstanceOf(PosixException.class)
                .hasMessage("option -R \"" + missing + "\": No such file or directory");
        try (Stream<Path> open = Files.list(Path.of("/proc/self/fd"))) {
            assertThat(open.filter(Files::exists).map(RawDumpTest::target))
                    .doesNotContain(fine.toString());
        }
    }

    private static String target(Path descriptor) {
        try {
            return Files.readSymbolicLink(descriptor).toString();
        } catch (IOException gone) {
            return "";
        }
    }
}
