package org.jsocat.cli;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The built image, run as users run it, by a user of our own making: an empty home folder. */
final class UserImage {
    private static final Path HOME = Path.of(System.getProperty("jsocat.image"));

    private final Path user;
    private final Map<String, String> environment = new HashMap<>();

    /**
     * A user.
     *
     * @param user the home folder
     */
    UserImage(Path user) {
        this.user = user;
    }

    /** What a program has done. */
    record Result(int status, String output, String errors) {}

    /** Sets a variable for all programs from now on. */
    UserImage with(String variable, String value) {
        environment.put(variable, value);
        return this;
    }

    /** Where this user's plugins are. */
    Path plugins() {
        return user.resolve(".local/share/jsocat/plugins");
    }

    /** Runs {@code socat}, gives it some input and waits for its end. */
    Result socat(String input, String... arguments) throws IOException, InterruptedException {
        return run(input, HOME.resolve("bin/socat"), arguments);
    }

    /** Runs {@code jsocat} and waits for its end. */
    Result jsocat(String... arguments) throws IOException, InterruptedException {
        return run("", HOME.resolve("bin/jsocat"), arguments);
    }

    /** Runs {@code socat} and returns the names of all classes that it loads. */
    List<String> classesOf(String... arguments) throws IOException, InterruptedException {
        Path log = user.resolve("classes.log");
        List<String> options =
                new ArrayList<>(
                        List.of(
                                "-Xlog:class+load:file=" + log,
                                "--enable-native-access=org.jsocat.spi",
                                "-m",
                                "org.jsocat.cli/org.jsocat.cli.Socat"));
        options.addAll(List.of(arguments));
        run("", HOME.resolve("lib/runtime/bin/java"), options.toArray(String[]::new));
        return Files.readAllLines(log);
    }

    private Result run(String input, Path program, String... arguments)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(program.toString()));
        command.addAll(List.of(arguments));
        Path errors = Files.createTempFile(user, "errors", ".txt");
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(errors.toFile());
        builder.environment()
                .keySet()
                .removeIf(name -> name.startsWith("XDG_") || name.startsWith("JSOCAT_"));
        builder.environment().put("HOME", user.toString());
        builder.environment().putAll(environment);
        Process process = builder.start();
        try (OutputStream stream = process.getOutputStream()) {
            stream.write(input.getBytes(StandardCharsets.UTF_8));
        } catch (IOException ended) {
            // A program that has refused its command line reads no input.
            process.waitFor();
        }
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Result(process.waitFor(), output, Files.readString(errors));
    }
}
