package org.jsocat.plugin.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.jsocat.plugin.file.FileFixture.opening;
import static org.jsocat.plugin.file.FileFixture.read;
import static org.jsocat.plugin.file.FileFixture.write;

import org.jsocat.spi.AddressException;
import org.jsocat.spi.AddressType;
import org.jsocat.spi.Direction;
import org.jsocat.spi.Endpoint;
import org.jsocat.spi.Option;
import org.jsocat.spi.OptionGroup;
import org.jsocat.spi.posix.FileStatus;
import org.jsocat.spi.posix.Libc;
import org.jsocat.spi.posix.Linux;
import org.jsocat.spi.posix.PosixException;
import org.jsocat.testkit.Opening;
import org.jsocat.testkit.OptionUse;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;

@Timeout(300)
class FilesTest {
    @TempDir Path folder;
    private Path file;

    @BeforeEach
    void create() throws IOException {
        file = Files.writeString(folder.resolve("file"), "0123456789");
    }

    @Test
    void opensForReading() {
        Opening opening = opening("OPEN", file.toString()).toward(Direction.READ);
        try (Endpoint endpoint = opening.open()) {
            assertThat(read(endpoint)).isEqualTo("0123456789");
            assertThat(endpoint.hasPending()).as("a file is asked for its end").isTrue();
            assertThat(read(endpoint)).isEmpty();
            assertThat(endpoint.hasPending()).isFalse();
        }
        assertThat(opening.lines()).contains("N opening regular file \"" + file + "\" for reading");
    }

    @ParameterizedTest
    @ValueSource(strings = {"OPEN", "GOPEN"})
    void whatIsRemovedFirstIsNotThere(String keyword) {
        Opening opening = opening(keyword, file.toString()).with("unlink").toward(Direction.WRITE);
        assertThatThrownBy(opening::open)
                .isInstanceOf(PosixException.class)
                .hasMessageEndingWith("No such file or directory");
        assertThat(file).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(strings = {"OPEN", "CREATE"})
    void whoIsInterruptedOpensNothing(String keyword) throws InterruptedException {
        Opening opening = opening(keyword, file.toString()).toward(Direction.WRITE);
        AtomicReference<Throwable> failure = new AtomicReference<>();
        Thread.ofVirtual()
                .start(
                        () -> {
                            Thread.currentThread().interrupt();
                            failure.set(catchThrowable(opening::open));
                        })
                .join();
        assertThat(failure.get())
                .isInstanceOf(PosixException.class)
                .hasMessageEndingWith("Interrupted system call");
    }

    @Test
    void openWritesInPlaceAndGopenAtTheEnd() throws IOException {
        put(opening("OPEN", file.toString()), "ab");
        assertThat(file).hasContent("ab23456789");
        put(opening("GOPEN", file.toString()), "XY");
        assertThat(file).hasContent("ab23456789XY");
        put(opening("GOPEN", file.toString()).with("append", "0"), "--");
        assertThat(file).hasContent("--23456789XY");
        put(opening("OPEN", file.toString()).with("seek", "4"), "++");
        assertThat(file).hasContent("--23++6789XY");
        put(opening("OPEN", file.toString()).with("trunc"), "new");
        assertThat(file).hasContent("new");
        put(opening("CREATE", file.toString()), "n");
        assertThat(file).hasContent("n");
    }

    @Test
    void aNewFileGetsThePermissions() {
        Path made = folder.resolve("made");
        put(opening("OPEN", made.toString()).with("creat").with("perm", "0600"), "x");
        assertThat(FileStatus.of(made.toString()).mode() & 0777).isEqualTo(0600);
    }

    @Test
    void tellsWhatTheKernelRefused() {
        assertThatThrownBy(() -> opening("OPEN", folder + "/none").open())
                .isInstanceOf(PosixException.class)
                .hasMessage("open(\"" + folder + "/none\", 02, 0666): No such file or directory");
        assertThatThrownBy(() -> opening("CREATE", file.toString()).toward(Direction.READ).open())
                .isInstanceOf(AddressException.class)
                .hasMessageContaining("refusing to truncate");
        Opening locked = opening("OPEN", file.toString()).with("seek", "-1");
        assertThatThrownBy(locked::open).isInstanceOf(AddressException.class);
        assertThat(locked.lines()).last().asString().matches("E lseek64\\(\\d+, -1, 0\\): .*");
    }

    @Test
    void removesTheEntryWhenToldTo() {
        Opening closing = opening("OPEN", file.toString()).with("unlink-close");
        closing.open().close();
        assertThat(file).exists();
        closing.closed();
        assertThat(file).doesNotExist();
        Path early = folder.resolve("early");
        put(opening("GOPEN", early.toString()), "old");
        put(opening("GOPEN", early.toString()).with("unlink-early"), "new");
        assertThat(early).hasContent("new");
        put(opening("OPEN", early.toString()).with("unlink-late"), "gone");
        assertThat(early).doesNotExist();
    }

    @Test
    void aLockKeepsOthersOut() {
        try (Endpoint holder = opening("OPEN", file.toString()).with("flock").open()) {
            assertThat(holder.direction()).isEqualTo(Direction.BOTH);
            Opening other = opening("OPEN", file.toString()).with("flock-nb");
            assertThatThrownBy(other::open)
                    .hasMessageMatching("flock\\(\\d+, 6\\): Resource temporarily unavailable");
        }
        opening("OPEN", file.toString()).with("flock-nb").open().close();
    }

    @Test
    void aNamedPipeIsMadeAndRemoved() {
        Path pipe = folder.resolve("pipe");
        Opening opening = opening("PIPE", pipe.toString()).with("mode", "0600");
        try (Endpoint endpoint = opening.open()) {
            int mode = FileStatus.of(pipe.toString()).mode();
            assertThat(mode & Linux.S_IFMT).isEqualTo(Linux.S_IFIFO);
            assertThat(mode & 0777).isEqualTo(0600);
            write(endpoint, "through");
            assertThat(read(endpoint)).isEqualTo("through");
        }
        opening.closed();
        assertThat(pipe).doesNotExist();
    }

    @Test
    void aPipeThatWasThereStays() {
        String pipe = folder.resolve("pipe").toString();
        assertThat(Libc.mkfifo(pipe, 0666)).isZero();
        Opening opening = opening("PIPE", pipe);
        opening.open().close();
        opening.closed();
        assertThat(Path.of(pipe)).exists();
    }

    /** No option that help lists for an address on names is ignored. */
    @TestFactory
    Stream<DynamicTest> everyOptionListedIsUsed() {
        return Stream.of("OPEN", "GOPEN", "CREATE", "PIPE")
                .flatMap(
                        keyword ->
                                listed(keyword)
                                        .map(
                                                option ->
                                                        DynamicTest.dynamicTest(
                                                                keyword + "," + option,
                                                                () -> use(keyword, option))));
    }

    private void use(String keyword, Option<?> option) throws IOException {
        Path entry = Files.createTempDirectory(folder, "use").resolve("entry");
        if (!keyword.equals("PIPE")) {
            Files.writeString(entry, "x");
        }
        Opening opening = opening(keyword, entry.toString());
        OptionUse.require(
                keyword.equals("CREATE") ? opening.toward(Direction.WRITE) : opening, option);
    }

    static Stream<Option<?>> listed(String keyword) {
        AddressType type =
                new FileAddresses()
                        .addressTypes().stream()
                                .filter(row -> row.name().equals(keyword))
                                .findFirst()
                                .orElseThrow();
        Set<String> here = Set.of("FD", "NAMED", "OPEN", "REG", "BLK", "FIFO");
        return FileFixture.GROUPS.stream()
                .filter(
                        group ->
                                here.contains(group.name()) && type.groups().contains(group.name()))
                .map(OptionGroup::options)
                .<Option<?>>flatMap(rows -> rows.stream())
                .distinct();
    }

    private static void put(Opening opening, String text) {
        try (Endpoint endpoint = opening.toward(Direction.WRITE).open()) {
            write(endpoint, text);
        }
        opening.closed();
    }
}
