package org.jsocat.core.parse;

import org.jsocat.spi.NestedLexer;
import org.jsocat.spi.NestedLexer.Syntax;
import org.jsocat.spi.NestedLexer.Token;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Parses the argument that names one side of the relay. The package's description has the grammar
 * and the rule that tells operators from data.
 *
 * <p>Opens nothing and knows no keyword or option by itself. Immutable; any thread. Time grows
 * linearly with the text for all but contrived ones.
 */
public final class AddressParser {

    private static final Syntax FIRST = Syntax.quoted("|", "%", AddressReader.DUAL, ":", ",");

    private final Vocabulary vocabulary;

    public AddressParser(Vocabulary vocabulary) {
        this.vocabulary = Objects.requireNonNull(vocabulary, "vocabulary");
    }

    /** Parses an argument; never throws, whatever it is. */
    public Parsed parse(String argument) {
        Parsed plain = parsePlain(argument);
        if (!mayHoldOperator(argument)
                || (plain instanceof Parsed.Success success
                        && isAcceptable(success.specification()))) {
            return plain;
        }
        ChainReader reader = new ChainReader(vocabulary, argument);
        Parsed chain = reader.read();
        if (chain instanceof Parsed.Failure failure && plain instanceof Parsed.Success success) {
            List<Problem> why = reader.operatorFound() ? failure.problems() : List.of();
            return new Parsed.Success(success.specification(), success.warnings(), why);
        }
        return reader.operatorFound() ? chain : plain;
    }

    /** Reads the argument as socat 1 does, where no operator but {@code !!} exists. */
    private Parsed parsePlain(String argument) {
        List<Problem> problems = new ArrayList<>(0);
        AddressReader reader = new AddressReader(vocabulary, argument, problems);
        Optional<Address> first = reader.read(0, argument.length());
        Optional<Address> second = Optional.empty();
        if (argument.startsWith(AddressReader.DUAL, reader.position())) {
            second =
                    reader.read(reader.position() + AddressReader.DUAL.length(), argument.length());
        }
        if (first.isEmpty() || !problems.isEmpty()) {
            return new Parsed.Failure(problems);
        }
        Element.Single left = new Element.Single(false, first.get());
        Element element =
                second.isEmpty()
                        ? left
                        : Element.Dual.written(
                                left,
                                new Element.Single(false, second.get()),
                                Element.Notation.READ_WRITE);
        return new Parsed.Success(
                new Specification(List.of(element), argument),
                ignored(argument, reader.position()),
                List.of());
    }

    /** The reference stops at the first thing that is no option, and does not look at the rest. */
    private static List<Problem> ignored(String argument, int from) {
        if (from >= argument.length()) {
            return List.of();
        }
        return List.of(
                new Problem(
                        from,
                        "ignoring \"" + argument.substring(from) + "\"",
                        "an option's name or the end"));
    }

    private static boolean mayHoldOperator(String argument) {
        return argument.indexOf('|') >= 0
                || argument.indexOf('%') >= 0
                || argument.indexOf('^') >= 0;
    }

    // No switch over the patterns: on a cold start one costs more than the whole parsing.
    private boolean isAcceptable(Specification specification) {
        if (specification.endpoint() instanceof Element.Dual dual) {
            return isAcceptable(dual.first().address()) && isAcceptable(dual.second().address());
        }
        return specification.endpoint() instanceof Element.Single single
                && isAcceptable(single.address());
    }

    private boolean isAcceptable(Address address) {
        boolean namesStage =
                address.shorthand() == Shorthand.FILE_NAME && beginsWithStage(address.source());
        return !namesStage && vocabulary.accepts(address);
    }

    /**
     * Whether a relative file name begins with a keyword and an operator, as in {@code
     * gzip|/tmp/x.gz}. The reference would look for a folder of the name {@code gzip|}; that is the
     * one case where a chain is preferred.
     */
    private boolean beginsWithStage(String source) {
        int start = source.startsWith("^") ? 1 : 0;
        Token token = NestedLexer.read(source, start, FIRST);
        if (token.end() == source.length() || "|%".indexOf(source.charAt(token.end())) < 0) {
            return false;
        }
        return vocabulary.isKeyword(token.value().strip());
    }
}
