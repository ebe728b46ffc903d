package org.jsocat.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * The template of a plugin is a Maven project that builds, tests itself and works, with nothing but
 * what jsocat publishes.
 */
final class TemplateIT {
    private static final Path ROOT = Path.of(System.getProperty("jsocat.examples"), "..", "..");
    private static final Path MODULES = Path.of(System.getProperty("jsocat.modules"));

    /** Everything that Maven needs is taken from there; nothing is put there. */
    private static final String REPOSITORY = System.getProperty("jsocat.localRepository");

    private static final String SETTINGS =
            """
            <settings>
              <profiles><profile>
                <id>built</id>
                <repositories>
                  <repository><id>built</id><url>file://%1$s</url></repository>
                  <repository><id>central</id><url>file://%2$s</url></repository>
                </repositories>
                <pluginRepositories>
                  <pluginRepository><id>central</id><url>file://%2$s</url></pluginRepository>
                </pluginRepositories>
              </profile></profiles>
              <activeProfiles><activeProfile>built</activeProfile></activeProfiles>
            </settings>
            """;

    @TempDir private Path folder;

    /** Lays an artifact out as a repository does. */
    private void publish(Path repository, String name, Path project, Path jars) throws IOException {
        Path place = Files.createDirectories(repository.resolve("org/jsocat/" + name + "/0.1.0"));
        Files.copy(project.resolve("pom.xml"), place.resolve(name + "-0.1.0.pom"));
        Path jar = jars.resolve(name + "-0.1.0.jar");
        if (Files.exists(jar)) {
            Files.copy(jar, place.resolve(name + "-0.1.0.jar"));
        }
    }

    @Test
    void theTemplateBuildsTestsItselfAndWorks() throws IOException, InterruptedException {
        Path built = folder.resolve("repository");
        publish(built, "jsocat-parent", ROOT, MODULES);
        publish(built, "jsocat-spi", ROOT.resolve("spi"), MODULES);
        publish(built, "jsocat-core", ROOT.resolve("core"), MODULES);
        publish(built, "jsocat-testkit", ROOT.resolve("testkit"), ROOT.resolve("testkit/target"));
        Path settings =
                Files.writeString(
                        folder.resolve("settings.xml"), SETTINGS.formatted(built, REPOSITORY));
        Path project = copyOf(ROOT.resolve("docs/examples/plugin-template"));

        Process maven =
                new ProcessBuilder(
                                "mvn",
                                "-B",
                                "-o",
                                "-q",
                                "-s",
                                settings.toString(),
                                "-Daether.offline.protocols=file",
                                "-Dmaven.repo.local=" + folder.resolve("local"),
                                "package")
                        .directory(project.toFile())
                        .redirectErrorStream(true)
                        .start();
        maven.getOutputStream().close();
        String output = new String(maven.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(maven.waitFor()).as(output).isZero();
        assertThat(project.resolve("target/surefire-reports")).isNotEmptyDirectory();

        UserImage user = new UserImage(folder);
        assertThat(
                        user.socat(
                                "",
                                "--plugin-path=" + project.resolve("target"),
                                "-U",
                                "STDOUT",
                                "SHOUT|TEXT:heard"))
                .isEqualTo(new UserImage.Result(0, "HEARD", ""));
    }

    private Path copyOf(Path original) throws IOException {
        Path copy = folder.resolve("project");
        try (Stream<Path> files = Files.walk(original)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path target = copy.resolve(original.relativize(file));
                if (!target.toString().contains("/target/")) {
                    Files.createDirectories(target.getParent());
                    Files.copy(file, target);
                }
            }
        }
        return copy;
    }
}
