package org.jsocat.plugin.readline;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;

class PromptTest {
    private final Prompt prompt = new Prompt();

    private void see(String text) {
        byte[] bytes = ("<" + text).getBytes(StandardCharsets.UTF_8);
        prompt.see(bytes, 1, bytes.length - 1);
    }

    private String text() {
        return new String(prompt.bytes(), StandardCharsets.UTF_8);
    }

    @Test
    void isTheLastUnfinishedLine() {
        see("banner\nlogin: ");
        assertThat(text()).isEqualTo("login: ");
        see("more\rPass");
        see("word: ");
        assertThat(text()).isEqualTo("Password: ");
        see("done\n");
        assertThat(text()).isEmpty();
    }

    @Test
    void isEmptyOnceTaken() {
        see("> ");
        assertThat(prompt.take()).hasSize(2);
        assertThat(text()).isEmpty();
    }

    @Test
    void keepsTheEndOfALongLine() {
        see("\rA" + "B".repeat(Prompt.MOST));
        assertThat(text()).isEqualTo("B".repeat(Prompt.MOST));
        see("C".repeat(3 * Prompt.MOST));
        assertThat(text()).isEqualTo("C".repeat(Prompt.MOST));
    }

    @Test
    void isShownWithoutWhatItAsksOfTheTerminal() {
        see("\033[?2004h\033]0;title\007\033[1;32muser\033[0m\033[K$ ");
        assertThat(new String(prompt.take(), StandardCharsets.US_ASCII))
                .isEqualTo("\033[1;32muser\033[0m$ ");
    }
}
