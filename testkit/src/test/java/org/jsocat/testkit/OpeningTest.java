package org.jsocat.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import org.jsocat.spi.AddressProvider;
import org.jsocat.spi.AddressType;
import org.jsocat.spi.AddressType.Parameters;
import org.jsocat.spi.Direction;
import org.jsocat.spi.Endpoint;
import org.jsocat.spi.OpenContext;
import org.jsocat.spi.Option;
import org.jsocat.spi.OptionGroup;
import org.jsocat.spi.OptionTarget;
import org.jsocat.spi.OptionTypes;
import org.jsocat.spi.Phase;
import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;

/** Options take effect in a test as they do in the program. */
class OpeningTest {
    private final List<String> acted = new ArrayList<>();

    private final Option<Boolean> descriptor =
            Option.of(
                    "descriptor",
                    OptionTypes.BOOL,
                    Phase.FD,
                    (context, target, value) -> acted.add("descriptor"));
    private final Option<Boolean> process =
            Option.of(
                            "process",
                            OptionTypes.BOOL,
                            Phase.FD,
                            (context, target, value) -> acted.add("process"))
                    .perProcess();

    private Opening opening() {
        OptionGroup group =
                new OptionGroup() {
                    @Override
                    public String name() {
                        return "ROWS";
                    }

                    @Override
                    public List<Option<?>> options() {
                        return List.of(descriptor, process);
                    }
                };
        AddressProvider provider =
                () ->
                        List.of(
                                AddressType.named("NOWHERE")
                                        .opens(Parameters.NONE, Direction.BOTH, this::open));
        return Opening.of(provider, "NOWHERE", List.of(group));
    }

    private Endpoint open(OpenContext context) {
        throw new UnsupportedOperationException();
    }

    @Test
    void whatConcernsNoDescriptorActsOnceWhereThereAreTwo() {
        Opening opening = opening().with("descriptor").with("process");
        opening.apply(Phase.FD, OptionTarget.NONE, OptionTarget.NONE);
        assertThat(acted).containsExactly("descriptor", "descriptor", "process");
        assertThat(opening.unused()).isEmpty();
    }
}
