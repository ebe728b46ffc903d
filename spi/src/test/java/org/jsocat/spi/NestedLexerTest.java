package org.jsocat.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

import org.jsocat.spi.NestedLexer.Syntax;
import org.jsocat.spi.NestedLexer.Token;
import org.junit.jupiter.api.Test;

class NestedLexerTest {

    private static final Syntax COMMA = Syntax.quoted(",");

    private static String value(String text) {
        return NestedLexer.read(text, 0, COMMA).value();
    }

    @Test
    void stopsBeforeTheEnd() {
        assertThat(NestedLexer.read("ab,cd", 0, COMMA)).isEqualTo(new Token("ab", 0, 2, -1));
        assertThat(NestedLexer.read("ab,cd", 3, COMMA)).isEqualTo(new Token("cd", 3, 5, -1));
        assertThat(NestedLexer.read("ab,cd", 3, 4, COMMA)).isEqualTo(new Token("c", 3, 4, -1));
        assertThat(NestedLexer.read("a!b!!c", 0, Syntax.quoted("!!")).end()).isEqualTo(3);
        assertThat(NestedLexer.read("a!!", 0, 2, Syntax.quoted("!!")).end()).isEqualTo(2);
        assertThat(NestedLexer.read("", 0, COMMA)).isEqualTo(new Token("", 0, 0, -1));
    }

    @Test
    void dropsOuterQuotesOnly() {
        assertThat(value("'a,b'c,d")).isEqualTo("a,bc");
        assertThat(value("\"a,b\"c,d")).isEqualTo("a,bc");
        assertThat(value("\"a 'b' c\"")).isEqualTo("a 'b' c");
        assertThat(value("'a \"b c'")).isEqualTo("a \"b c");
        assertThat(value("('a' \"b\")")).isEqualTo("('a' \"b\")");
    }

    @Test
    void keepsBracketsTogether() {
        assertThat(value("(a,[b,{c,)}]),d")).isEqualTo("(a,[b,{c,)}])");
        assertThat(value("(a,[b,{c,}]),d")).isEqualTo("(a,[b,{c,}])");
        assertThat(value("a)b]c},d")).isEqualTo("a)b]c}");
        assertThat(value("'(',d")).isEqualTo("(");
    }

    @Test
    void resolvesBackslashesAtEveryDepth() {
        assertThat(value("\\,\\'\\(")).isEqualTo(",'(");
        assertThat(value("'\\''")).isEqualTo("'");
        assertThat(value("(\\))")).isEqualTo("())");
        assertThat(value("\"\\n\"")).isEqualTo("\n");
        assertThat(
                        NestedLexer.read(
                                        "a\\nb",
                                        0,
                                        new Syntax(java.util.List.of(), "", "", "", false))
                                .value())
                .isEqualTo("anb");
    }

    @Test
    void tellsWhatIsNotClosed() {
        assertThat(NestedLexer.read("ab'c", 0, COMMA).unclosed()).isEqualTo(2);
        assertThat(NestedLexer.read("ab\\", 0, COMMA).unclosed()).isEqualTo(2);
        assertThat(NestedLexer.read("\"a ( b\"", 0, COMMA).unclosed()).isEqualTo(3);
        assertThat(NestedLexer.read("\"it's\"", 0, COMMA).unclosed()).isEqualTo(3);
        assertThat(NestedLexer.read("((a)", 0, COMMA).unclosed()).isZero();
    }

    @Test
    void bracketedTextHasNoQuotes() {
        Token host = NestedLexer.read("[::1]:80", 0, Syntax.bracketed(":"));

        assertThat(host.value()).isEqualTo("[::1]");
        assertThat(host.end()).isEqualTo(5);
        assertThat(NestedLexer.read("it's:80", 0, Syntax.bracketed(":")).value()).isEqualTo("it's");
    }

    @Test
    void refusesPlacesOutsideTheText() {
        assertThatThrownBy(() -> NestedLexer.read("a", 2, COMMA))
                .isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> NestedLexer.read("a", 0, 2, COMMA))
                .isInstanceOf(IndexOutOfBoundsException.class);
    }

    @Property
    void alwaysEndsInsideTheText(@ForAll String text) {
        Token token = NestedLexer.read(text, 0, COMMA);

        assertThat(token.end()).isBetween(0, text.length());
        assertThat(token.value().length()).isLessThanOrEqualTo(token.end());
        assertThat(token.unclosed()).isLessThan(Math.max(1, text.length()));
    }
}
