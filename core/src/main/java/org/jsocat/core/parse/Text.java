package org.jsocat.core.parse;

import org.jsocat.spi.NestedLexer;

/**
 * A piece of a command line argument: a parameter, an option's name or an option's value.
 *
 * <p>Two texts are equal when their values are; how and where they were written does not matter.
 *
 * @param value what it means: quotes, brackets and escapes resolved. It may hold any character;
 *     {@code \0} gives NUL, at which the reference's own strings end
 * @param raw what was written, as it stands in the argument
 * @param column offset of {@code raw} in the argument, from 0
 */
public record Text(String value, String raw, int column) {

    private static final NestedLexer.Syntax UNTIL_OPERATOR = NestedLexer.Syntax.quoted("|", "%");

    /**
     * A text that was not taken from a command line, such as the parameter of a shorthand written
     * out.
     */
    public static Text of(String value) {
        return new Text(value, value, 0);
    }

    /**
     * Whether quotes or backslashes took part, that is, whether what was written differs from what
     * it means.
     */
    public boolean quoted() {
        return !raw.equals(value);
    }

    /**
     * Whether a {@code |} or {@code %} was written without protection, so that it could be meant as
     * an operator. No host, port or number holds one; in a file name or a command it is data.
     */
    public boolean hasBareOperator() {
        if (raw.indexOf('|') < 0 && raw.indexOf('%') < 0) {
            return false;
        }
        return NestedLexer.read(raw, 0, UNTIL_OPERATOR).end() < raw.length();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Text text && value.equals(text.value);
    }

    @Override
    public int hashCode() {
        return value.hashCode();
    }
}
