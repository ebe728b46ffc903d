package org.jsocat.core.parse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.jsocat.core.parse.ParseFixture.PARSER;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

import java.util.List;
import java.util.Optional;

/** What holds for any text and any tree. */
class ParsePropertyTest {

    private static final List<String> PIECES =
            List.of(
                    "tcp", "nop", "SYSTEM", "gopen", "stdio", "fd", "foo", "-", "1", "/", "a", " ",
                    ":", ",", "=", "!!", "!", "|", "%", "^", "\"", "'", "(", ")", "[", "]", "{",
                    "}", "\\", "\\0", "\\n", "\n", "\t");

    @Property(tries = 5000)
    void anyTextParsesOrFailsCleanly(@ForAll String text) {
        check(text);
    }

    @Property(tries = 50000)
    void anythingLikeAnAddressParsesOrFailsCleanly(@ForAll("almostAddresses") String text) {
        check(text);
    }

    private static void check(String text) {
        switch (PARSER.parse(text)) {
            case Parsed.Success success -> {
                assertThat(success.specification().source()).isEqualTo(text);
                assertPrintsBack(success.specification());
            }
            case Parsed.Failure failure ->
                    assertThat(failure.problems())
                            .isNotEmpty()
                            .allSatisfy(
                                    problem -> {
                                        assertThat(problem.column()).isBetween(0, text.length());
                                        assertThat(problem.message()).isNotEmpty();
                                    });
        }
    }

    @Property(tries = 20000)
    void aPrintedTreeParsesBackToItself(@ForAll("specifications") Specification specification) {
        assertPrintsBack(specification);
    }

    @Property(tries = 2000)
    void columnsPointAtWhatWasWritten(@ForAll("almostAddresses") String text) {
        if (PARSER.parse(text) instanceof Parsed.Success success) {
            for (Element element : success.specification().elements()) {
                List<Element.Single> singles =
                        switch (element) {
                            case Element.Single single -> List.of(single);
                            case Element.Dual dual -> List.of(dual.first(), dual.second());
                        };
                for (Element.Single single : singles) {
                    Address address = single.address();
                    assertThat(text)
                            .startsWith(text.substring(0, address.column()) + address.source());
                    for (Text parameter : address.parameters()) {
                        assertThat(text.startsWith(parameter.raw(), parameter.column())).isTrue();
                    }
                }
            }
        }
    }

    private static void assertPrintsBack(Specification specification) {
        String printed = Printer.print(specification);
        assertThatCode(
                        () -> {
                            Parsed.Success again = (Parsed.Success) PARSER.parse(printed);
                            assertThat(again.specification()).isEqualTo(specification);
                            assertThat(again.warnings()).isEmpty();
                        })
                .as(printed)
                .doesNotThrowAnyException();
    }

    @Provide
    Arbitrary<String> almostAddresses() {
        return Arbitraries.of(PIECES).list().ofMaxSize(14).map(pieces -> String.join("", pieces));
    }

    @Provide
    Arbitrary<Specification> specifications() {
        Arbitrary<String> values =
                Arbitraries.oneOf(almostAddresses(), Arbitraries.strings().ofMaxLength(8));
        Arbitrary<Text> texts = values.map(Text::of);
        Arbitrary<AddressOption> options =
                Combinators.combine(texts.filter(name -> !name.value().isEmpty()), texts.optional())
                        .as((name, value) -> new AddressOption(name, value));
        Arbitrary<String> keywords =
                Arbitraries.of(
                        "STDIO", "fd", "GOPEN", "tcp", "SYSTEM", "exec", "nop", "gzip", "proxy",
                        "pipe");
        Arbitrary<Address> addresses =
                Combinators.combine(
                                keywords, texts.list().ofMaxSize(4), options.list().ofMaxSize(3))
                        .as(
                                (keyword, parameters, given) ->
                                        new Address(
                                                keyword, parameters, given, Shorthand.NONE, "", 0));
        Arbitrary<Element.Single> singles =
                Combinators.combine(Arbitraries.of(true, false), addresses).as(Element.Single::new);
        Arbitrary<Element> stages = element(singles, Optional.of(Element.Notation.RIGHT_LEFT));
        Arbitrary<Element> endpoints = element(singles, Optional.empty());
        return Combinators.combine(stages.list().ofMaxSize(3), endpoints)
                .as(
                        (before, endpoint) -> {
                            List<Element> elements = new java.util.ArrayList<>(before);
                            elements.add(endpoint);
                            return new Specification(elements, "");
                        });
    }

    private static Arbitrary<Element> element(
            Arbitrary<Element.Single> singles, Optional<Element.Notation> notation) {
        Arbitrary<Element.Notation> notations =
                notation.map(Arbitraries::just).orElse(Arbitraries.of(Element.Notation.values()));
        Arbitrary<Element> duals =
                Combinators.combine(singles, singles, notations).as(Element.Dual::written);
        return Arbitraries.oneOf(singles.map(single -> (Element) single), duals);
    }
}
