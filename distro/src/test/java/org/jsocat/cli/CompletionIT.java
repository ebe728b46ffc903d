package org.jsocat.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Completion in the shells: what they offer for the beginning of a command line. */
final class CompletionIT {
    private static final Path SHARE = Path.of(System.getProperty("jsocat.image"), "share");

    @TempDir private Path folder;

    /** What bash would put in the place of the word that it sees before the cursor. */
    private List<String> bash(String line) throws IOException, InterruptedException {
        String words = line.strip();
        String command =
                words.substring(0, words.indexOf(' ') < 0 ? words.length() : words.indexOf(' '));
        int index = (int) line.chars().filter(c -> c == ' ').count();
        String script =
                "compopt() { :; }; COMP_WORDBREAKS=$' \\t\\n\"\\'><=;|&(:'; . "
                        + SHARE.resolve("bash-completion/completions/socat")
                        + "; COMP_LINE=$1 COMP_POINT=${#1} COMP_CWORD=$2; COMP_WORDS=($1);"
                        + " f=$(complete -p $3 | sed 's/.*-F \\([^ ]*\\).*/\\1/'); $f $3;"
                        + " printf '%s\\n' \"${COMPREPLY[@]}\"";
        return RunningSocat.run(
                        "bash", "-c", script, "bash", line, Integer.toString(index), command)
                .lines()
                .toList();
    }

    @Test
    void bashOffersAddressesAndTheirOptions() throws Exception {
        assertThat(bash("socat TCP-L"))
                .contains("TCP-L", "TCP-LISTEN")
                .noneMatch(w -> w.contains(":"));
        assertThat(bash("socat - tcp4-l")).contains("tcp4-listen");
        assertThat(bash("socat TCP-LISTEN:80,reusea")).containsExactly("80,reuseaddr");
        assertThat(bash("socat TCP-LISTEN:80,fork,so-reusea"))
                .containsExactly("80,fork,so-reuseaddr");
        assertThat(bash("socat -d -l")).contains("-lf", "-ly");
    }

    @Test
    void bashCompletesBehindQuotesAndInChains() throws Exception {
        assertThat(bash("socat \"TCP-LISTEN:80,reusea")).containsExactly("TCP-LISTEN:80,reuseaddr");
        assertThat(bash("socat - 'NOP|TCP:host:80,nodel"))
                .containsExactly("NOP|TCP:host:80,nodelay");
        assertThat(bash("socat - NOP%TES")).contains("NOP%TEST", "NOP%TESTUNI");
        assertThat(bash("socat STDIN!!STDO")).containsExactly("STDIN!!STDOUT");
    }

    @Test
    void bashCompletesTheOtherCommands() throws Exception {
        assertThat(bash("jsocat comp")).contains("completion");
        assertThat(bash("jsocat options tcp-l")).contains("TCP-LISTEN");
        assertThat(bash("filan --p")).containsExactly("--pid");
        assertThat(bash("procan --j")).containsExactly("--json");
    }

    @Test
    void fishOffersTheSame() throws Exception {
        assumeThat(RunningSocat.isThere("fish")).as("fish is here").isTrue();
        String script =
                "source "
                        + SHARE.resolve("fish/vendor_completions.d/socat.fish")
                        + "; complete -C ";
        assertThat(RunningSocat.run("fish", "-c", script + "'socat TCP-LIST'"))
                .contains("TCP-LISTEN");
        assertThat(RunningSocat.run("fish", "-c", script + "'socat TCP-LISTEN:80,reusea'"))
                .contains("TCP-LISTEN:80,reuseaddr");
        assertThat(RunningSocat.run("fish", "-c", script + "\"socat 'NOP|TCP:h:1,nodel\""))
                .contains("NOP|TCP:h:1,nodelay");
        assertThat(RunningSocat.run("fish", "-c", script + "'jsocat comp'")).contains("completion");
    }

    @Test
    void zshReadsItsScript() throws Exception {
        assumeThat(RunningSocat.isThere("zsh")).as("zsh is here").isTrue();
        String script = "autoload -Uz compinit; compinit -u -d " + folder.resolve("dump") + "; . ";
        String file = SHARE.resolve("zsh/vendor-completions/_socat").toString();
        assertThat(
                        RunningSocat.run(
                                "zsh",
                                "-f",
                                "-c",
                                script
                                        + file
                                        + "; _jsocat_options TCP-LISTEN; print $_comps[socat]"))
                .contains(" reuseaddr ", "so-reuseaddr", "_jsocat");
    }
}
