package org.jsocat.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** The launcher starts the program as a script expects a command to start. */
final class LauncherIT {
    private static final Path SOCAT = Path.of(System.getProperty("jsocat.image"), "bin", "socat");

    private static final Map<String, String> JAVA_VARIABLES =
            Map.of(
                    "JAVA_TOOL_OPTIONS", "-Dsome=thing",
                    "JDK_JAVA_OPTIONS", "-Dsome=\"other thing\"",
                    "_JAVA_OPTIONS", "-Xmx1m");

    @TempDir private Path folder;

    private record Result(long pid, int status, String output, String errors) {}

    @Test
    void needsNothingInThePath() throws IOException, InterruptedException {
        Result result = run(Map.of("PATH", ""), SOCAT.toString(), "-V");
        assertThat(result.status()).isZero();
        assertThat(result.output()).contains("socat version 1.8.1.3");
        assertThat(result.errors()).isEmpty();
    }

    @Test
    void staysTheProcessThatWasStarted() throws IOException, InterruptedException {
        Result result = run(Map.of(), SOCAT.toString(), "no-such-address", "STDOUT");
        assertThat(result.status()).isEqualTo(1);
        assertThat(result.errors()).contains(" socat[" + result.pid() + "] E ");
    }

    @Test
    void logsUnderTheNameThatItWasCalledBy() throws IOException, InterruptedException {
        Path chain = Files.createSymbolicLink(folder.resolve("first"), SOCAT);
        Path link = Files.createSymbolicLink(folder.resolve("renamed"), chain.getFileName());
        Result result = run(Map.of(), link.toString(), "no-such-address", "STDOUT");
        assertThat(result.errors()).contains(" renamed[");
    }

    @Test
    void variablesOfOtherJavaProgramsHaveNoEffect() throws IOException, InterruptedException {
        Result result = run(JAVA_VARIABLES, SOCAT.toString(), "-u", "TEXT:hello", "STDOUT");
        assertThat(result.status()).isZero();
        assertThat(result.errors()).isEmpty();
        assertThat(result.output()).isEqualTo("hello");
    }

    @Test
    void variablesOfOtherJavaProgramsReachProgramsThatAreStarted()
            throws IOException, InterruptedException {
        Result result = run(JAVA_VARIABLES, SOCAT.toString(), "-u", "EXEC:env", "STDOUT");
        assertThat(result.output().lines())
                .containsAll(
                        JAVA_VARIABLES.entrySet().stream()
                                .map(variable -> variable.getKey() + "=" + variable.getValue())
                                .toList())
                .noneMatch(line -> line.startsWith("JSOCAT_SAVED_"));
    }

    @Test
    void argumentsReachTheProgramUnchanged() throws IOException, InterruptedException {
        Result result =
                run(Map.of(), SOCAT.toString(), "-u", "TEXT:a  *$HOME'b'@c \\\\d", "STDOUT");
        assertThat(result.output()).isEqualTo("a  *$HOMEb@c \\d");
    }

    private static Result run(Map<String, String> environment, String... command)
            throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(List.of(command));
        builder.environment().putAll(environment);
        builder.redirectInput(Path.of("/dev/null").toFile());
        Process process = builder.start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        String errors = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Result(process.pid(), process.waitFor(), output, errors);
    }
}
