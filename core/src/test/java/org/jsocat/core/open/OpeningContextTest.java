package org.jsocat.core.open;

import static org.assertj.core.api.Assertions.assertThat;

import org.jsocat.core.relay.RecordingLog;
import org.jsocat.spi.Direction;
import org.jsocat.spi.OpenContext;
import org.jsocat.spi.Option;
import org.jsocat.spi.OptionTarget;
import org.jsocat.spi.OptionTypes;
import org.jsocat.spi.Phase;
import org.junit.jupiter.api.Test;
import org.slf4j.event.Level;

import java.util.ArrayList;
import java.util.List;

class OpeningContextTest {
    private static final OptionTarget INPUT = OptionTarget.of("input");
    private static final OptionTarget OUTPUT = OptionTarget.of("output");

    private final List<String> acted = new ArrayList<>();

    private Option<Boolean> option(String name) {
        return Option.of(
                name,
                OptionTypes.BOOL,
                Phase.LATE,
                (context, target, on) -> acted.add(name + " on " + target));
    }

    @Test
    void onlyWhatActsOnDescriptorsActsOnEachOfThem() {
        OpenContext context =
                OpeningFixture.context(
                        Direction.BOTH,
                        new RecordingLog(Level.WARN),
                        option("descriptor"),
                        option("process").perProcess(),
                        option("thread").perThread(),
                        option("identity").changesIdentity());
        context.apply(Phase.LATE, INPUT, OUTPUT);
        assertThat(acted)
                .containsExactly(
                        "descriptor on " + INPUT,
                        "descriptor on " + OUTPUT,
                        "process on " + INPUT,
                        "thread on " + INPUT,
                        "identity on " + INPUT);
    }
}
