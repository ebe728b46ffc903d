package org.jsocat.core.parse;

import org.jsocat.spi.NestedLexer;
import org.jsocat.spi.NestedLexer.Syntax;
import org.jsocat.spi.NestedLexer.Token;

import java.util.List;

/**
 * Writes a specification as text that parses to an equal one.
 *
 * <p>Shorthands are written out. A value is written as it is where that reads back the same, and
 * with backslashes where it does not; operators in values are always protected, so that nobody has
 * to know the rule that tells them from data.
 */
public final class Printer {

    private static final Syntax PARAMETER = Syntax.quoted(AddressReader.DUAL, ",", ":", "|", "%");
    private static final Syntax OPTION_NAME = Syntax.quoted(AddressReader.DUAL, ",", "=", "|", "%");
    private static final Syntax OPTION_VALUE = Syntax.quoted(AddressReader.DUAL, ",", "|", "%");

    private static final String SPECIAL = "\\\"'()[]{},:=!|%^ \t\n\u000b\f\r";

    private final StringBuilder out = new StringBuilder();

    private Printer() {}

    /** The text of a whole specification. */
    public static String print(Specification specification) {
        Printer printer = new Printer();
        List<Element> elements = specification.elements();
        // Without the blank, an address that socat 1 accepts would swallow the rest of the chain.
        if (isChain(specification) && needsBlank(elements.getFirst())) {
            printer.out.append(' ');
        }
        for (int i = 0; i < elements.size(); i++) {
            if (i > 0) {
                printer.out.append(" | ");
            }
            printer.element(elements.get(i));
        }
        return printer.out.toString();
    }

    /** The text of one address. */
    public static String print(Address address) {
        Printer printer = new Printer();
        printer.address(address);
        return printer.out.toString();
    }

    private static boolean isChain(Specification specification) {
        return specification.elements().size() > 1
                || switch (specification.endpoint()) {
                    case Element.Single single -> single.reversed();
                    case Element.Dual dual ->
                            dual.notation() == Element.Notation.RIGHT_LEFT
                                    || dual.first().reversed()
                                    || dual.second().reversed();
                };
    }

    private static boolean needsBlank(Element element) {
        Element.Single first =
                switch (element) {
                    case Element.Single single -> single;
                    case Element.Dual dual -> dual.first();
                };
        return !first.reversed()
                && !(first.address().parameters().isEmpty() && first.address().options().isEmpty());
    }

    private void element(Element element) {
        switch (element) {
            case Element.Single single -> single(single);
            case Element.Dual dual -> {
                single(dual.first());
                out.append(dual.notation().operator());
                single(dual.second());
            }
        }
    }

    private void single(Element.Single single) {
        if (single.reversed()) {
            out.append('^');
        }
        address(single.address());
    }

    private void address(Address address) {
        text(address.keyword(), PARAMETER);
        for (Text parameter : address.parameters()) {
            out.append(':');
            text(parameter.value(), PARAMETER);
        }
        for (AddressOption option : address.options()) {
            out.append(',');
            text(option.name().value(), OPTION_NAME);
            if (option.value().isPresent()) {
                out.append('=');
                text(option.value().get().value(), OPTION_VALUE);
            }
        }
    }

    private void text(String value, Syntax syntax) {
        if (readsAsItself(value, syntax)) {
            out.append(value);
            return;
        }
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c == '\0') {
                out.append("\\0");
            } else {
                if (SPECIAL.indexOf(c) >= 0) {
                    out.append('\\');
                }
                out.append(c);
            }
        }
    }

    private static boolean readsAsItself(String value, Syntax syntax) {
        if (value.isEmpty()) {
            return true;
        }
        char first = value.charAt(0);
        char last = value.charAt(value.length() - 1);
        if (first == '^'
                || ChainReader.isBlank(first)
                || ChainReader.isBlank(last)
                || last == '!'
                || value.indexOf('\0') >= 0) {
            return false;
        }
        Token token = NestedLexer.read(value, 0, syntax);
        return token.closed() && token.end() == value.length() && token.value().equals(value);
    }
}
