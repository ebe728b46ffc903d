package org.jsocat.spi;

import java.util.Arrays;
import java.util.List;

/**
 * Cuts one token out of a text that may hold quotes, backslash escapes and nested brackets, by the
 * rules of the reference's lexer.
 *
 * <p>Addresses, options, program command lines and some option values ({@code bind=[::1]:80}) are
 * all written in this form and differ only in what ends a token; {@link Syntax} says which form is
 * meant. The rules, where the syntax has them:
 *
 * <ul>
 *   <li>Outside quotes and brackets the first of the ends finishes the token. The end itself is not
 *       taken.
 *   <li>A hard quote keeps everything up to its counterpart together; only backslash escapes work
 *       in it.
 *   <li>A soft quote does the same, but quotes and brackets in it must be balanced.
 *   <li>An opening bracket keeps everything up to its counterpart together, and nests.
 *   <li>The outermost quotes are dropped; quotes within quotes or brackets, and all brackets, stay
 *       in the value.
 *   <li>A backslash makes the next character literal everywhere. With {@link
 *       Syntax#characterEscapes()} {@code \0 \a \b \f \n \r \t \v} mean what they mean in C.
 * </ul>
 *
 * <p>Where the text ends inside a quote or a bracket, or after a lone backslash, the token is not
 * {@linkplain Token#closed() closed}. (The reference reads on behind the end of its argument in
 * some of these cases; nothing sensible can be kept of that.)
 *
 * <p>Pure functions; any thread. Time is linear in the text, and nesting costs heap, not stack.
 */
public final class NestedLexer {

    /**
     * Which characters have a meaning.
     *
     * @param ends the strings that end a token, in the order in which they are tried; none means
     *     that only the end of the text does
     * @param hardQuotes characters that quote everything
     * @param softQuotes characters that quote but let quotes and brackets inside be balanced
     * @param brackets pairs of characters, opening before closing
     * @param characterEscapes whether {@code \n} and the like stand for control characters
     */
    public record Syntax(
            List<String> ends,
            String hardQuotes,
            String softQuotes,
            String brackets,
            boolean characterEscapes) {

        public Syntax {
            ends = List.copyOf(ends);
            if (brackets.length() % 2 != 0) {
                throw new IllegalArgumentException("brackets come in pairs: " + brackets);
            }
        }

        /** The quotes, brackets and escapes of addresses and command lines, with these ends. */
        public static Syntax quoted(String... ends) {
            return new Syntax(List.of(ends), "'", "\"", "()[]{}", true);
        }

        /** Square brackets only, as in {@code [::1]:80}, with these ends. */
        public static Syntax bracketed(String... ends) {
            return new Syntax(List.of(ends), "", "", "[]", false);
        }
    }

    /**
     * A token.
     *
     * @param value the text with outermost quotes and backslashes resolved
     * @param start offset of its first character
     * @param end offset behind its last character, where an end stands or the text is over
     * @param unclosed offset of the quote, bracket or backslash that lacks its counterpart, or -1
     */
    public record Token(String value, int start, int end, int unclosed) {

        /** Whether every quote, bracket and backslash has its counterpart. */
        public boolean closed() {
            return unclosed < 0;
        }
    }

    private final String text;
    private final int limit;
    private final Syntax syntax;
    private final StringBuilder value;

    /** Offsets of the quotes and brackets that are open, outermost first. */
    private int[] open = new int[4];

    private int depth;

    private NestedLexer(String text, int from, int limit, Syntax syntax) {
        this.text = text;
        this.limit = limit;
        this.syntax = syntax;
        this.value = new StringBuilder(Math.min(limit - from, 64));
    }

    /** Reads the token that starts at {@code from}, up to the end of the text. */
    public static Token read(String text, int from, Syntax syntax) {
        return read(text, from, text.length(), syntax);
    }

    /**
     * Reads the token that starts at {@code from}; nothing at or behind {@code limit} is looked at.
     *
     * @throws IndexOutOfBoundsException if the offsets do not lie in the text
     */
    public static Token read(String text, int from, int limit, Syntax syntax) {
        if (from < 0 || from > limit || limit > text.length()) {
            throw new IndexOutOfBoundsException(
                    "from " + from + ", limit " + limit + ", length " + text.length());
        }
        return new NestedLexer(text, from, limit, syntax).read(from);
    }

    private Token read(int from) {
        int at = from;
        while (at < limit && !(depth == 0 && endsAt(at))) {
            char c = text.charAt(at);
            if (depth > 0 && c == counterpart(text.charAt(open[depth - 1]))) {
                depth--;
                keepUnlessOuterQuote(c);
            } else if (c == '\\') {
                if (++at == limit) {
                    return new Token(value.toString(), from, limit, limit - 1);
                }
                value.append(
                        syntax.characterEscapes() ? escaped(text.charAt(at)) : text.charAt(at));
            } else if (opens(c)) {
                keepUnlessOuterQuote(c);
                push(at);
            } else {
                value.append(c);
            }
            at++;
        }
        return new Token(value.toString(), from, at, depth == 0 ? -1 : culprit());
    }

    private boolean endsAt(int at) {
        List<String> ends = syntax.ends();
        for (int i = 0; i < ends.size(); i++) {
            String end = ends.get(i);
            if (end.length() <= limit - at && text.startsWith(end, at)) {
                return true;
            }
        }
        return false;
    }

    private boolean opens(char c) {
        if (depth > 0 && isHardQuote(text.charAt(open[depth - 1]))) {
            return false;
        }
        return isQuote(c) || isOpeningBracket(c);
    }

    private void keepUnlessOuterQuote(char c) {
        if (depth > 0 || !isQuote(c)) {
            value.append(c);
        }
    }

    private char counterpart(char opener) {
        if (isQuote(opener)) {
            return opener;
        }
        return syntax.brackets().charAt(syntax.brackets().indexOf(opener) + 1);
    }

    private boolean isHardQuote(char c) {
        return syntax.hardQuotes().indexOf(c) >= 0;
    }

    private boolean isQuote(char c) {
        return isHardQuote(c) || syntax.softQuotes().indexOf(c) >= 0;
    }

    private boolean isOpeningBracket(char c) {
        String brackets = syntax.brackets();
        for (int i = 0; i < brackets.length(); i += 2) {
            if (brackets.charAt(i) == c) {
                return true;
            }
        }
        return false;
    }

    private void push(int at) {
        if (depth == open.length) {
            open = Arrays.copyOf(open, depth * 2);
        }
        open[depth++] = at;
    }

    /**
     * The opener to blame. In {@code "a ( b"} the last quote was meant to close the first one, so
     * it is the bracket between them; otherwise the innermost.
     */
    private int culprit() {
        int innermost = open[depth - 1];
        boolean closesTheFirst =
                depth > 2
                        && isQuote(text.charAt(innermost))
                        && text.charAt(innermost) == text.charAt(open[0]);
        return closesTheFirst ? open[depth - 2] : innermost;
    }

    private static char escaped(char c) {
        return switch (c) {
            case '0' -> '\0';
            case 'a' -> '\u0007';
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'v' -> '\u000b';
            default -> c;
        };
    }
}
