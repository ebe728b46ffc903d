package org.jsocat.spi;

import java.util.ArrayList;
import java.util.List;

/**
 * A program's command line, split into words without a shell, as the reference's EXEC does it.
 *
 * <p>Only the blank (0x20) separates words, a run of them once; white space before the first word
 * is skipped. Quotes, brackets and escapes are those of {@link NestedLexer}: {@code sh -c "a b"}
 * has three words, and a blank inside brackets does not separate. Two quirks that programs can see
 * are kept: a trailing blank gives one more, empty word, and the first word stays as typed (a
 * folder in it is not cut off for {@code argv[0]}).
 *
 * @param words the words, at least one; the first names the program
 */
public record CommandLine(List<String> words) {

    private static final NestedLexer.Syntax WORD = NestedLexer.Syntax.quoted(" ");

    public CommandLine {
        words = List.copyOf(words);
        if (words.isEmpty()) {
            throw new IllegalArgumentException("a command line has at least one word");
        }
    }

    /** The program: a path, or a name that is looked for in PATH. */
    public String program() {
        return words.getFirst();
    }

    /**
     * Splits a command line.
     *
     * @throws IllegalArgumentException if a quote, a bracket or a final backslash lacks its
     *     counterpart; the message says which and where
     */
    public static CommandLine split(String text) {
        int at = 0;
        while (at < text.length() && isSpace(text.charAt(at))) {
            at++;
        }
        List<String> words = new ArrayList<>();
        at = word(text, at, words);
        while (at < text.length()) {
            while (at < text.length() && text.charAt(at) == ' ') {
                at++;
            }
            at = word(text, at, words);
        }
        return new CommandLine(words);
    }

    private static int word(String text, int at, List<String> words) {
        NestedLexer.Token token = NestedLexer.read(text, at, WORD);
        if (!token.closed()) {
            throw new IllegalArgumentException(
                    "unexpected end of command line \""
                            + text
                            + "\": nothing follows or closes the "
                            + text.charAt(token.unclosed())
                            + " at column "
                            + (token.unclosed() + 1));
        }
        words.add(token.value());
        return token.end();
    }

    /** What isspace(3) takes for white space in the C locale. */
    private static boolean isSpace(char c) {
        return c == ' ' || (c >= '\t' && c <= '\r');
    }
}
