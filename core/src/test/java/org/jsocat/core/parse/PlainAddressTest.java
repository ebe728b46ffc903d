package org.jsocat.core.parse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.jsocat.core.parse.ParseFixture.address;
import static org.jsocat.core.parse.ParseFixture.messages;
import static org.jsocat.core.parse.ParseFixture.problems;
import static org.jsocat.core.parse.ParseFixture.success;
import static org.jsocat.core.parse.ParseFixture.tree;
import static org.jsocat.core.parse.ParseFixture.values;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.Optional;

/** The syntax of socat 1: keyword, parameters, options, quotes, shorthands, duals. */
class PlainAddressTest {

    @Test
    void keywordParametersAndOptionsWithTheirPlaces() {
        Address address = address("TCP-L:8080,reuseaddr,bind=127.0.0.1,fork");

        assertThat(address.keyword()).isEqualTo("TCP-L");
        assertThat(address.column()).isZero();
        assertThat(values(address)).containsExactly("8080");
        assertThat(address.parameters().getFirst().column()).isEqualTo(6);
        assertThat(address.options())
                .extracting(option -> option.name().value())
                .containsExactly("reuseaddr", "bind", "fork");
        assertThat(address.options()).extracting(AddressOption::column).containsExactly(11, 21, 36);
        assertThat(address.options().get(1).value().orElseThrow().column()).isEqualTo(26);
        assertThat(address.source()).isEqualTo("TCP-L:8080,reuseaddr,bind=127.0.0.1,fork");
    }

    @Test
    void keywordsStayAsTyped() {
        assertThat(address("tCp:h:80").keyword()).isEqualTo("tCp");
        assertThat(address("\"tcp\":h:80").keyword()).isEqualTo("tcp");
    }

    @Test
    void emptyParametersCount() {
        assertThat(values(address("tcp::"))).containsExactly("", "");
    }

    @Test
    void optionWithoutValueDiffersFromEmptyValue() {
        Address address = address("stdio,cert,cafile=,verify=\"\"");

        assertThat(address.options().get(0).value()).isEmpty();
        assertThat(address.options().get(1).value().map(Text::value)).isEqualTo(Optional.of(""));
        assertThat(address.options().get(2).value().map(Text::value)).isEqualTo(Optional.of(""));
    }

    @Test
    void emptyOptionsAreSkipped() {
        assertThat(tree("stdio,,fork,,,pty,,")).containsExactly("stdio{fork}{pty}");
    }

    @Test
    void optionValuesKeepColonsAndEqualSigns() {
        assertThat(tree("stdio,a=b=c:d")).containsExactly("stdio{a=b=c:d}");
        assertThat(tree("stdio,a:b=c")).containsExactly("stdio{a:b=c}");
    }

    @Test
    void outerQuotesAreDroppedAndInnerOnesStay() {
        assertThat(values(address("EXEC:sh -c \"x|y\""))).containsExactly("sh -c x|y");
        assertThat(values(address("EXEC:\"sh -c 'a b'\""))).containsExactly("sh -c 'a b'");
        assertThat(values(address("EXEC:'a:b,c!!d'"))).containsExactly("a:b,c!!d");
        assertThat(values(address("EXEC:a\"b\"'c'd"))).containsExactly("abcd");
    }

    @Test
    void parametersTellHowTheyWereWritten() {
        Text quoted = address("EXEC:'a:b'").parameters().getFirst();

        assertThat(quoted.raw()).isEqualTo("'a:b'");
        assertThat(quoted.quoted()).isTrue();
        assertThat(address("EXEC:ab").parameters().getFirst().quoted()).isFalse();
        assertThat(address("EXEC:\"\"").parameters().getFirst().quoted()).isTrue();
    }

    @Test
    void bracketsProtectAndStay() {
        assertThat(values(address("TCP6:[::1]:80"))).containsExactly("[::1]", "80");
        assertThat(values(address("SYSTEM:{ a, b; (c:d) }"))).containsExactly("{ a, b; (c:d) }");
        assertThat(tree("stdio,bind=[::1]:80,fork")).containsExactly("stdio{bind=[::1]:80}{fork}");
    }

    @Test
    void backslashesProtectAndStandForControlCharacters() {
        assertThat(values(address("EXEC:socat - exec\\:cat\\,pipes")))
                .containsExactly("socat - exec:cat,pipes");
        assertThat(values(address("text:\\0\\a\\b\\f\\n\\r\\t\\v\\x\\\\")))
                .containsExactly("\0\u0007\b\f\n\r\t\u000bx\\");
        assertThat(values(address("text:'\\n\\''"))).containsExactly("\n'");
        assertThat(tree("stdio,a\\=b=c\\,d")).containsExactly("stdio{a=b=c,d}");
    }

    @Test
    void anyCharacterMayBePartOfAValue() {
        StringBuilder all = new StringBuilder();
        for (char c = 1; c < 256; c++) {
            all.append('\\').append(c);
        }
        assertThat(values(address("text:" + all)).getFirst()).hasSize(255);
        assertThat(values(address("text:\udcff\u20ac"))).containsExactly("\udcff\u20ac");
    }

    @Test
    void longTextsAreNoProblem() {
        String host = "A".repeat(100_000);
        assertThat(values(address("TCP:" + host + ":80"))).containsExactly(host, "80");
        assertThat(messages(host)).containsExactly("unknown device/address \"" + host + "\"");
        String deep = "(".repeat(100_000) + ")".repeat(100_000);
        assertThat(values(address("text:" + deep))).containsExactly(deep);
    }

    @Test
    void dashIsStdio() {
        Address address = address("-,fork");

        assertThat(address.keyword()).isEqualTo("STDIO");
        assertThat(address.shorthand()).isEqualTo(Shorthand.STDIO);
        assertThat(address.shorthand().reading()).isEmpty();
        assertThat(tree("-")).containsExactly("STDIO");
        assertThat(tree("-:")).containsExactly("STDIO<>");
    }

    @Test
    void numbersAreDescriptors() {
        Address address = address("3,fork");

        assertThat(address.shorthand()).isEqualTo(Shorthand.FILE_DESCRIPTOR);
        assertThat(address.shorthand().reading()).isEqualTo("file descriptor");
        assertThat(tree("3,fork")).containsExactly("FD<3>{fork}");
        assertThat(tree("12")).containsExactly("FD<12>");
        assertThat(messages("1x")).containsExactly("unknown device/address \"1x\"");
    }

    @Test
    void aSlashMakesAFileName() {
        Address address = address("./a b,creat");

        assertThat(address.shorthand()).isEqualTo(Shorthand.FILE_NAME);
        assertThat(address.shorthand().reading()).isEqualTo("file name");
        assertThat(tree("./a b,creat")).containsExactly("GOPEN<./a b>{creat}");
        assertThat(tree("/dev/null")).containsExactly("GOPEN</dev/null>");
        assertThat(tree("/a:b")).containsExactly("GOPEN</a><b>");
    }

    @Test
    void aKeywordWinsOverItsLookAsShorthand() {
        Vocabulary odd =
                new Vocabulary() {
                    @Override
                    public boolean isKeyword(String name) {
                        return name.equals("a/b") || name.equals("7");
                    }

                    @Override
                    public boolean accepts(Address address) {
                        return true;
                    }

                    @Override
                    public Iterable<String> keywords() {
                        return java.util.List.of("a/b", "7");
                    }
                };
        AddressParser parser = new AddressParser(odd);

        assertThat(parser.parse("a/b")).isInstanceOf(Parsed.Success.class);
        assertThat(parser.parse("7")).isInstanceOf(Parsed.Success.class);
        // GOPEN, FD and STDIO are not there, so nothing can be short for them.
        assertThat(parser.parse("/x")).isInstanceOf(Parsed.Failure.class);
        assertThat(parser.parse("8")).isInstanceOf(Parsed.Failure.class);
        assertThat(parser.parse("-")).isInstanceOf(Parsed.Failure.class);
    }

    @Test
    void dualsReadLeftAndWriteRight() {
        assertThat(tree("stdin!!/tmp/x,creat"))
                .containsExactly("right(GOPEN</tmp/x>{creat}) left(stdin)");
        assertThat(tree("-!!pipe")).containsExactly("right(pipe) left(STDIO)");
        assertThat(tree("stdio,bind=x!!tcp:h:80"))
                .containsExactly("right(tcp<h><80>) left(stdio{bind=x})");
        assertThat(tree("text:a!b")).containsExactly("text<a!b>");
        assertThat(((Element.Dual) success("0!!1").specification().endpoint()).second().column())
                .isEqualTo(3);
    }

    @Test
    void theReferencesNestedExample() {
        assertThat(values(address("exec:\"socat - exec\\:cat\",pipes")))
                .containsExactly("socat - exec:cat");
    }

    @Test
    void unknownKeywords() {
        assertThat(messages("foo:bar")).containsExactly("unknown device/address \"foo\"");
        assertThat(messages("")).containsExactly("unknown device/address \"\"");
        assertThat(messages("STDIO=foo")).containsExactly("unknown device/address \"STDIO=foo\"");
        assertThat(messages(" tcp:h:80")).containsExactly("unknown device/address \" tcp\"");
        assertThat(messages("foo!!bar")).hasSize(2);
        assertThat(problems("foo!!bar").get(1).column()).isEqualTo(5);
    }

    @Test
    void nearMissesAreSuggested() {
        Problem problem = problems("sdtio").getFirst();

        assertThat(problem.expected()).isEqualTo("did you mean \"stdio\"?");
        assertThat(problem.line())
                .isEqualTo("unknown device/address \"sdtio\" (column 1); did you mean \"stdio\"?");
        assertThat(problems("xyzzy-plugh").getFirst().expected())
                .startsWith("an address begins with a keyword");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "EXEC:echo \"a b",
                "EXEC:echo 'a b",
                "text:(a",
                "text:[",
                "text:{",
                "text:a\\",
                "\"tcp",
                "EXEC:\"it's\"",
                "SYSTEM:a | \"b"
            })
    void unbalancedTextEndsTheAddress(String argument) {
        assertThat(messages(argument))
                .containsExactly("unexpected end of address \"" + argument + "\"");
    }

    @Test
    void unbalancedTextInOptionsIsASyntaxError() {
        assertThat(messages("stdio,\"reuse")).containsExactly("syntax error in \"\"reuse\"");
        assertThat(messages("stdio,bind='x,fork")).containsExactly("syntax error in \"'x,fork\"");
        assertThat(problems("stdio,bind=(x").getFirst())
                .isEqualTo(
                        new Problem(
                                11,
                                "syntax error in \"(x\"",
                                "a ) is missing, or a backslash before the ("));
    }

    @Test
    void theQuoteToBlameIsNamed() {
        assertThat(problems("EXEC:\"a ( b\"").getFirst().column()).isEqualTo(8);
        assertThat(problems("EXEC:\"it's\"").getFirst().column()).isEqualTo(8);
        assertThat(problems("EXEC:a\\").getFirst().expected())
                .isEqualTo("a backslash needs a character behind it");
    }

    @Test
    void whatTheReferenceIgnoresIsIgnoredWithAWarning() {
        assertThat(tree("stdio,=foo,bar")).containsExactly("stdio");
        assertThat(success("stdio,=foo,bar").warnings())
                .extracting(Problem::message)
                .containsExactly("ignoring \"=foo,bar\"");
        assertThat(tree("-!!pipe!!foo")).containsExactly("right(pipe) left(STDIO)");
        assertThat(success("-!!pipe!!foo").warnings()).hasSize(1);
        assertThat(success("stdio,").warnings()).isEmpty();
    }
}
