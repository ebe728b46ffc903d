package org.jsocat.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The commands filan and procan of the image, as scripts start them. */
final class FilanIT {
    private static final Path BIN = Path.of(System.getProperty("jsocat.image"), "bin");

    @TempDir private Path folder;

    private record Result(int status, String output, String errors) {}

    /** Runs a script of bash, in which the commands are found by name. */
    private Result run(String script) throws IOException, InterruptedException {
        Path errors = folder.resolve("errors");
        Path output = folder.resolve("output");
        ProcessBuilder builder = new ProcessBuilder("bash", "-c", script);
        builder.environment().merge("PATH", BIN.toString(), (path, bin) -> bin + ":" + path);
        builder.directory(folder.toFile());
        builder.redirectInput(Path.of("/dev/null").toFile());
        builder.redirectOutput(output.toFile()).redirectError(errors.toFile());
        Process process = builder.start();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).as(script).isTrue();
        return new Result(process.exitValue(), Files.readString(output), Files.readString(errors));
    }

    @Test
    void tellsOfTheDescriptorsThatItWasStartedWithOnly() throws IOException, InterruptedException {
        Result result = run("filan -s 3</etc/passwd 4<. 17</dev/null");
        assertThat(result.errors()).isEmpty();
        assertThat(result.output())
                .isEqualTo(
                        "    0 chrdev /dev/null\n    1 file "
                                + folder
                                + "/output\n    2 file "
                                + folder
                                + "/errors\n    3 file /etc/passwd\n    4 dir "
                                + folder
                                + "\n   17 chrdev /dev/null\n");
    }

    @Test
    void aClosedStandardDescriptorIsClosed() throws IOException, InterruptedException {
        assertThat(run("filan -s -n 3 <&-").output()).startsWith("    1 file ");
        Result closed = run("filan -o to -s -n 3 <&- 2>&-; cat to");
        // the file that it prints to takes the lowest free number
        assertThat(closed.output()).startsWith("    0 file " + folder + "/to\n    1 file ");
        assertThat(closed.output()).doesNotContain("    2 ");
    }

    @Test
    void aRelaySocketIsHandedToIt() throws IOException, InterruptedException {
        Result result =
                run(
                        "socat -d -d TCP4-LISTEN:0,bind=127.0.0.1 EXEC:'filan -s',nofork 2>log &"
                                + " until grep -q listening log; do :; done;"
                                + " socat -u TCP4:$(grep -o '127[0-9.:]*' log | head -1) -; wait");
        assertThat(result.output().lines().limit(2))
                .allMatch(line -> line.matches(" {4}[01] tcp 127\\.0\\.0\\.1:\\d+ .*:\\d+"));
    }

    @Test
    void aNameIsAnalyzedUnderTheNumberThatItGets() throws IOException, InterruptedException {
        Result result = run("ln -s target link; filan -f link; filan -f . 3</dev/null");
        assertThat(result.output())
                .containsPattern("(?m)^  -1: symlink\t.*\t\t\t\tLINKTARGET=target$")
                .containsPattern("(?m)^   4: dir\t");
        assertThat(result.errors()).contains("W open(\"link\", ").contains("symbolic links");
    }

    @Test
    void mistakesAreToldAsTheReferenceTellsThem() throws IOException, InterruptedException {
        assertThat(run("filan -i").errors()).endsWith("E option -i requires an argument\n");
        assertThat(run("filan -n 3x").errors()).endsWith("E trailing garbage in \"-n 3x\"\n");
        assertThat(run("filan 3 4").errors()).endsWith("E 2 superfluous arguments\n");
        assertThat(run("filan -s -f none").errors())
                .endsWith("E stat(\"none\"): No such file or directory\n");
        Result unknown = run("filan -x");
        assertThat(unknown.status()).isEqualTo(1);
        assertThat(unknown.errors()).contains("E unknown option -x\n", "usage: filan");
    }

    @Test
    void anotherProcessIsSeenThroughProc() throws IOException, InterruptedException {
        Result result = run("exec 5</etc/passwd; sleep 600 & filan --pid $! -i 5 -s; kill $!");
        assertThat(result.output()).isEqualTo("file /etc/passwd\n");
        assertThat(run("filan --pid 999999999").errors()).contains("No such file or directory");
    }

    @Test
    void jsonIsReadByOthers() throws IOException, InterruptedException {
        assumeThat(RunningSocat.isThere("python3")).as("python3 is here").isTrue();
        String read = " | python3 -c 'import json, sys; x = json.load(sys.stdin); print(";
        assertThat(run("filan --json 7</etc/passwd" + read + "x[3][\"path\"])'").output())
                .isEqualTo("/etc/passwd\n");
        assertThat(run("procan --json" + read + "x[\"umask\"])'").output()).matches("0\\d+\n");
        assertThat(run("procan -c --json" + read + "x[\"PF_INET6\"])'").output()).isEqualTo("10\n");
    }

    @Test
    void constantsAreThoseOfTheReference() throws IOException, InterruptedException {
        assumeThat(System.getProperty("os.arch")).as("recorded on x86-64").isEqualTo("amd64");
        assertThat(run("procan -c").output()).isEqualTo(recorded("constants.txt"));
        String process = run("procan").output();
        String types =
                process.substring(
                        process.indexOf("// CC"),
                        process.indexOf("IP INTERFACES\n") + "IP INTERFACES\n".length());
        assertThat(types.replaceAll("net:\\[\\d+\\]", "NAMESPACE"))
                .isEqualTo(recorded("types.txt"));
    }

    @Test
    void procanTellsWhatTheShellKnows() throws IOException, InterruptedException {
        Result result = run("umask 027; ulimit -Sn 321; ulimit -c 0; echo $$; procan; echo; id -u");
        List<String> lines = result.output().lines().toList();
        String user = lines.getLast();
        assertThat(result.output())
                .contains("process parent id = " + lines.getFirst() + "\n")
                .contains("\numask = 0027\n")
                .contains("effective user id  = " + user + "\n")
                .containsPattern("core file size \\(blocks\\) +0 +");
    }

    private static String recorded(String name) throws IOException {
        try (InputStream file = FilanIT.class.getResourceAsStream("process/" + name)) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
