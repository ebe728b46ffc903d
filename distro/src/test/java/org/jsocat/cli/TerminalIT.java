package org.jsocat.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import org.jsocat.cli.RunningSocat.Conversation;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A terminal that people sit at: tmux. */
@Timeout(300)
final class TerminalIT {
    private static final String UP = "Up";
    private static final String ENTER = "Enter";

    @TempDir private Path folder;
    private String server;

    @BeforeEach
    void requireTmux() {
        assumeTrue(RunningSocat.isThere("tmux"), "tmux is missing");
        server = folder.resolve("tmux").toString();
    }

    @AfterEach
    void endTmux() throws IOException, InterruptedException {
        if (Files.exists(Path.of(server))) {
            tmux("kill-server");
        }
    }

    @ParameterizedTest
    @CsvSource({"TERM, 143", "INT, 130", "HUP, 129"})
    void signalsRestoreTheTerminalAndRemoveTheLink(String signal, int status) throws Exception {
        start("-,raw,echo=0 PTY,link=" + folder.resolve("link"));
        RunningSocat.await("the relay runs", () -> contains("log", "starting data transfer loop"));
        assertThat(settings()).contains("-icanon").contains("-echo ");
        assertThat(folder.resolve("link")).isSymbolicLink();
        RunningSocat.signal(Long.parseLong(text("pid").strip()), signal);
        awaitEnd();
        assertThat(text("status").strip()).isEqualTo(Integer.toString(status));
        assertThat(text("after")).isEqualTo(text("before"));
        assertThat(Files.exists(folder.resolve("link"), LinkOption.NOFOLLOW_LINKS)).isFalse();
    }

    @Test
    void linesAreEditedAndRemembered() throws Exception {
        Path history = Files.writeString(folder.resolve("history"), "a line of last time\n");
        try (ServerSocket listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            start(
                    "READLINE,history=%s TCP4:127.0.0.1:%d"
                            .formatted(history, listener.getLocalPort()));
            listener.setSoTimeout((int) RunningSocat.PATIENCE.toMillis());
            try (Socket socket = listener.accept();
                    Conversation peer =
                            new Conversation(
                                    socket.getInputStream(), socket.getOutputStream(), socket)) {
                socket.setSoTimeout((int) RunningSocat.PATIENCE.toMillis());
                peer.say("name: ");
                awaitScreen("name:");
                tmux("send-keys", "hallp", "BSpace", "o", "Left", "Left", "Left", "BSpace", "e");
                awaitScreen("name: hello");
                tmux("send-keys", ENTER);
                assertThat(peer.hear("\n")).isEqualTo("hello\n");
                peer.say("again: ");
                awaitScreen("again:");
                tmux("send-keys", UP, UP, ENTER);
                assertThat(peer.hear("\n")).isEqualTo("a line of last time\n");
            }
            awaitEnd();
        }
        assertThat(text("status").strip()).isEqualTo("0");
        assertThat(text("after")).isEqualTo(text("before"));
        assertThat(history).hasContent("a line of last time\nhello\na line of last time\n");
    }

    /** Runs the program in a terminal of its own, and notes the terminal's settings around it. */
    private void start(String addresses) throws IOException, InterruptedException {
        Path script =
                Files.writeString(
                        folder.resolve("script"),
                        """
                        cd %s
                        stty -g >before
                        sh -c 'echo $$ >pid; exec %s -d -d -lf log %s'
                        echo $? >status
                        stty -g >after
                        exec tmux -S tmux wait-for end
                        """
                                .formatted(folder, RunningSocat.PROGRAM, addresses));
        tmux("-f", "/dev/null", "new-session", "-d", "-x", "80", "-y", "24", "sh " + script);
    }

    private void awaitEnd() throws Exception {
        RunningSocat.await("the script has ended", () -> contains("after", "\n"));
    }

    private void awaitScreen(String text) throws Exception {
        RunningSocat.await(
                text + " on the screen", () -> tmux("capture-pane", "-p").contains(text));
    }

    private String settings() throws IOException, InterruptedException {
        String terminal = tmux("display-message", "-p", "#{pane_tty}").strip();
        return RunningSocat.run("stty", "-F", terminal, "-a");
    }

    private String tmux(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("tmux", "-S", server));
        command.addAll(List.of(arguments));
        return RunningSocat.run(command.toArray(String[]::new));
    }

    private boolean contains(String file, String text) throws IOException {
        return Files.exists(folder.resolve(file)) && text(file).contains(text);
    }

    private String text(String file) throws IOException {
        return Files.readString(folder.resolve(file));
    }
}
