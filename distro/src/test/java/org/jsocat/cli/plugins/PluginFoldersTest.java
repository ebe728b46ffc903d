package org.jsocat.cli.plugins;

import static org.assertj.core.api.Assertions.assertThat;

import org.jsocat.spi.posix.Libc;
import org.jsocat.spi.posix.Linux;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

class PluginFoldersTest {
    @TempDir private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"", ".", "relative"})
    void neverTheCurrentFolder(String home) {
        PluginFolders folders =
                PluginFolders.of(
                        Map.of("HOME", home, "JSOCAT_HOME", home),
                        Optional.empty(),
                        Optional.empty());
        assertThat(folders.folders()).allMatch(Path::isAbsolute);
        assertThat(folders.folders())
                .noneMatch(found -> found.startsWith(Path.of("").toAbsolutePath()));
        assertThat(folders.choices()).isAbsolute();
    }

    @Test
    void onlyRegularFilesAreJars() throws IOException {
        Files.createFile(folder.resolve("a.jar"));
        Files.createDirectory(folder.resolve("b.jar"));
        assertThat(Libc.mknod(folder.resolve("c.jar").toString(), Linux.S_IFIFO | 0600, 0))
                .isZero();
        assertThat(PluginFolders.jars(folder)).containsExactly(folder.resolve("a.jar"));
    }

    @Test
    void choicesMayHoldAnyBytes() throws IOException {
        Files.write(
                folder.resolve("preferred.txt"),
                new byte[] {'t', 'c', 'p', ' ', 'x', '\n', (byte) 0xff, ' ', 'y', '\n'});
        assertThat(new PluginChoices(folder).preferred()).containsEntry("TCP", "x");
    }
}
