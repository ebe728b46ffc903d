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
                    "_JAVA_OPTIONS", "-Xmx1m",
                    "_JAVA_LAUNCHER_DEBUG", "1",
                    "_JAVA_SR_SIGNUM", "10",
                    "CLASSPATH", "/nonexistent");

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

    @Test
    void variablesThatLookLikeHiddenOnesStayWhatTheyAre() throws IOException, InterruptedException {
        Result result =
                run(
                        Map.of("JSOCAT_SAVED_LD_PRELOAD", "a", "JSOCAT_SAVED_CLASSPATH", "b"),
                        SOCAT.toString(),
                        "-u",
                        "EXEC:env",
                        "STDOUT");
        assertThat(result.output().lines())
                .contains("JSOCAT_SAVED_LD_PRELOAD=a", "JSOCAT_SAVED_CLASSPATH=b")
                .noneMatch(line -> line.startsWith("LD_PRELOAD=") || line.startsWith("CLASSPATH="));
    }

    @Test
    void environmentReachesProgramsByteForByte() throws IOException, InterruptedException {
        Result result =
                script(
                        "LC_ALL=C WORD=$(printf 'a\\377b') $SOCAT -u EXEC:env - | grep -a ^WORD= |"
                                + " od -An -tx1");
        assertThat(result.output().strip()).isEqualTo("57 4f 52 44 3d 61 ff 62 0a");
    }

    @Test
    void closedStandardDescriptorsAreClosed() throws IOException, InterruptedException {
        Result input = script("$SOCAT -u - OPEN:taken,creat <&-");
        assertThat(input.status()).isEqualTo(1);
        assertThat(input.errors()).contains("Bad file descriptor");
        assertThat(Files.exists(folder.resolve("taken"))).isFalse();
        Result output = script("echo data | $SOCAT -u - STDOUT >&-");
        assertThat(output.status()).isEqualTo(1);
        assertThat(output.errors()).contains("Bad file descriptor");
        Result all = script("$SOCAT -u TEXT:data CREATE:copy <&- >&- 2>&-; cat copy");
        assertThat(all.output()).isEqualTo("data");
    }

    @Test
    void programsFindClosedDescriptorsClosed() throws IOException, InterruptedException {
        Result result = script("$SOCAT -u 'SYSTEM:echo >&2 && echo open || echo closed' - 2>&-");
        assertThat(result.output()).isEqualTo("closed\n");
    }

    @Test
    void descriptorsOfTheJvmAreNotOpen() throws IOException, InterruptedException {
        for (int number = 3; number < 9; number++) {
            Result result = script("$SOCAT -u FD:" + number + " - 3<&- 4<&- 5<&- 6<&- 7<&- 8<&-");
            assertThat(result.status()).isEqualTo(1);
            assertThat(result.output()).isEmpty();
            assertThat(result.errors()).contains("Bad file descriptor");
        }
    }

    @Test
    void inheritedDescriptorsAreUsed() throws IOException, InterruptedException {
        assertThat(script("echo three | $SOCAT -u FD:3 - 3<&0 0</dev/null").output())
                .isEqualTo("three\n");
        assertThat(script("echo file >f; $SOCAT -u 'SYSTEM:cat <&7' - 7<f").output())
                .isEqualTo("file\n");
    }

    @Test
    void nothingOfTheJvmIsInTheData() throws IOException, InterruptedException {
        // Too little to start: how that ends is up to the JVM, but not where it is told.
        Result memory = script("ulimit -v 300000; $SOCAT -u TEXT:data -");
        assertThat(memory.status()).isNotZero();
        assertThat(memory.output()).isEmpty();
        ProcessBuilder builder = new ProcessBuilder(SOCAT.toString(), "-S", "0", "PIPE", "PIPE");
        Process quit = builder.start();
        new ProcessBuilder("kill", "-QUIT", Long.toString(quit.pid())).start().waitFor();
        assertThat(quit.getInputStream().readAllBytes()).isEmpty();
        assertThat(quit.waitFor()).isEqualTo(131);
        Result settings = script("echo +PrintFlagsFinal >.hotspotrc; $SOCAT -u TEXT:data -");
        assertThat(settings.output()).isEqualTo("data");
        assertThat(settings.errors()).isEmpty();
    }

    @Test
    void programsGetTheLimitsAndSignalsOfTheCaller() throws IOException, InterruptedException {
        Result limit = script("ulimit -Sn 200; $SOCAT -u 'SYSTEM:ulimit -Sn' -");
        assertThat(limit.output()).isEqualTo("200\n");
        Result hard = script("ulimit -n 200; $SOCAT -u 'SYSTEM:ulimit -Hn' -");
        assertThat(hard.output()).isEqualTo("200\n");
        // Of those that are ignored 13 is SIGPIPE, which the reference ignores.
        Result signals = script("$SOCAT -u EXEC:'grep SigIgn /proc/self/status' -");
        assertThat(signals.output()).isEqualTo("SigIgn:\t0000000000001000\n");
        Result ignored = script("trap '' USR2; $SOCAT -u EXEC:'grep SigIgn /proc/self/status' -");
        assertThat(ignored.output()).isEqualTo("SigIgn:\t0000000000001800\n");
    }

    @Test
    void signalsThatTheJvmWouldUseEndTheProgram() throws IOException, InterruptedException {
        Result user =
                script(
                        "$SOCAT PIPE PIPE & until grep -aq signals /proc/$!/task/*/comm; do :;"
                                + " done; kill -USR2 $!; wait $!");
        assertThat(user.status()).isEqualTo(140);
        Result size = script("ulimit -c 0; ulimit -f 1; $SOCAT -u /dev/zero CREATE:big; exit $?");
        assertThat(size.status()).isEqualTo(153);
    }

    @Test
    void startsInLittleAddressSpace() throws IOException, InterruptedException {
        Result result = script("ulimit -v 2000000; $SOCAT -u TEXT:data -");
        assertThat(result.errors()).isEmpty();
        assertThat(result.output()).isEqualTo("data");
    }

    @Test
    void crashLeavesNothingInTheDataNorInTheFolder() throws IOException, InterruptedException {
        // Without a handler of the program's a fault signal is a crash of the JVM's own.
        Result result =
                script(
                        "ulimit -c 0; $SOCAT -S 0 PIPE PIPE & "
                                + "until grep -aq signals /proc/$!/task/*/comm; do :; done; "
                                + "kill -SEGV $!; wait $!");
        assertThat(result.status()).isEqualTo(134);
        assertThat(result.output()).isEmpty();
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void isShownAsTheProgramThatItIs() throws IOException, InterruptedException {
        Process process =
                new ProcessBuilder(
                                "sh",
                                "-c",
                                "PATH=\"$1:$PATH\" exec socat -T 300 -u 'TEXT:a  b'"
                                        + " PIPE\\!\\!STALL",
                                "sh",
                                SOCAT.getParent().toString())
                        .start();
        try {
            Path state = Path.of("/proc", Long.toString(process.pid()));
            String line = "";
            while (process.isAlive() && !line.startsWith("socat ")) {
                line = Files.readString(state.resolve("cmdline")).replace('\0', ' ').strip();
            }
            assertThat(line).isEqualTo("socat -T 300 -u TEXT:a  b PIPE!!STALL");
            assertThat(Files.readString(state.resolve("comm"))).isEqualTo("socat\n");
            if (System.getProperty("os.arch").equals("amd64")) {
                assertThat(Files.readString(state.resolve("maps"))).contains("/libjsocat.so");
            }
        } finally {
            process.destroy();
        }
    }

    @Test
    void startsInFoldersThatAJvmDoesNotStartIn() throws IOException, InterruptedException {
        Result removed =
                script(
                        "mkdir x && cd x && rmdir ../x && $SOCAT -u 'EXEC:readlink /proc/self/cwd'"
                                + " -");
        assertThat(removed.output()).isEqualTo(folder.toRealPath() + "/x (deleted)\n");
        for (String locale : List.of("C", "C.UTF-8")) {
            Result accents =
                    script(
                            "mkdir -p é; image=${SOCAT%/bin/socat}; [ -e é/j ] || cp -al $image é/j"
                                    + " 2>/dev/null || cp -a $image é/j; LC_ALL="
                                    + locale
                                    + " é/j/bin/socat -u 'SYSTEM:echo $LC_ALL' -");
            assertThat(accents.errors()).isEmpty();
            assertThat(accents.output()).isEqualTo(locale + "\n");
        }
        Result colon = script("mkdir -p a:b/bin; cp $SOCAT a:b/bin; a:b/bin/socat -V");
        assertThat(colon.status()).isEqualTo(1);
        assertThat(colon.errors()).contains("colon").hasLineCount(1);
    }

    private Result script(String text) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder("sh", "-c", text);
        builder.environment().put("SOCAT", SOCAT.toString());
        builder.directory(folder.toFile());
        return result(builder);
    }

    private static Result run(Map<String, String> environment, String... command)
            throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(List.of(command));
        builder.environment().putAll(environment);
        return result(builder);
    }

    private static Result result(ProcessBuilder builder) throws IOException, InterruptedException {
        builder.redirectInput(Path.of("/dev/null").toFile());
        Process process = builder.start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        String errors = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Result(process.pid(), process.waitFor(), output, errors);
    }
}
