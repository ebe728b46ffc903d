package org.jsocat.cli;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Runs command lines in this JVM while it records what goes into the AOT cache of the image.
 *
 * <p>The file named by the argument has one command line each line, split at spaces. One that
 * begins with {@code &} runs beside those after it, until the end; one that begins with {@code
 * filan:} or {@code procan:} is of that command, the others are socat's. {@code @name} stands for a
 * free port, the same one wherever the name is the same. {@code FILES} stands for the second
 * argument, a folder.
 */
final class Training {
    private static final Pattern PORT = Pattern.compile("@\\w+");

    private static final String FILAN = "filan: ";
    private static final String PROCAN = "procan: ";

    private final Map<String, String> ports = new HashMap<>();

    private final String files;

    private Training(String files) {
        this.files = files;
    }

    public static void main(String[] args) throws IOException {
        Training training = new Training(args[1]);
        for (String line : Files.readAllLines(Path.of(args[0]))) {
            if (line.isBlank() || line.startsWith("#")) {
                continue;
            }
            if (line.startsWith("&")) {
                String[] command = training.command(line.substring(1));
                Thread.ofPlatform().daemon().start(() -> Socat.run(command));
            } else if (line.startsWith(FILAN)) {
                Filan.run(training.command(line.substring(FILAN.length())));
            } else if (line.startsWith(PROCAN)) {
                Procan.run(training.command(line.substring(PROCAN.length())));
            } else {
                Socat.run(training.command(line));
            }
        }
        // Ends the relays that run beside, and has the JVM write down what it recorded.
        System.exit(0);
    }

    private String[] command(String line) {
        String text =
                PORT.matcher(line.replace("FILES", files))
                        .replaceAll(name -> ports.computeIfAbsent(name.group(), any -> freePort()));
        return List.of(text.split(" +")).toArray(String[]::new);
    }

    private static String freePort() {
        try (ServerSocket socket = new ServerSocket(0)) {
            return Integer.toString(socket.getLocalPort());
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
