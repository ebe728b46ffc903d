package org.jsocat.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The manual as it is in the image: its pages, and every example in it that can be run. */
final class ManualIT {
    private static final Path IMAGE = Path.of(System.getProperty("jsocat.image"));
    private static final List<String> CHAPTERS =
            List.of(
                    "socat",
                    "filan",
                    "procan",
                    "jsocat",
                    "recipes",
                    "running",
                    "security",
                    "embedding",
                    "preload");

    @TempDir private Path folder;

    /** Runs a script of bash that finds the commands; its standard output. */
    private static String run(Path folder, String script) throws IOException, InterruptedException {
        Path output = folder.resolve("test.out");
        ProcessBuilder builder =
                new ProcessBuilder("timeout", "-k", "2", "60", "bash", "-c", script);
        String bin = IMAGE.resolve("bin").toString();
        builder.environment().merge("PATH", bin, (path, own) -> own + ":" + path);
        builder.environment().put("LC_ALL", "C.UTF-8");
        builder.directory(folder.toFile()).redirectInput(Path.of("/dev/null").toFile());
        builder.redirectOutput(output.toFile()).redirectError(ProcessBuilder.Redirect.DISCARD);
        Process process = builder.start();
        assertThat(process.waitFor(90, TimeUnit.SECONDS)).as(script).isTrue();
        return Files.readString(output);
    }

    @TestFactory
    Stream<DynamicTest> examplesDoWhatTheManualSays() throws IOException, InterruptedException {
        List<DynamicTest> tests = new ArrayList<>();
        for (String chapter : CHAPTERS) {
            String text = run(folder, "jsocat manual " + chapter);
            String[] fences = text.split("(?m)^```");
            for (int i = 1; i < fences.length; i += 2) {
                if (fences[i].startsWith("sh\n")) {
                    String script = fences[i].substring("sh\n".length());
                    assertThat(fences[i + 2]).as(script).startsWith("output\n");
                    String expected = fences[i + 2].substring("output\n".length());
                    String name = chapter + ": " + script.lines().findFirst().orElse("");
                    Path own = Files.createDirectory(folder.resolve(chapter + i));
                    tests.add(
                            DynamicTest.dynamicTest(
                                    name,
                                    () ->
                                            assertThat(run(own, script))
                                                    .as(script)
                                                    .isEqualTo(expected)));
                }
            }
        }
        assertThat(tests).hasSizeGreaterThan(15);
        return tests.stream();
    }

    @Test
    void everyCommandHasAPageThatManCanShow() throws IOException, InterruptedException {
        for (String command : List.of("socat", "filan", "procan", "jsocat")) {
            String page = Files.readString(IMAGE.resolve("share/man/man1/" + command + ".1"));
            assertThat(page)
                    .startsWith("'\\\" made")
                    .contains(".TH " + command.toUpperCase(Locale.ROOT) + " 1", ".SH \"NAME\"");
            assertThat(page).doesNotContain("{{").doesNotContain("```");
        }
        String socat = Files.readString(IMAGE.resolve("share/man/man1/socat.1"));
        assertThat(socat).contains("TCP\\-LISTEN:<port>", ".SS \"Group TCP\"", "nodelay");
    }

    @Test
    void theHtmlManualIsWellFormed() throws IOException {
        String html = Files.readString(IMAGE.resolve("share/doc/jsocat/manual.html"));
        for (String element : List.of("ul", "li", "p", "pre", "table", "tr", "td", "code")) {
            long opened = html.split("<" + element + ">", -1).length;
            assertThat(html.split("</" + element + ">", -1)).as(element).hasSize((int) opened);
        }
        assertThat(html).contains("<h2 id=\"options\">", "TCP-LISTEN:&lt;port&gt;", "Recipes");
    }

    @Test
    void everyAddressIsDescribed() throws IOException, InterruptedException {
        String tables = run(folder, "jsocat manual");
        assertThat(tables.substring(0, tables.indexOf("## Options")).lines().skip(4))
                .filteredOn(line -> line.startsWith("|"))
                .isNotEmpty()
                .noneMatch(line -> line.endsWith("|  |"));
    }
}
