package org.jsocat.plugin.readline;

import static org.assertj.core.api.Assertions.assertThat;

import org.jsocat.spi.posix.Fd;
import org.jsocat.spi.posix.Libc;
import org.jsocat.spi.posix.Linux;
import org.jsocat.spi.posix.Pty;
import org.jsocat.spi.posix.Termios;
import org.jsocat.spi.posix.Termios.Word;
import org.jsocat.testkit.Opening;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/** The editor on a pseudo terminal whose user is the test. */
class LineSourceTest {
    private static final String LEFT = "\033[D";
    private static final String UP = "\033[A";

    private final TerminalLock lock = new TerminalLock();
    private final EditorSettings settings = new EditorSettings();
    private final Prompt prompt = new Prompt();
    private final StringBuilder screen = new StringBuilder();
    private final Opening opening =
            Opening.of(new ReadlineProvider(), "READLINE", List.of(new ReadlineOptions()));

    private Pty pty;
    private Fd slave;

    @TempDir Path folder;

    @BeforeEach
    void open() {
        pty = Pty.open(Linux.O_NONBLOCK);
        slave = pty.openSlave(0);
        Termios termios = Termios.of(slave.number());
        termios.set(Word.LOCAL, Linux.ICANON | Linux.ECHO, 0);
        termios.apply(slave.number(), Linux.TCSANOW);
    }

    @AfterEach
    void close() {
        slave.close();
        pty.close();
    }

    private LineSource source(
            Optional<String> fixed, Optional<String> noEcho, Optional<String> history) {
        int fd = slave.number();
        LineSource.Prompting prompting =
                new LineSource.Prompting(
                        fixed,
                        fixed.isPresent() ? Optional.empty() : Optional.of(prompt),
                        noEcho.map(Pattern::compile));
        return new LineSource(fd, fd, prompting, new History(opening, history), lock, settings);
    }

    private void type(String keys) {
        byte[] bytes = keys.getBytes(StandardCharsets.UTF_8);
        assertThat(Libc.write(pty.master().number(), bytes, 0, bytes.length))
                .isEqualTo(bytes.length);
    }

    /** What the program behind the address prints. */
    private void print(String text) throws IOException {
        try (PromptingOutput output =
                new PromptingOutput(slave.number(), Optional.of(prompt), lock)) {
            output.write(text.getBytes(StandardCharsets.UTF_8));
        }
    }

    /** Reads a line while the terminal is looked at. */
    private String line(LineSource source) throws Exception {
        CompletableFuture<String> line = new CompletableFuture<>();
        Thread.ofVirtual()
                .start(
                        () -> {
                            try {
                                byte[] bytes = new byte[1000];
                                int count = source.read(bytes, 0, bytes.length);
                                line.complete(
                                        count < 0
                                                ? "END"
                                                : new String(
                                                        bytes, 0, count, StandardCharsets.UTF_8));
                            } catch (IOException | RuntimeException failure) {
                                line.completeExceptionally(failure);
                            }
                        });
        while (!line.isDone()) {
            look(20);
        }
        look(0);
        return line.get(100, TimeUnit.SECONDS);
    }

    private void look(int milliseconds) {
        byte[] bytes = new byte[4096];
        while (Libc.poll(pty.master().number(), Linux.POLLIN, milliseconds) > 0) {
            int count = (int) Libc.read(pty.master().number(), bytes, 0, bytes.length);
            if (count <= 0) {
                return;
            }
            screen.append(new String(bytes, 0, count, StandardCharsets.UTF_8));
        }
    }

    @Test
    void aLineIsEditedBehindThePromptThatTheProgramPrinted() throws Exception {
        try (LineSource source = source(Optional.empty(), Optional.empty(), Optional.empty())) {
            print("100% ready\nprog% ");
            type("helo" + LEFT + "l\r");
            assertThat(line(source)).isEqualTo("hello\n");
            assertThat(screen).containsPattern("prog% \r.*prog% helo");
        }
    }

    @Test
    void whoLeavesTheEditorLateLeavesTheTerminalAsItWasGivenBack() throws Exception {
        Termios found = Termios.of(slave.number());
        found.set(Word.LOCAL, 0, Linux.ICANON | Linux.ECHO);
        try (LineSource source = source(Optional.of("> "), Optional.empty(), Optional.empty())) {
            type("one\r");
            assertThat(line(source)).isEqualTo("one\n");
            type("two");
            CompletableFuture<String> second = new CompletableFuture<>();
            Thread.ofVirtual().start(() -> second.complete(read(source)));
            while (!screen.toString().contains("> two")) {
                look(20);
            }
            settings.giveBack();
            found.apply(slave.number(), Linux.TCSANOW);
            type("\r\n");
            while (!second.isDone()) {
                look(20);
            }
            assertThat(second.get()).isEqualTo("two\n");
        }
        assertThat(Termios.of(slave.number()).flags(Word.LOCAL)).isEqualTo(found.flags(Word.LOCAL));
    }

    private static String read(LineSource source) {
        try {
            byte[] bytes = new byte[1000];
            return new String(
                    bytes, 0, source.read(bytes, 0, bytes.length), StandardCharsets.UTF_8);
        } catch (IOException failure) {
            throw new IllegalStateException(failure);
        }
    }

    @Test
    void historyComesBackByTheFirstKeyAndIsKept() throws Exception {
        Path file = Files.writeString(folder.resolve("history"), "first\nsecond\n");
        try (LineSource source =
                source(Optional.of("> "), Optional.empty(), Optional.of(file.toString()))) {
            type(UP + UP + "\r");
            assertThat(line(source)).isEqualTo("first\n");
            type(" third\r");
            assertThat(line(source)).isEqualTo(" third\n");
            type(UP + "!\r");
            assertThat(line(source)).isEqualTo(" third!\n");
            assertThat(screen).contains("> ");
        }
        opening.closed();
        assertThat(file).hasContent("first\nsecond\nfirst\n third\n third!\n");
    }

    @Test
    void aSecretIsNeitherShownNorRemembered() throws Exception {
        Path file = folder.resolve("history");
        try (LineSource source =
                source(
                        Optional.empty(),
                        Optional.of("[Pp]assword:"),
                        Optional.of(file.toString()))) {
            print("Password: ");
            type("secrex\u007ft\r");
            assertThat(line(source)).isEqualTo("secret\n");
            print("\n> ");
            type("open\r");
            assertThat(line(source)).isEqualTo("open\n");
        }
        opening.closed();
        assertThat(screen.toString()).doesNotContain("sec").contains("open");
        assertThat(file).hasContent("open\n");
    }

    @Test
    void theEndOfInputIsTheEnd() throws Exception {
        try (LineSource source = source(Optional.empty(), Optional.empty(), Optional.empty())) {
            type("\004");
            assertThat(line(source)).isEqualTo("END");
        }
    }

    @Test
    void theTerminalIsBetweenLinesAsItWas() throws Exception {
        Termios before = Termios.of(slave.number());
        try (LineSource source = source(Optional.empty(), Optional.empty(), Optional.empty())) {
            type("line\r");
            line(source);
            Termios after = Termios.of(slave.number());
            for (Word word : Word.values()) {
                assertThat(after.flags(word)).as(word.name()).isEqualTo(before.flags(word));
            }
        }
    }

    @Test
    void quotesAndBackslashesAreOrdinary() throws Exception {
        try (LineSource source = source(Optional.empty(), Optional.empty(), Optional.empty())) {
            type("say \"it's \\\r");
            assertThat(line(source)).isEqualTo("say \"it's \\\n");
            type("!! %N\r");
            assertThat(line(source)).isEqualTo("!! %N\n");
        }
    }
}
