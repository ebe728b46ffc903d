package org.jsocat.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/** Plugins are installed from files and by coordinates; what is wrong with one is said by name. */
final class PluginInstallIT {
    private static final String ADDRESSES =
            "provides org.jsocat.spi.AddressProvider with test.%s.Provider;";

    private static final String ROW =
            """
            implements AddressProvider {
                @Override public List<AddressType> addressTypes() {
                    return List.of(%s.opens(AddressType.Parameters.NONE, Direction.READ, context -> null));
                }
                %s
            }
            """;

    @TempDir private Path home;
    @TempDir private Path work;

    private UserImage user;

    @BeforeEach
    void setUp() {
        user = new UserImage(home);
    }

    private Path addresses(String id, String row, String more) throws IOException {
        return PluginJar.of(work, id, ADDRESSES.formatted(id), ROW.formatted(row, more))
                .write(work.resolve(id + ".jar"));
    }

    private void assertNotInstalled(Path jar, String reason)
            throws IOException, InterruptedException {
        UserImage.Result result = user.jsocat("plugins", "install", jar.toString());
        assertThat(result)
                .isEqualTo(
                        new UserImage.Result(
                                1,
                                "",
                                "jsocat: plugin " + jar + " is not installed: " + reason + "\n"));
        assertThat(user.plugins()).isEmptyDirectory();
    }

    @Test
    void aModuleThatProvidesNothingIsRefused() throws IOException, InterruptedException {
        assertNotInstalled(
                PluginJar.of(work, "silent", "", "{}").write(work.resolve("silent.jar")),
                "its module provides no service of jsocat: module-info.java has no provides with"
                        + " AddressProvider, OptionGroup, Subcommand or RelayListener");
    }

    @Test
    void aKeywordInLowerCaseIsRefused() throws IOException, InterruptedException {
        assertNotInstalled(
                addresses("low", "AddressType.named(\"LOW\").alias(\"lower\")", ""),
                "its keyword \"lower\" is not in upper case");
    }

    @Test
    void aGroupWithoutATableIsRefused() throws IOException, InterruptedException {
        assertNotInstalled(
                addresses("lost", "AddressType.named(\"LOST\").groups(\"FD\", \"LOST\")", ""),
                "its address LOST takes the options of a group LOST, which has no table in any"
                        + " plugin");
    }

    @Test
    void anOptionOfAnotherGroupIsRefused() throws IOException, InterruptedException {
        String group =
                """
                implements OptionGroup {
                    @Override public String name() { return "MINE"; }
                    @Override public List<Option<?>> options() {
                        return List.of(Option.of("my-mode", OptionTypes.INT, Phase.OFFSET).alias("tcp-nodelay"));
                    }
                }
                """;
        assertNotInstalled(
                PluginJar.of(
                                work,
                                "thief",
                                "provides org.jsocat.spi.OptionGroup with test.thief.Provider;",
                                group)
                        .write(work.resolve("thief.jar")),
                "its option \"tcp-nodelay\" of group MINE is one of group TCP of plugin"
                        + " org.jsocat.plugin.tcp");
    }

    @Test
    void aStaticInitializerThatFailsIsToldWithItsCause() throws IOException, InterruptedException {
        assertNotInstalled(
                addresses(
                        "broken",
                        "AddressType.named(\"BROKEN\")",
                        "static final int LIMIT = Integer.parseInt(\"many\");"),
                "its code fails: NumberFormatException: For input string: \"many\"");
    }

    @Test
    void aMissingDependencyIsTold() throws IOException, InterruptedException {
        Path jar =
                PluginJar.provider(work, "lonely", "LONELY")
                        .with("Plugin-Dependencies", "friend@>=1.0.0")
                        .write(work.resolve("lonely.jar"));
        assertThat(user.jsocat("plugins", "install", jar.toString()).errors())
                .contains("is not installed: ", "needs plugin friend");
        assertThat(user.jsocat("plugins", "install", "/no/such.jar").errors())
                .isEqualTo("jsocat: cannot install /no/such.jar: there is no such file\n");
    }

    @Test
    void coordinatesAreFoundInTheLocalRepository() throws IOException, InterruptedException {
        Path repository = work.resolve("repository");
        PluginJar.sample(work)
                .write(repository.resolve("org/example/rot/rot13/1.0.0/rot13-1.0.0.jar"));
        String[] install = {
            "plugins", "install", "-Dmaven.repo.local=" + repository, "org.example.rot:rot13:1.0.0"
        };
        assertThat(user.jsocat(install))
                .isEqualTo(
                        new UserImage.Result(0, "installed rot13 in " + user.plugins() + "\n", ""));
        assertThat(user.plugins().resolve("rot13.jar")).isRegularFile();
        assertThat(user.jsocat("plugins", "remove", "rot13"))
                .isEqualTo(new UserImage.Result(0, "", ""));
        assertThat(user.plugins()).isEmptyDirectory();
        assertThat(user.jsocat("plugins", "remove", "rot13"))
                .isEqualTo(
                        new UserImage.Result(
                                1, "", "jsocat: plugin rot13 is not in " + user.plugins() + "\n"));
    }

    /** A program in place of Maven's, first in the path. */
    private void maven(String script) throws IOException {
        Path programs = Files.createDirectories(work.resolve("bin"));
        Path mvn = Files.writeString(programs.resolve("mvn"), "#!/bin/sh\n" + script);
        Files.setPosixFilePermissions(mvn, PosixFilePermissions.fromString("rwxr-xr-x"));
        user.with("PATH", programs + ":" + System.getenv("PATH"));
    }

    @Test
    void coordinatesThatAreNotThereAreFetchedByMaven() throws IOException, InterruptedException {
        Path repository = work.resolve("repository");
        Path jar = PluginJar.sample(work).write(work.resolve("sample.jar"));
        maven(
                "for a; do case $a in -Dmaven.repo.local=*) r=${a#*=} ;; esac; done\n"
                        + "echo \"$*\" > "
                        + work
                        + "/asked\n"
                        + "install -D -m 644 "
                        + jar
                        + " $r/org/example/rot13/2.1/rot13-2.1.jar\n");
        String[] install = {
            "plugins", "install", "--repository=" + repository, "org.example:rot13:2.1"
        };
        UserImage.Result result = user.jsocat(install);
        assertThat(result.errors()).isEmpty();
        assertThat(result.status()).isZero();
        assertThat(work.resolve("asked"))
                .content()
                .contains("-Dartifact=org.example:rot13:2.1 ", "dependency:get");
        assertThat(user.plugins().resolve("rot13.jar")).isRegularFile();
    }

    @Test
    void whatMavenCannotFetchIsToldInOneLine() throws IOException, InterruptedException {
        Path repository = work.resolve("repository");
        String[] install = {
            "plugins", "install", "--repository=" + repository, "org.example:rot13:3"
        };
        maven("echo '[ERROR] no route to anywhere'; echo '[ERROR] more of it'; exit 1\n");
        assertThat(user.jsocat(install))
                .isEqualTo(
                        new UserImage.Result(
                                1,
                                "",
                                "jsocat: org.example:rot13:3 is not in "
                                        + repository
                                        + ", and mvn cannot fetch it (status 1): no route to"
                                        + " anywhere\n"));
        maven("exit 0\n");
        assertThat(user.jsocat(install).errors())
                .contains("mvn has fetched org.example:rot13:3, but there is no " + repository);
        assertThat(user.with("PATH", "/nowhere").jsocat(install).errors())
                .contains("and there is no mvn that could fetch it")
                .hasLineCount(1);
    }
}
