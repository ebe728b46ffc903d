package org.jsocat.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The built {@code socat}, running with {@code -d -d}, and the lines that it logs. */
final class RunningSocat implements AutoCloseable {
    /** The program. */
    static final Path PROGRAM = Path.of(System.getProperty("jsocat.image"), "bin", "socat");

    /** How long anything may take on a machine that is busy. */
    static final Duration PATIENCE = Duration.ofSeconds(90);

    /** Of the test that runs: what it has started, for {@link ShowsPrograms}. */
    private static final Queue<RunningSocat> STARTED = new ConcurrentLinkedQueue<>();

    /** How long a log may take after the end of its program. */
    private static final Duration AFTER_THE_END = Duration.ofSeconds(2);

    private static final Pattern LISTENING =
            Pattern.compile("listening on AF=2 127\\.0\\.0\\.1:(\\d+)$");

    private final List<String> command;
    private final Process process;
    private final LinkedBlockingQueue<String> unread = new LinkedBlockingQueue<>();
    private final List<String> log = new ArrayList<>();
    private final Thread reader;
    private int port;
    private volatile String atClosing = "it has not been closed";

    private RunningSocat(List<String> command) throws IOException {
        this.command = command;
        process = new ProcessBuilder(command).start();
        reader = Thread.ofVirtual().start(this::readLog);
        STARTED.add(this);
    }

    /** Starts the program, to be ended by {@link #close}. */
    static RunningSocat start(String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(PROGRAM.toString(), "-d", "-d"));
        command.addAll(List.of(arguments));
        return new RunningSocat(command);
    }

    /** The same with a limit of descriptors (RLIMIT_NOFILE). */
    static RunningSocat startWithDescriptors(int limit, String... arguments) throws IOException {
        List<String> command =
                new ArrayList<>(
                        List.of("bash", "-c", "ulimit -n " + limit + "; exec \"$0\" \"$@\""));
        command.addAll(List.of(PROGRAM.toString(), "-d", "-d"));
        command.addAll(List.of(arguments));
        return new RunningSocat(command);
    }

    private void readLog() {
        try (BufferedReader lines = process.errorReader(StandardCharsets.UTF_8)) {
            lines.lines().forEach(unread::add);
        } catch (IOException failure) {
            unread.add(failure.toString());
        }
    }

    /** Waits for a line of the log that has not been looked at and that the pattern is found in. */
    Matcher await(Pattern pattern) throws InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            String line = unread.poll(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
            assertThat(line).as("%s, in the log after %s", pattern, log).isNotNull();
            log.add(line);
            Matcher matcher = pattern.matcher(line);
            if (matcher.find()) {
                return matcher;
            }
        }
    }

    /** Waits until the program listens on a port of 127.0.0.1, if that has not been asked yet. */
    int port() throws InterruptedException {
        if (port == 0) {
            port = Integer.parseInt(await(LISTENING).group(1));
        }
        return port;
    }

    /** A connection to a port of this machine. */
    static Conversation connect(int port) throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout((int) PATIENCE.toMillis());
        return new Conversation(socket.getInputStream(), socket.getOutputStream(), socket);
    }

    /** What the program writes to its output and reads from its input. */
    Conversation conversation() {
        return new Conversation(process.getInputStream(), process.getOutputStream(), () -> {});
    }

    long pid() {
        return process.pid();
    }

    /** Waits for the end of the program and returns its status. */
    int status() throws InterruptedException {
        assertThat(process.waitFor(PATIENCE.toMillis(), TimeUnit.MILLISECONDS))
                .as("the program has ended")
                .isTrue();
        return process.exitValue();
    }

    /** All lines of the log until the program's end. */
    List<String> log() throws InterruptedException {
        status();
        assertThat(reader.join(PATIENCE)).as("the log has ended").isTrue();
        unread.drainTo(log);
        return log;
    }

    /** The programs that it has started and not waited for, also those that have ended. */
    List<String> children() throws IOException {
        List<String> found = new ArrayList<>();
        try (Stream<Path> processes = Files.list(Path.of("/proc"))) {
            for (Path entry : processes.filter(RunningSocat::isProcess).toList()) {
                String state = stateOf(entry);
                if (state.contains(" PPid: " + process.pid() + " ")) {
                    found.add(state);
                }
            }
        }
        return found;
    }

    private static boolean isProcess(Path entry) {
        return Character.isDigit(entry.getFileName().toString().charAt(0));
    }

    private static String stateOf(Path entry) {
        try {
            return Files.readString(entry.resolve("status")).replaceAll("\\s+", " ");
        } catch (IOException ended) {
            return "";
        }
    }

    /** The open files of the program. */
    long descriptors() throws IOException {
        return files("fd").size();
    }

    /** A line of the kernel's status of the program and of each of its threads. */
    List<String> ofThreads(String field) throws IOException {
        List<String> lines = new ArrayList<>();
        for (Path thread : files("task")) {
            try {
                Files.readAllLines(thread.resolve("status")).stream()
                        .filter(line -> line.startsWith(field + ":"))
                        .forEach(lines::add);
            } catch (IOException ended) {
                // threads come and go
            }
        }
        return lines;
    }

    private List<Path> files(String folder) throws IOException {
        try (Stream<Path> entries = Files.list(Path.of("/proc/" + process.pid(), folder))) {
            return entries.toList();
        }
    }

    /** Sends a signal by its name. */
    static void signal(long pid, String name) throws IOException, InterruptedException {
        run("kill", "-" + name, Long.toString(pid));
    }

    /** Runs a program that must succeed, with no input; its output, errors included. */
    static String run(String... command) throws IOException, InterruptedException {
        Process process =
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectInput(Path.of("/dev/null").toFile())
                        .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as("%s: %s", String.join(" ", command), output).isZero();
        return output;
    }

    /** What a UNIX socket answers to a text and the end of input. */
    static String echo(Path socket, String text) throws IOException {
        try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            channel.connect(UnixDomainSocketAddress.of(socket));
            channel.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
            channel.shutdownOutput();
            ByteBuffer answer = ByteBuffer.allocate(100);
            while (channel.read(answer) >= 0) {
                // until the end
            }
            return StandardCharsets.UTF_8.decode(answer.flip()).toString();
        }
    }

    /** A certificate that signs itself, in a file, and its key in the same with {@code .key}. */
    static void certificate(Path file, String name) throws IOException, InterruptedException {
        run(
                "openssl",
                "req",
                "-x509",
                "-nodes",
                "-newkey",
                "rsa:2048",
                "-subj",
                "/CN=" + name,
                "-keyout",
                file + ".key",
                "-out",
                file.toString());
    }

    /** Waits for what another process does without telling. */
    static void await(String what, Callable<Boolean> condition) throws Exception {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.call()) {
            assertThat(System.nanoTime()).as(what).isLessThan(deadline);
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(10));
        }
    }

    /** Where a program is, if it is in the path or where daemons are. */
    static boolean isThere(String program) {
        return Stream.concat(
                        Stream.of(System.getenv("PATH").split(":")),
                        Stream.of("/usr/sbin", "/sbin"))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
    }

    /** Forgets what earlier tests have started. */
    static void forget() {
        STARTED.clear();
    }

    /** Of each program that this test has started: how it has ended, and its log. */
    static List<String> reports() {
        return STARTED.stream().map(RunningSocat::report).toList();
    }

    private String report() {
        try {
            if (!process.isAlive()) {
                reader.join(AFTER_THE_END);
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        List<String> lines = new ArrayList<>(log);
        lines.addAll(unread);
        return "process %d %s%nended: %s; when the test was done with it: %s%n%s"
                .formatted(
                        process.pid(),
                        command,
                        state(),
                        atClosing,
                        String.join(System.lineSeparator(), lines));
    }

    private String state() {
        return process.isAlive() ? "no" : "with status " + process.exitValue();
    }

    @Override
    public void close() {
        atClosing = process.isAlive() ? "it ran" : state();
        // Not Process.destroy, which closes the pipe that the log is read from.
        process.toHandle().destroy();
        try {
            process.waitFor(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        } finally {
            process.toHandle().destroyForcibly();
        }
    }

    /**
     * A talk with a program.
     *
     * @param input what it says
     * @param output what it is told
     * @param channel what is closed in the end
     */
    record Conversation(InputStream input, OutputStream output, Closeable channel)
            implements AutoCloseable {
        void say(String text) throws IOException {
            output.write(text.getBytes(StandardCharsets.UTF_8));
            output.flush();
        }

        /** Reads until a text has come; all that has come so far. */
        String hear(String text) throws IOException {
            StringBuilder heard = new StringBuilder();
            while (heard.indexOf(text) < 0) {
                int next = input.read();
                assertThat(next).as("%s, after %s", text, heard).isNotNegative();
                heard.append((char) next);
            }
            return heard.toString();
        }

        /** Reads until the end. */
        String rest() throws IOException {
            return new String(input.readAllBytes(), StandardCharsets.UTF_8);
        }

        @Override
        public void close() throws IOException {
            channel.close();
        }
    }
}
