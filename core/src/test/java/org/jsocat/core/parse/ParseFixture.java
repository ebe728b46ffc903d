package org.jsocat.core.parse;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;

/**
 * Parses with {@link SampleVocabulary} and shows trees in an unambiguous form that does not come
 * from the printer.
 */
final class ParseFixture {

    static final AddressParser PARSER = new AddressParser(new SampleVocabulary());

    private ParseFixture() {}

    static Parsed.Success success(String argument) {
        Parsed parsed = PARSER.parse(argument);
        assertThat(parsed).as(argument).isInstanceOf(Parsed.Success.class);
        return (Parsed.Success) parsed;
    }

    static List<Problem> problems(String argument) {
        Parsed parsed = PARSER.parse(argument);
        assertThat(parsed).as(argument).isInstanceOf(Parsed.Failure.class);
        return ((Parsed.Failure) parsed).problems();
    }

    static List<String> messages(String argument) {
        return problems(argument).stream().map(Problem::message).toList();
    }

    /** The only address of an argument that is a plain one. */
    static Address address(String argument) {
        Specification specification = success(argument).specification();
        assertThat(specification.elements()).as(argument).hasSize(1);
        assertThat(specification.endpoint()).as(argument).isInstanceOf(Element.Single.class);
        Element.Single single = (Element.Single) specification.endpoint();
        assertThat(single.reversed()).as(argument).isFalse();
        return single.address();
    }

    static List<String> values(Address address) {
        return address.parameters().stream().map(Text::value).toList();
    }

    /**
     * Each element as {@code right(ADDRESS) left(ADDRESS)} or {@code ADDRESS}, an address as {@code
     * ^keyword<p><p>{name=value}}.
     */
    static List<String> tree(String argument) {
        List<String> shown = new ArrayList<>();
        for (Element element : success(argument).specification().elements()) {
            shown.add(
                    switch (element) {
                        case Element.Single single -> show(single);
                        case Element.Dual dual ->
                                "right("
                                        + show(dual.rightward())
                                        + ") left("
                                        + show(dual.leftward())
                                        + ")";
                    });
        }
        return shown;
    }

    private static String show(Element.Single single) {
        StringBuilder out = new StringBuilder(single.reversed() ? "^" : "");
        out.append(single.address().keyword());
        for (Text parameter : single.address().parameters()) {
            out.append('<').append(parameter.value()).append('>');
        }
        for (AddressOption option : single.address().options()) {
            out.append('{').append(option.name().value());
            option.value().ifPresent(value -> out.append('=').append(value.value()));
            out.append('}');
        }
        return out.toString();
    }
}
