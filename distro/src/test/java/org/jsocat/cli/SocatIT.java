package org.jsocat.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** The command {@code socat} as scripts see it: status, log lines, files, signals. */
@Timeout(300)
final class SocatIT {
    private static final Path SOCAT = Path.of(System.getProperty("jsocat.image"), "bin", "socat");
    private static final String TIME = "\\d{4}/\\d\\d/\\d\\d \\d\\d:\\d\\d:\\d\\d";

    @TempDir private Path folder;

    private record Result(int status, String output, String errors) {}

    private static Process start(String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(SOCAT.toString()));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command).start();
    }

    private static Result end(Process process) throws IOException, InterruptedException {
        process.getOutputStream().close();
        CompletableFuture<String> lines =
                CompletableFuture.supplyAsync(() -> text(process.getErrorStream()));
        String output = text(process.getInputStream());
        String errors = lines.join();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(errors).doesNotContain("Exception", "\tat ", "    at ");
        return new Result(process.exitValue(), output, errors);
    }

    private static String text(InputStream stream) {
        try (stream) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static Result run(String... arguments) throws IOException, InterruptedException {
        return end(start(arguments));
    }

    /** Runs a line of the shell in which {@code $S} is the program. */
    private Result shell(String line) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder("sh", "-c", line).directory(folder.toFile());
        builder.environment().put("S", SOCAT.toString());
        return end(builder.start());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '#',
            value = {
                "                         # exactly 2 addresses required (there are 0)",
                "-q                       # unknown option \"-q\"",
                "-b 0 - -                 # option -b: a block of 0 bytes",
                "-b 99999999999999999999 - - # option -b: \"99999999999999999999\" is not a number",
                "-t -1 - -                # option -t: \"-1\" is negative",
                "-lf /none/x - -          # cannot open log file \"/none/x\": No such file or"
                        + " directory",
                "-lynone - -              # unknown syslog facility \"none\"; auth, ",
                "-L /none/x - -           # mkstemp(\"/none/x.XXXXXX\"): No such file or",
                "-u -r /none/x TEXT:a -   # option -r \"/none/x\": No such file or directory",
                "-u -U - -                # -U and -u must not be combined",
                "-u TEXT:a,reusadr -      # unknown option \"reusadr\"",
                "-u TEXT:a nosuch:1       # unknown device/address \"nosuch\" (address 2, column"
                        + " 1)",
            })
    void whatIsWrongIsOneLineAndStatusOne(String line, String message)
            throws IOException, InterruptedException {
        Result result = run(line == null ? new String[0] : line.split(" "));
        assertThat(result.status()).isEqualTo(1);
        assertThat(result.errors()).hasLineCount(1).contains("] E ").contains(message);
        assertThat(result.output()).isEmpty();
    }

    @Test
    void allMistakesOfALineAreTold() throws IOException, InterruptedException {
        Result result = run("-q", "-tx", "TCP:a:b:c,reusadr", "foo:bar");
        assertThat(result.errors().lines())
                .hasSize(5)
                .allMatch(line -> line.matches(TIME + " socat\\[\\d+] E .*"));
        assertThat(result.status()).isEqualTo(1);
    }

    @Test
    void theLastLinesAreThoseOfTheReference() throws IOException, InterruptedException {
        assertThat(run("-dd", "-u", "TEXT:a", "STDOUT").errors())
                .endsWith(" N exiting with status 0\n");
        assertThat(run("-d2", "-u", "TEXT:a", "nosuch").errors()).endsWith(" N exit(1)\n");
        assertThat(run("-d", "-d", "-q").errors()).endsWith(" N exit(1)\n");
    }

    @Test
    void aThousandOptionsAreNotTooMany() throws IOException, InterruptedException {
        Result result = run("-u", "TEXT:a" + ",cr".repeat(2000), "STDOUT");
        assertThat(result).isEqualTo(new Result(0, "a", ""));
        Result deep = run("-u", "TEXT:" + "[".repeat(100_000), "STDOUT");
        assertThat(deep.status()).isEqualTo(1);
        assertThat(deep.errors()).hasLineCount(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "$S -u TEXT:a STDOUT 2>&-",
                "$S -dddd -u TEXT:a STDOUT 2>/dev/full",
                "$S -ddd -lf /dev/full -u TEXT:a STDOUT",
                "$S -u TEXT:a STDOUT <&-",
                "$S -S 0xffffffffffffffff -u TEXT:a STDOUT",
                "SOCAT_MAIN_WAIT=x SOCAT_TRANSFER_WAIT=0 SOCAT_FORK_WAIT=-1 $S -u TEXT:a STDOUT"
            })
    void itWorksAllTheSame(String line) throws IOException, InterruptedException {
        Result result = shell(line);
        assertThat(result).isEqualTo(new Result(0, "a", ""));
    }

    @Test
    void noAddressGetsAStandardDescriptorThatIsClosed() throws IOException, InterruptedException {
        Result result =
                shell(
                        "$S -dddd -lf log -u TEXT:a CREATE:file 2>&- >&- <&-; cat file; grep -c 'N"
                                + " starting' log");
        assertThat(result.output()).isEqualTo("a1\n");
        assertThat(Files.readString(folder.resolve("log")))
                .doesNotContainPattern("starting data transfer loop with FDs.*\\[[012],");
    }

    @Test
    void rawDumps() throws IOException, InterruptedException {
        Result result =
                shell(
                        "N=x $S -lp name -r 'r.$PROGNAME.${N}.$$' -R R SYSTEM:'printf abc; head -c"
                                + " 3 >/dev/null' SYSTEM:'head -c 3 >/dev/null; printf xyz'; cat"
                                + " r.name.x.*; cat R");
        assertThat(result.output()).isEqualTo("abcxyz");
    }

    @Test
    void aLockIsHeldAndGivenBack() throws IOException, InterruptedException {
        Path lock = folder.resolve("lock");
        Result held = shell("$S -L lock -u SYSTEM:'cat lock; $S -L lock - -' STDOUT");
        assertThat(held.output()).matches("\\d+\n");
        assertThat(held.errors()).contains("E could not obtain lock \"lock\"");
        assertThat(lock).doesNotExist();
        Process process = start("-dd", "-L", lock.toString(), "TCP-LISTEN:0,fork", "PIPE");
        awaitLine(process, "listening on");
        assertThat(lock).exists();
        process.toHandle().destroy(); // keeps the streams open
        assertThat(end(process).status()).isEqualTo(143);
        assertThat(lock).doesNotExist();
    }

    private static void awaitLine(Process process, String part) throws IOException {
        BufferedReader errors = process.errorReader(StandardCharsets.UTF_8);
        for (String line = errors.readLine(); line != null; line = errors.readLine()) {
            if (line.contains(part)) {
                return;
            }
        }
        throw new AssertionError("ended without a line with: " + part);
    }

    @ParameterizedTest
    @CsvSource({
        "HUP,1,N",
        "INT,2,N",
        "QUIT,3,E",
        "ILL,4,E",
        "ABRT,6,E",
        "BUS,7,E",
        "FPE,8,E",
        "SEGV,11,E",
        "TERM,15,W"
    })
    void aSignalEndsTheProgramAndWhatItStarted(String signal, int number, String level)
            throws IOException, InterruptedException {
        Process process = start("-dd", "STALL", "EXEC:sleep 100");
        awaitLine(process, "starting data transfer loop");
        ProcessHandle child = process.children().findFirst().orElseThrow();
        new ProcessBuilder("kill", "-" + signal, Long.toString(process.pid())).start().waitFor();
        List<String> rest = process.errorReader(StandardCharsets.UTF_8).lines().toList();
        assertThat(process.waitFor()).isEqualTo(128 + number);
        assertThat(rest)
                .anyMatch(line -> line.endsWith(" N socat_signal(): handling signal " + number))
                .anyMatch(line -> line.endsWith(" " + level + " exiting on signal " + number))
                .anyMatch(line -> line.endsWith(" N exit(" + (128 + number) + ")"));
        assertThat(child.onExit().orTimeout(60, TimeUnit.SECONDS))
                .succeedsWithin(java.time.Duration.ofSeconds(10));
    }

    @Test
    void statisticsAsJson() throws IOException, InterruptedException {
        assertThat(run("--statistics=json", "-u", "TEXT:hello", "STDOUT").errors())
                .isEqualTo(
                        "{\"statistics\": [{\"direction\": \"left to right\",\"blocks\":"
                                + " 1,\"bytes\": 5},{\"direction\": \"right to left\","
                                + "\"blocks\": 0,\"bytes\": 0}]}\n");
        assertThat(run("--statistics=xml", "TEXT:hello", "STDOUT").errors())
                .endsWith("E --statistics: \"xml\" is neither text nor json\n");
    }

    /** Standard error is no terminal here, where it would only be noise. */
    @Test
    void progressIsForTerminals() throws IOException, InterruptedException {
        assertThat(run("--progress", "-u", "TEXT:hello", "STDOUT").errors()).isEmpty();
    }

    @Test
    void statistics() throws IOException, InterruptedException {
        Result result = run("--statistics", "-u", "TEXT:hello", "STDOUT");
        assertThat(result.errors())
                .contains("] W statistics are experimental\n")
                .contains("] I STATISTICS: left to right: 1 packets(s), 5 byte(s)\n")
                .doesNotContain("right to left");
        Process process = start("-dd", "STALL", "TEXT:abc");
        awaitLine(process, "starting data transfer loop");
        new ProcessBuilder("kill", "-USR1", Long.toString(process.pid())).start().waitFor();
        awaitLine(process, "STATISTICS: left to right: ");
        process.toHandle().destroy(); // keeps the streams open
        assertThat(process.waitFor()).isEqualTo(143);
    }

    @Test
    void dumpsOfBothDirections() throws IOException, InterruptedException {
        Result result = run("-v", "-x", "-u", "TEXT:abc", "STDOUT");
        assertThat(result.errors())
                .matches("> " + TIME + "\\.\\d{6}  length=3 from=0 to=2\n 61 62 63 {41}abc\n--\n");
        Result large = shell("head -c 20000 /dev/zero | $S -x -u STDIN STDOUT | wc -c");
        assertThat(large.output().strip()).isEqualTo("20000");
        assertThat(large.errors().lines().filter(line -> line.startsWith(">")))
                .first()
                .asString()
                .endsWith("length=8192 from=0 to=8191");
    }
}
