package org.jsocat.core.parse;

import org.jsocat.spi.NestedLexer;
import org.jsocat.spi.NestedLexer.Syntax;
import org.jsocat.spi.NestedLexer.Token;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads an argument as a chain: every operator that nothing protects is one. */
final class ChainReader {

    private static final Syntax OPERATORS = Syntax.quoted("|", "%", AddressReader.DUAL);
    private static final Syntax KEYWORD = Syntax.quoted("|", "%", AddressReader.DUAL, ":", ",");

    private final Vocabulary vocabulary;
    private final String text;
    private final AddressReader addresses;
    private final List<Problem> problems = new ArrayList<>(2);
    private final List<Element> elements = new ArrayList<>(4);

    /**
     * The addresses of the element at hand that are complete, and the operator that follows the
     * first one.
     */
    private final List<Element.Single> parts = new ArrayList<>(2);

    private int partCount;
    private Element.Notation notation = Element.Notation.RIGHT_LEFT;
    private boolean operatorFound;

    ChainReader(Vocabulary vocabulary, String text) {
        this.vocabulary = vocabulary;
        this.text = text;
        this.addresses = new AddressReader(vocabulary, text, problems);
    }

    /** Whether the text held an operator of socat 2 at all; known after {@link #read()}. */
    boolean operatorFound() {
        return operatorFound;
    }

    Parsed read() {
        int part = 0;
        int at = 0;
        while (true) {
            Token token = NestedLexer.read(text, at, OPERATORS);
            if (!token.closed()) {
                // Read as socat 1 does, the text has the same fault, told in the reference's words.
                operatorFound = false;
                problems.add(
                        AddressReader.unclosed(
                                text,
                                token,
                                "unexpected end of address \"" + text.substring(part) + "\""));
                return new Parsed.Failure(problems);
            }
            at = token.end();
            if (at == text.length()) {
                endPart(part, at);
                endElement(at);
                return problems.isEmpty()
                        ? new Parsed.Success(
                                new Specification(elements, text), List.of(), List.of())
                        : new Parsed.Failure(problems);
            }
            char operator = text.charAt(at);
            if (operator == '%' && !separates(part, at)) {
                at++;
                continue;
            }
            endPart(part, at);
            switch (operator) {
                case '|' -> {
                    operatorFound = true;
                    endElement(at);
                }
                case '%' -> {
                    operatorFound = true;
                    join(Element.Notation.RIGHT_LEFT, at);
                }
                default -> join(Element.Notation.READ_WRITE, at);
            }
            at += operator == '!' ? 2 : 1;
            part = at;
        }
    }

    /**
     * Whether the % at this place joins two addresses. Behind a bare keyword it does. In a file
     * name, a parameter or an option it may well be data ({@code proxy-connect:%h:443} before ssh
     * replaces it, {@code file:100%}), so there an address must follow: a keyword that is known, a
     * number alone, or {@code -}.
     */
    private boolean separates(int part, int percent) {
        Token keyword = NestedLexer.read(text, skipCaret(part), KEYWORD);
        if (keyword.end() == percent && keyword.value().indexOf('/') < 0) {
            return true;
        }
        Token next = NestedLexer.read(text, skipCaret(percent + 1), KEYWORD);
        String value = text.substring(next.start(), withoutBlanks(next.start(), next.end()));
        boolean more = next.end() < text.length() && text.charAt(next.end()) == ':';
        return next.closed()
                && (value.equals("-")
                        || vocabulary.isKeyword(value)
                        || (AddressReader.isNumber(value) && !more));
    }

    private void endPart(int from, int end) {
        partCount++;
        int start = skipBlanks(from, end);
        boolean reversed = start < end && text.charAt(start) == '^';
        if (reversed) {
            operatorFound = true;
            start = skipBlanks(start + 1, end);
        }
        int stop = withoutBlanks(start, end);
        if (start == stop) {
            problems.add(
                    new Problem(
                            Math.min(from, text.length()),
                            "missing address" + neighbour(from, end),
                            "an address stands on both sides of \"|\", \"%\" and \"!!\" and behind"
                                    + " \"^\""));
            return;
        }
        Optional<Address> address = addresses.read(start, stop);
        if (address.isEmpty()) {
            return;
        }
        if (addresses.position() < stop) {
            problems.add(
                    new Problem(
                            addresses.position(),
                            "syntax error in \""
                                    + text.substring(addresses.position(), stop)
                                    + "\"",
                            "an option's name or \",\""));
            return;
        }
        parts.add(new Element.Single(reversed, address.get()));
    }

    private String neighbour(int from, int end) {
        if (end < text.length()) {
            return " before \""
                    + (text.charAt(end) == '!' ? AddressReader.DUAL : text.substring(end, end + 1))
                    + "\"";
        }
        return from > 0 ? " at the end" : "";
    }

    private void join(Element.Notation operator, int at) {
        if (partCount == 1) {
            notation = operator;
        } else if (partCount == 2) {
            problems.add(
                    new Problem(
                            at,
                            "unexpected \"" + operator.operator() + "\"",
                            "\"%\" and \"!!\" join two addresses, not more"));
        }
    }

    private void endElement(int end) {
        if (partCount > 1 && notation == Element.Notation.READ_WRITE && end < text.length()) {
            problems.add(
                    new Problem(
                            end,
                            "unexpected \"|\"",
                            "\"!!\" joins the two halves of an endpoint; the halves of a stage are"
                                    + " joined by \"%\""));
        }
        if (parts.size() == 1) {
            elements.add(parts.getFirst());
        } else if (parts.size() == 2) {
            elements.add(Element.Dual.written(parts.getFirst(), parts.getLast(), notation));
        }
        parts.clear();
        partCount = 0;
    }

    private int skipCaret(int from) {
        int at = skipBlanks(from, text.length());
        return at < text.length() && text.charAt(at) == '^'
                ? skipBlanks(at + 1, text.length())
                : at;
    }

    private int skipBlanks(int from, int end) {
        int at = from;
        while (at < end && isBlank(text.charAt(at))) {
            at++;
        }
        return at;
    }

    /** The end without the blanks before it; one that a backslash protects stays. */
    private int withoutBlanks(int start, int end) {
        int at = end;
        while (at > start && isBlank(text.charAt(at - 1)) && !isEscaped(start, at - 1)) {
            at--;
        }
        return at;
    }

    private boolean isEscaped(int start, int at) {
        int backslashes = 0;
        while (at - backslashes > start && text.charAt(at - backslashes - 1) == '\\') {
            backslashes++;
        }
        return backslashes % 2 == 1;
    }

    static boolean isBlank(char c) {
        return c == ' ' || (c >= '\t' && c <= '\r');
    }
}
