package org.jsocat.core.parse;

import org.jsocat.spi.NestedLexer;
import org.jsocat.spi.NestedLexer.Syntax;
import org.jsocat.spi.NestedLexer.Token;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads single addresses, one after another, from a part of an argument; collects what is wrong
 * with them.
 */
final class AddressReader {

    static final String DUAL = "!!";

    private static final Syntax PARAMETER = Syntax.quoted(DUAL, ",", ":");
    private static final Syntax OPTION_NAME = Syntax.quoted(DUAL, ",", "=");
    private static final Syntax OPTION_VALUE = Syntax.quoted(DUAL, ",");

    private final Vocabulary vocabulary;
    private final String text;
    private final List<Problem> problems;
    private int position;
    private int limit;

    AddressReader(Vocabulary vocabulary, String text, List<Problem> problems) {
        this.vocabulary = vocabulary;
        this.text = text;
        this.problems = problems;
    }

    /**
     * Where reading stopped: at the limit, or at the first character that no longer belongs to the
     * address.
     */
    int position() {
        return position;
    }

    /**
     * Reads the address that starts at {@code from}; nothing at or behind {@code end} is looked at.
     *
     * @return the address, empty if there is none to be had; then at least one problem was added
     */
    Optional<Address> read(int from, int end) {
        position = from;
        limit = end;
        Token keyword = NestedLexer.read(text, from, end, PARAMETER);
        if (!keyword.closed()) {
            return unexpectedEnd(keyword, from);
        }
        position = keyword.end();
        Shorthand shorthand = shorthand(keyword.value());
        boolean known = shorthand != Shorthand.NONE || vocabulary.isKeyword(keyword.value());
        if (!known) {
            problems.add(unknown(keyword));
        }
        List<Text> parameters = new ArrayList<>(4);
        if (shorthand == Shorthand.FILE_DESCRIPTOR || shorthand == Shorthand.FILE_NAME) {
            parameters.add(text(keyword));
        }
        while (at(':')) {
            Token parameter = NestedLexer.read(text, position + 1, limit, PARAMETER);
            if (!parameter.closed()) {
                return unexpectedEnd(parameter, from);
            }
            parameters.add(text(parameter));
            position = parameter.end();
        }
        List<AddressOption> options = new ArrayList<>(4);
        if (!options(options) || !known) {
            return Optional.empty();
        }
        String name = shorthand == Shorthand.NONE ? keyword.value() : shorthand.keyword();
        return Optional.of(
                new Address(
                        name,
                        parameters,
                        options,
                        shorthand,
                        text.substring(from, position),
                        from));
    }

    /**
     * The options, until there is none where one could be; what follows then is the caller's
     * affair, as in the reference.
     */
    private boolean options(List<AddressOption> options) {
        while (position < limit) {
            while (at(',')) {
                position++;
            }
            Token name = NestedLexer.read(text, position, limit, OPTION_NAME);
            if (!name.closed()) {
                return syntaxError(name);
            }
            position = name.end();
            if (name.value().isEmpty()) {
                return true;
            }
            Optional<Text> assigned = Optional.empty();
            if (at('=')) {
                Token value = NestedLexer.read(text, position + 1, limit, OPTION_VALUE);
                if (!value.closed()) {
                    return syntaxError(value);
                }
                position = value.end();
                assigned = Optional.of(text(value));
            }
            options.add(new AddressOption(text(name), assigned));
        }
        return true;
    }

    /**
     * A keyword wins over the shorthand that it looks like; a shorthand for a type that is not
     * there is none.
     */
    private Shorthand shorthand(String keyword) {
        if (keyword.equals("-")) {
            return expansion(Shorthand.STDIO);
        }
        if (vocabulary.isKeyword(keyword)) {
            return Shorthand.NONE;
        }
        if (isNumber(keyword)) {
            return expansion(Shorthand.FILE_DESCRIPTOR);
        }
        return keyword.indexOf('/') >= 0 ? expansion(Shorthand.FILE_NAME) : Shorthand.NONE;
    }

    private Shorthand expansion(Shorthand shorthand) {
        return vocabulary.isKeyword(shorthand.keyword()) ? shorthand : Shorthand.NONE;
    }

    static boolean isNumber(String value) {
        for (int i = 0; i < value.length(); i++) {
            if (value.charAt(i) < '0' || value.charAt(i) > '9') {
                return false;
            }
        }
        return !value.isEmpty();
    }

    private boolean at(char c) {
        return position < limit && text.charAt(position) == c;
    }

    private Text text(Token token) {
        return new Text(token.value(), text.substring(token.start(), token.end()), token.start());
    }

    private Problem unknown(Token keyword) {
        String question = Suggestions.question(keyword.value(), vocabulary.keywords());
        String expected =
                question.isEmpty()
                        ? "an address begins with a keyword, a number, \"-\", or a file name with a"
                                + " \"/\""
                        : question;
        return new Problem(
                keyword.start(), "unknown device/address \"" + keyword.value() + "\"", expected);
    }

    private Optional<Address> unexpectedEnd(Token token, int from) {
        unclosed(token, "unexpected end of address \"" + text.substring(from) + "\"");
        return Optional.empty();
    }

    private boolean syntaxError(Token token) {
        unclosed(token, "syntax error in \"" + text.substring(token.start()) + "\"");
        return false;
    }

    private void unclosed(Token token, String message) {
        problems.add(unclosed(text, token, message));
        position = limit;
    }

    static Problem unclosed(String text, Token token, String message) {
        char opener = text.charAt(token.unclosed());
        String expected =
                switch (opener) {
                    case '\\' -> "a backslash needs a character behind it";
                    case '(' -> missing(')', opener);
                    case '[' -> missing(']', opener);
                    case '{' -> missing('}', opener);
                    default -> missing(opener, opener);
                };
        return new Problem(token.unclosed(), message, expected);
    }

    private static String missing(char counterpart, char opener) {
        return "a " + counterpart + " is missing, or a backslash before the " + opener;
    }
}
