package org.jsocat.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;

/** Plugins of third parties: how they are found, used, managed and refused. */
final class PluginIT {
    @TempDir private static Path work;

    private static PluginJar sample;

    @TempDir private Path home;
    @TempDir private Path folder;

    private UserImage user;

    @BeforeAll
    static void compileTheSample() throws IOException {
        sample = PluginJar.sample(work);
    }

    @BeforeEach
    void setUp() {
        user = new UserImage(home);
    }

    private UserImage.Result socat(String input, String... arguments)
            throws IOException, InterruptedException {
        String[] all = new String[arguments.length + 1];
        all[0] = "--plugin-path=" + folder;
        System.arraycopy(arguments, 0, all, 1, arguments.length);
        return user.socat(input, all);
    }

    private UserImage.Result jsocat(String... arguments) throws IOException, InterruptedException {
        String[] all = Arrays.copyOf(arguments, arguments.length + 1);
        all[arguments.length] = "--plugin-path=" + folder;
        return user.jsocat(all);
    }

    /** The one line about something that is refused; everything else goes on. */
    private void assertRefused(String... parts) throws IOException, InterruptedException {
        UserImage.Result result = socat("", "-u", "TEXT:goes on", "STDOUT");
        assertThat(result.status()).isZero();
        assertThat(result.output()).isEqualTo("goes on");
        assertThat(result.errors()).hasLineCount(1).contains(" W plugin ").contains(parts);
    }

    @Test
    void anAddressOfThePluginIsUsed() throws IOException, InterruptedException {
        sample.write(folder.resolve("rot13.jar"));
        UserImage.Result result = socat("Hello", "-", "ROT13-ECHO");
        assertThat(result).isEqualTo(new UserImage.Result(0, "Uryyb", ""));
    }

    @Test
    void anOptionOfThePluginIsUsed() throws IOException, InterruptedException {
        sample.write(folder.resolve("rot13.jar"));
        assertThat(socat("Hello", "-", "rot13-echo,rotation=1").output()).isEqualTo("Ifmmp");
    }

    @Test
    void aStageOfThePluginIsUsed() throws IOException, InterruptedException {
        sample.write(folder.resolve("rot13.jar"));
        assertThat(socat("Hello", "-u", "STDIN", "ROT13,rot=3|STDOUT").output()).isEqualTo("Khoor");
        assertThat(socat("Hello", "-", "ROT13|PIPE").output()).isEqualTo("Hello");
    }

    @Test
    void wrongValuesAndOptionsAreToldByTheTables() throws IOException, InterruptedException {
        sample.write(folder.resolve("rot13.jar"));
        assertThat(socat("", "-", "ROT13-ECHO,rot=many").status()).isEqualTo(1);
        assertThat(socat("", "-", "ROT13-ECHO,rott=1").errors())
                .contains("unknown option \"rott\"", "rot");
    }

    @Test
    void pluginsAreFoundInAllPlaces() throws IOException, InterruptedException {
        sample.write(user.plugins().resolve("rot13.jar"));
        assertThat(user.socat("a", "-", "ROT13-ECHO").output()).isEqualTo("n");

        Path data = work.resolve("data");
        sample.write(data.resolve("jsocat/plugins/rot13.jar"));
        UserImage other = new UserImage(folder).with("XDG_DATA_HOME", data.toString());
        assertThat(other.socat("a", "-", "ROT13-ECHO").output()).isEqualTo("n");

        UserImage path =
                new UserImage(folder)
                        .with("JSOCAT_PLUGIN_PATH", "/nowhere:" + data.resolve("jsocat/plugins"));
        assertThat(path.socat("a", "-", "ROT13-ECHO").output()).isEqualTo("n");

        Path program = work.resolve("program");
        sample.write(program.resolve("plugins/rot13.jar"));
        UserImage installed = new UserImage(folder).with("JSOCAT_HOME", program.toString());
        assertThat(installed.socat("a", "-", "ROT13-ECHO").output()).isEqualTo("n");
    }

    @Test
    void oneWithoutPluginsIsNotThere() throws IOException, InterruptedException {
        UserImage.Result result = user.socat("", "-", "ROT13-ECHO");
        assertThat(result.status()).isEqualTo(1);
        assertThat(result.errors()).contains("ROT13-ECHO");
    }

    @Test
    void anotherVersionOfTheSpiIsRefused() throws IOException, InterruptedException {
        PluginJar.provider(work, "future", "FUTURE")
                .with("Plugin-Requires", ">=9.0.0")
                .write(folder.resolve("future.jar"));
        assertRefused("future", ">=9.0.0", "SPI");
    }

    @Test
    void aRangeThatIsNoneIsRefused() throws IOException, InterruptedException {
        PluginJar.provider(work, "vague", "VAGUE")
                .with("Plugin-Requires", "new")
                .write(folder.resolve("vague.jar"));
        assertRefused("vague", "cannot be understood: new");
    }

    @Test
    void aMissingDependencyIsTold() throws IOException, InterruptedException {
        PluginJar.provider(work, "lonely", "LONELY")
                .with("Plugin-Dependencies", "friend@>=1.0.0")
                .write(folder.resolve("lonely.jar"));
        assertRefused("lonely", "needs plugin friend", "not there");
    }

    @Test
    void anotherVersionOfADependencyIsTold() throws IOException, InterruptedException {
        PluginJar.provider(work, "base", "BASE").write(folder.resolve("base.jar"));
        PluginJar.provider(work, "modern", "MODERN")
                .with("Plugin-Dependencies", "base@>=2.0.0")
                .write(folder.resolve("modern.jar"));
        assertRefused("modern", "needs plugin base in version >=2.0.0", "1.0.0");
    }

    @Test
    void pluginsThatNeedEachOtherAreRefused() throws IOException, InterruptedException {
        for (String[] pair : new String[][] {{"hen", "egg"}, {"egg", "hen"}}) {
            PluginJar.provider(work, pair[0], pair[0].toUpperCase(java.util.Locale.ROOT))
                    .with("Plugin-Dependencies", pair[1])
                    .write(folder.resolve(pair[0] + ".jar"));
        }
        UserImage.Result result = socat("", "-u", "TEXT:goes on", "STDOUT");
        assertThat(result.output()).isEqualTo("goes on");
        assertThat(result.errors())
                .contains("plugin hen (", "plugin egg (", "needs plugins that need it");
    }

    @Test
    void aPluginUsesTheModuleOfAnother() throws IOException, InterruptedException {
        Path lower = PluginJar.provider(work, "lower", "LOWER").write(folder.resolve("lower.jar"));
        PluginJar.provider(work, "upper", "UPPER", lower)
                .with("Plugin-Dependencies", "lower@~1.0, org.jsocat.plugin.file@~0.1")
                .write(folder.resolve("upper.jar"));
        assertThat(socat("", "-u", "UPPER", "STDOUT"))
                .isEqualTo(new UserImage.Result(0, "from test.upper", ""));
    }

    @Test
    void aCorruptJarIsRefused() throws IOException, InterruptedException {
        byte[] bytes = Files.readAllBytes(sample.write(work.resolve("whole.jar")));
        Path jar =
                Files.write(folder.resolve("broken.jar"), Arrays.copyOf(bytes, bytes.length / 2));
        Files.setPosixFilePermissions(jar, PosixFilePermissions.fromString("rw-r--r--"));
        assertRefused("broken.jar", "corrupt");
    }

    @Test
    void aJarThatIsNoModuleIsRefused() throws IOException, InterruptedException {
        sample.writeWithoutModule(folder.resolve("plain.jar"));
        assertRefused("plain.jar", "not a module");
    }

    @Test
    void aSecondPluginOfTheSameIdIsRefused() throws IOException, InterruptedException {
        sample.write(folder.resolve("one.jar"));
        sample.write(folder.resolve("two.jar"));
        assertRefused("rot13", "two.jar", "one.jar", "same id");
        assertThat(socat("a", "-", "ROT13-ECHO").output()).isEqualTo("n");
    }

    @Test
    void aPluginWhoseCodeFailsIsRefused() throws IOException, InterruptedException {
        PluginJar.failing(work, "failing").write(folder.resolve("failing.jar"));
        assertRefused("failing", "its code fails");
    }

    @Test
    void aFolderThatOthersMayWriteToIsRefused() throws IOException, InterruptedException {
        sample.write(folder.resolve("rot13.jar"));
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxrwxr-x"));
        assertRefused(folder.toString(), "others may write to it (mode 775)");
        assertThat(socat("", "-", "ROT13-ECHO").status()).isEqualTo(1);
    }

    @Test
    void aFolderThatOthersMayReplaceIsRefused() throws IOException, InterruptedException {
        Path inner = Files.createDirectory(folder.resolve("inner"));
        Files.setPosixFilePermissions(inner, PosixFilePermissions.fromString("rwxr-xr-x"));
        sample.write(inner.resolve("rot13.jar"));
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxrwxrwx"));
        UserImage.Result result =
                user.socat("", "--plugin-path", inner.toString(), "-", "ROT13-ECHO");
        assertThat(result.status()).isEqualTo(1);
        assertThat(result.errors())
                .contains("plugin folder " + inner + " is not used", folder.toString());
    }

    @Test
    void aJarThatOthersMayWriteToIsRefused() throws IOException, InterruptedException {
        Path jar = sample.write(folder.resolve("rot13.jar"));
        Files.setPosixFilePermissions(jar, PosixFilePermissions.fromString("rw-r--rw-"));
        assertRefused("rot13.jar", "others may write to it");
    }

    @Test
    void aKeywordThatTwoPluginsClaimWaitsForADecision() throws IOException, InterruptedException {
        PluginJar.provider(work, "mine", "TEXT").write(folder.resolve("mine.jar"));

        UserImage.Result other = socat("goes on", "-u", "STDIN", "STDOUT");
        assertThat(other.output()).isEqualTo("goes on");
        assertThat(other.errors())
                .hasLineCount(1)
                .contains("\"TEXT\"", "plugin mine", "plugin org.jsocat.plugin.file");

        UserImage.Result undecided = socat("", "-u", "TEXT", "STDOUT");
        assertThat(undecided.status()).isEqualTo(1);
        assertThat(undecided.errors())
                .contains(
                        " E ",
                        "\"TEXT\" is claimed by plugin",
                        "plugin mine",
                        "plugin org.jsocat.plugin.file");

        assertThat(jsocat("plugins", "prefer", "text", "mine").status()).isZero();
        assertThat(socat("", "-u", "TEXT", "STDOUT"))
                .isEqualTo(new UserImage.Result(0, "from test.mine", ""));
        assertThat(jsocat("plugins", "prefer", "TEXT", "org.jsocat.plugin.file").status()).isZero();
        assertThat(socat("", "-u", "TEXT:x", "STDOUT")).isEqualTo(new UserImage.Result(0, "x", ""));
        assertThat(jsocat("plugins", "prefer", "NOSUCH", "mine").status()).isEqualTo(1);
    }

    @Test
    void aNewerVersionOfABuiltInPluginIsUsedWhenTheUserSaysSo()
            throws IOException, InterruptedException {
        PluginJar.builtIn(work, "tcp", "0.1.7", "TcpAddresses", "\"INET\"", "\"NEWER\"")
                .write(folder.resolve("tcp-0.1.7.jar"));
        assertRefused(
                "org.jsocat.plugin.tcp",
                "version 0.1.0 is built in",
                "jsocat plugins prefer org.jsocat.plugin.tcp 0.1.7");
        assertThat(socat("", "-", "NEWER:127.0.0.1:9").errors()).contains("NEWER");
        assertThat(jsocat("plugins", "list").output())
                .containsPattern("org.jsocat.plugin.tcp +0\\.1\\.0 +active")
                .containsPattern("org.jsocat.plugin.tcp +0\\.1\\.7 +unused")
                .doesNotContain("org.jsocat.spi", "org.jsocat.core");

        assertThat(jsocat("plugins", "prefer", "org.jsocat.plugin.tcp", "0.1.7"))
                .isEqualTo(new UserImage.Result(0, "", ""));
        assertThat(jsocat("plugins", "list").output())
                .containsPattern("org.jsocat.plugin.tcp +0\\.1\\.0 +unused")
                .containsPattern("org.jsocat.plugin.tcp +0\\.1\\.7 +active");
        try (EchoServer server = EchoServer.start()) {
            assertThat(socat("there and back", "-t20", "-", "NEWER:127.0.0.1:" + server.port()))
                    .isEqualTo(new UserImage.Result(0, "there and back", ""));
            assertThat(
                            socat(
                                    "with options",
                                    "-t20",
                                    "-",
                                    "TCP:127.0.0.1:" + server.port() + ",nodelay,keepalive"))
                    .isEqualTo(new UserImage.Result(0, "with options", ""));
        }

        assertThat(jsocat("plugins", "prefer", "org.jsocat.plugin.tcp", "built-in").status())
                .isZero();
        assertThat(socat("", "-", "NEWER:127.0.0.1:9").errors()).hasLineCount(1).contains(" E ");
        assertThat(jsocat("plugins", "prefer", "org.jsocat.plugin.tcp", "7.0.0").status()).isOne();
        assertThat(jsocat("plugins", "prefer", "org.jsocat.plugin.tcp", "7.0.0").errors())
                .contains("version 7.0.0 of org.jsocat.plugin.tcp is in no plugin folder");
    }

    @Test
    void whatIsBuiltOnAReplacedPluginUsesTheNewOne() throws IOException, InterruptedException {
        PluginJar.builtIn(work, "inet", "0.1.9", "IpRows", "\"ttl\"", "\"newer-ttl\"")
                .write(folder.resolve("inet.jar"));
        assertThat(jsocat("plugins", "prefer", "org.jsocat.plugin.inet", "0.1.9").status())
                .isZero();
        try (EchoServer server = EchoServer.start()) {
            assertThat(
                            socat(
                                    "through it",
                                    "-t20",
                                    "-",
                                    "TCP:127.0.0.1:" + server.port() + ",newer-ttl=9"))
                    .isEqualTo(new UserImage.Result(0, "through it", ""));
        }
    }

    @Test
    void aPluginListensToRelays() throws IOException, InterruptedException {
        PluginJar.listener(work, "told").write(folder.resolve("told.jar"));
        assertThat(socat("", "-u", "TEXT:twelve bytes", "STDOUT"))
                .isEqualTo(new UserImage.Result(0, "twelve bytes", "opened\nended 12\n"));
        assertThat(socat("", "-u", "OPEN:/nonexistent/file", "STDOUT").errors())
                .contains("failed open(\"/nonexistent/file\"");
        assertThat(jsocat("plugins", "info", "told").output()).contains("listens to relays");
    }

    @Test
    void aPluginIsDisabledAndEnabled() throws IOException, InterruptedException {
        sample.write(folder.resolve("rot13.jar"));
        assertThat(jsocat("plugins", "disable", "rot13"))
                .isEqualTo(new UserImage.Result(0, "", ""));
        assertThat(jsocat("plugins", "list").output())
                .containsPattern("rot13 +1\\.0\\.0 +disabled");
        assertThat(socat("", "-", "ROT13-ECHO").status()).isEqualTo(1);
        assertThat(socat("", "-u", "TEXT:x", "STDOUT").errors()).isEmpty();
        assertThat(jsocat("plugins", "enable", "rot13").status()).isZero();
        assertThat(socat("a", "-", "ROT13-ECHO").output()).isEqualTo("n");
        assertThat(jsocat("plugins", "disable", "org.jsocat.plugin.file").status()).isEqualTo(1);
        assertThat(jsocat("plugins", "disable", "nosuch").errors())
                .contains("there is no plugin nosuch");
    }

    @Test
    void aPluginIsInstalledForTheUser() throws IOException, InterruptedException {
        Path jar = sample.write(folder.resolve("some-build.zip.jar"));
        Files.setPosixFilePermissions(jar, PosixFilePermissions.fromString("rw-rw-rw-"));
        UserImage.Result refused = user.jsocat("plugins", "install", jar.toString());
        assertThat(refused.status()).as(refused.errors()).isZero();
        assertThat(user.plugins().resolve("rot13.jar")).isRegularFile();
        assertThat(user.socat("a", "-", "ROT13-ECHO").output()).isEqualTo("n");

        Path bad = Files.writeString(folder.resolve("bad.jar"), "no jar");
        UserImage.Result result = user.jsocat("plugins", "install", bad.toString());
        assertThat(result.status()).isEqualTo(1);
        assertThat(result.errors()).contains("is not installed");
        assertThat(user.plugins()).isDirectoryNotContaining(path -> !path.endsWith("rot13.jar"));
    }

    @Test
    void informationIsComplete() throws IOException, InterruptedException {
        sample.write(folder.resolve("rot13.jar"));
        assertThat(jsocat("plugins", "info", "rot13").output())
                .contains(
                        "rot13",
                        "1.0.0",
                        "org.jsocat.example.rot",
                        "ROT13-ECHO",
                        "stage",
                        "rot ",
                        "active");
        assertThat(jsocat("plugins", "path").output()).contains(folder.toString());
        assertThat(jsocat("addresses").output()).contains("ROT13-ECHO");
        assertThat(jsocat("options", "ROT13").output()).contains("rotation");
        assertThat(jsocat("manual").output()).contains("| `ROT13-ECHO` |");
        assertThat(jsocat("completion", "bash").output()).contains("ROT13-ECHO");
    }

    @Test
    void wrongUsageHasStatusTwo() throws IOException, InterruptedException {
        assertThat(user.jsocat("plugins", "frobnicate").status()).isEqualTo(2);
        assertThat(user.jsocat("plugins", "info").status()).isEqualTo(2);
        assertThat(user.jsocat("help").status()).isZero();
        assertThat(user.jsocat("version").output()).contains("jsocat ", "1.8.1.3", "SPI");
    }

    @Test
    void nothingOfPf4jIsLoadedWithoutPlugins() throws IOException, InterruptedException {
        assertThat(user.classesOf("-u", "TEXT:x", "STDOUT"))
                .anyMatch(line -> line.contains("org.jsocat.core.run.Session"))
                .noneMatch(line -> line.contains("org.pf4j") || line.contains("zafarkhaja"));
        sample.write(user.plugins().resolve("rot13.jar"));
        assertThat(user.classesOf("-u", "TEXT:x", "STDOUT"))
                .anyMatch(line -> line.contains("org.pf4j"));
    }
}
