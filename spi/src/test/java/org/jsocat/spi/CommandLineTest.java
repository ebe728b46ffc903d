package org.jsocat.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

import java.util.List;

class CommandLineTest {

    private static List<String> words(String text) {
        return CommandLine.split(text).words();
    }

    @Test
    void blanksSeparate() {
        assertThat(words("/bin/echo a  b")).containsExactly("/bin/echo", "a", "b");
        assertThat(words("\t\n echo a")).containsExactly("echo", "a");
        assertThat(words("echo a\tb")).containsExactly("echo", "a\tb");
        assertThat(CommandLine.split("/bin/echo a").program()).isEqualTo("/bin/echo");
    }

    @Test
    void quotesBracketsAndBackslashesKeepTogether() {
        assertThat(words("sh -c \"a b\" 'c d' (e f) g\\ h"))
                .containsExactly("sh", "-c", "a b", "c d", "(e f)", "g h");
        assertThat(words("printf \\n")).containsExactly("printf", "\n");
        assertThat(words("a \"\" b")).containsExactly("a", "", "b");
    }

    @Test
    void aTrailingBlankGivesAnEmptyWordAsInTheReference() {
        assertThat(words("cat ")).containsExactly("cat", "");
        assertThat(words("")).containsExactly("");
        assertThat(words("   ")).containsExactly("");
    }

    @Test
    void unbalancedTextIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CommandLine.split("echo \"a"))
                .withMessage(
                        "unexpected end of command line \"echo \"a\": nothing follows or closes the"
                                + " \" at column 6");
    }
}
