package org.jsocat.cli.plugins;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A jar by its coordinates. It is taken from the local repository; where it is not there, the
 * {@code mvn} of the user fetches it from wherever the user's settings say.
 *
 * @param group of the artifact
 * @param artifact its name
 * @param version one version, no range
 */
public record MavenArtifact(String group, String artifact, String version) {
    private static final Pattern COORDINATES =
            Pattern.compile("([\\w.-]+):([\\w.-]+):(\\w[\\w.+-]*)");

    /** Reads {@code group:artifact:version}; empty where it is something else. */
    public static Optional<MavenArtifact> of(String coordinates) {
        Matcher matcher = COORDINATES.matcher(coordinates);
        return matcher.matches()
                ? Optional.of(
                        new MavenArtifact(matcher.group(1), matcher.group(2), matcher.group(3)))
                : Optional.empty();
    }

    /**
     * The jar, fetched where it has to be. Blocks.
     *
     * @param repository the local repository
     * @throws PluginException when it cannot be had; the message says why
     */
    public Path jar(Path repository) {
        Path jar = repository.resolve(path());
        if (!Files.exists(jar)) {
            fetch(repository);
        }
        if (!Files.exists(jar)) {
            throw new PluginException("mvn has fetched " + this + ", but there is no " + jar);
        }
        return jar;
    }

    private String path() {
        String folder = group.replace('.', '/') + "/" + artifact + "/" + version;
        return folder + "/" + artifact + "-" + version + ".jar";
    }

    private void fetch(Path repository) {
        List<String> command =
                List.of(
                        "mvn",
                        "-B",
                        "-q",
                        "-Dmaven.repo.local=" + repository,
                        "-Dartifact=" + this,
                        "-Dtransitive=false",
                        "dependency:get");
        String output;
        int status;
        try {
            Process maven = new ProcessBuilder(command).redirectErrorStream(true).start();
            maven.getOutputStream().close();
            output = new String(maven.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            status = maven.waitFor();
        } catch (IOException absent) {
            throw new PluginException(
                    this
                            + " is not in "
                            + repository
                            + ", and there is no mvn that could fetch it: "
                            + absent.getMessage());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new PluginException("interrupted while mvn fetched " + this);
        }
        if (status != 0) {
            throw new PluginException(
                    this
                            + " is not in "
                            + repository
                            + ", and mvn cannot fetch it (status "
                            + status
                            + ")"
                            + firstError(output));
        }
    }

    private static String firstError(String output) {
        return output.lines()
                .filter(line -> line.startsWith("[ERROR] "))
                .findFirst()
                .or(() -> output.lines().filter(line -> !line.isBlank()).findFirst())
                .map(line -> ": " + line.replaceFirst("\\[ERROR\\] ", ""))
                .orElse("");
    }

    @Override
    public String toString() {
        return group + ":" + artifact + ":" + version;
    }
}
