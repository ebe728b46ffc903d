package org.jsocat.cli.log;

import static org.assertj.core.api.Assertions.assertThat;

import org.jsocat.spi.posix.Libc;
import org.jsocat.spi.posix.Linux;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.event.Level;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

final class LogOutputTest {
    private static final String TIME = "\\d{4}/\\d\\d/\\d\\d \\d\\d:\\d\\d:\\d\\d";
    private static final long PID = ProcessHandle.current().pid();

    private final LogOutput output = LogOutput.instance();
    private final ProgramLogger log = new ProgramLogger("test");

    @TempDir private Path folder;

    private Path file;
    private int fd;

    @BeforeEach
    void openFile() {
        file = folder.resolve("log");
        fd = Libc.open(file.toString(), Linux.O_CREAT | Linux.O_WRONLY | Linux.O_APPEND, 0600);
        output.descriptor(fd);
    }

    @AfterEach
    void restore() {
        output.descriptor(2);
        output.threshold(Level.WARN);
        output.microseconds(false);
        output.hostName("");
        output.programName("socat");
        Libc.close(fd);
    }

    @Test
    void linesAreThoseOfTheReference() throws IOException {
        output.threshold(Level.TRACE);
        log.error("{} and {}", 1, "two");
        log.warn("w");
        log.info("n");
        log.debug("i");
        log.trace("d");
        assertThat(Files.readAllLines(file))
                .satisfiesExactly(
                        line ->
                                assertThat(line)
                                        .matches(TIME + " socat\\[" + PID + "] E 1 and two"),
                        line -> assertThat(line).endsWith("] W w"),
                        line -> assertThat(line).endsWith("] N n"),
                        line -> assertThat(line).endsWith("] I i"),
                        line -> assertThat(line).endsWith("] D d"));
    }

    @Test
    void nothingBelowTheThreshold() throws IOException {
        output.threshold(Level.ERROR);
        log.warn("quiet");
        output.always(Level.DEBUG, () -> log.debug("all the same"));
        log.debug("quiet");
        assertThat(Files.readAllLines(file)).singleElement().asString().endsWith(" I all the same");
    }

    @Test
    void microsecondsHostAndName() throws IOException {
        output.microseconds(true);
        output.hostName("here");
        output.programName("other");
        log.error("x");
        assertThat(Files.readString(file))
                .matches(TIME + "\\.\\d{6} here other\\[" + PID + "] E x\n");
    }

    @Test
    void aMessageIsOneLine() throws IOException {
        log.error("a\nb\rc\u001b[0m\td\n");
        assertThat(Files.readAllLines(file))
                .singleElement()
                .asString()
                .endsWith(" E a\\nb\\rc\\033[0m\td");
    }

    @Test
    void controlCharactersOfTheSecondSetAreEscapedToo() throws IOException {
        log.error("a\u009b31mb\u0085c\udc9bd\u00e4");
        assertThat(Files.readAllLines(file))
                .singleElement()
                .asString()
                .endsWith(" E a\\23331mb\\205c\\233d\u00e4");
    }

    @Test
    void aStackTraceOnlyWithDebugging() throws IOException {
        log.error("x", new IllegalStateException("y"));
        assertThat(Files.readAllLines(file)).hasSize(1);
        output.threshold(Level.TRACE);
        log.error("x", new IllegalStateException("y"));
        assertThat(Files.readString(file))
                .contains("    at " + LogOutputTest.class.getModule().getName());
    }

    @Test
    void bytesThatAreNoTextStayAsTheyAre() throws IOException {
        log.error("\udcff");
        assertThat(Files.readAllBytes(file))
                .endsWith(new byte[] {' ', 'E', ' ', (byte) 0xff, '\n'});
    }
}
