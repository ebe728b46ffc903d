package org.jsocat.core.run;

import static org.assertj.core.api.Assertions.assertThat;

import org.jsocat.core.option.ApplicationOptions;
import org.jsocat.core.option.ChildOptions;
import org.jsocat.core.option.RetryOptions;
import org.jsocat.core.plan.Catalog;
import org.jsocat.core.relay.Peer;
import org.jsocat.core.relay.RecordingLog;
import org.jsocat.core.relay.RelaySettings;
import org.jsocat.spi.AddressException;
import org.jsocat.spi.AddressProvider;
import org.jsocat.spi.AddressType;
import org.jsocat.spi.AddressType.Parameters;
import org.jsocat.spi.Composition;
import org.jsocat.spi.Composition.Part;
import org.jsocat.spi.DescriptorEndpoint;
import org.jsocat.spi.Direction;
import org.jsocat.spi.Endpoint;
import org.jsocat.spi.OpenContext;
import org.jsocat.spi.Option;
import org.jsocat.spi.OptionGroup;
import org.jsocat.spi.OptionTypes;
import org.jsocat.spi.Phase;
import org.jsocat.spi.Settings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Addresses that are a stage over an endpoint. */
@Timeout(300)
class CompositionTest {
    private static final Option<String> CIPHER =
            Option.of("cipher", OptionTypes.STRING, Phase.SPECIFIC);
    private static final Option<String> SPEED =
            Option.of("speed", OptionTypes.STRING, Phase.SPECIFIC);
    private static final Option<String> PORT =
            Option.of("serverport", OptionTypes.STRING, Phase.SPECIFIC);

    private record Group(String name, List<Option<?>> options) implements OptionGroup {
        @Override
        public List<String> elsewhere() {
            return List.of(name.toLowerCase(Locale.ROOT) + "-on-aix");
        }
    }

    private final List<String> opened = new ArrayList<>();
    private final RecordingLog log = new RecordingLog();
    private int refusals;

    private final AddressProvider provider = this::types;

    private List<AddressType> types() {
        return List.of(
                AddressType.named("WIRE")
                        .groups("WIRE", "CHILD", "RETRY")
                        .opens(Parameters.of(":<host>:<port>", 2), Direction.BOTH, this::wire),
                AddressType.named("SEALED")
                        .groups("WIRE", "SEAL", "CHILD", "RETRY")
                        .stageGroups("SEAL", "RETRY")
                        .stage(Parameters.of(":<host>", 1), Direction.BOTH, this::seal)
                        .over(
                                Parameters.of(":<server>:<host>", 2),
                                Direction.BOTH,
                                written ->
                                        new Composition(
                                                Part.of("SEALED", written.parameter(1)),
                                                Part.of(
                                                        "WIRE",
                                                        written.parameter(0),
                                                        written.option(PORT).orElse("7")))),
                AddressType.named("HOLLOW")
                        .over(
                                Parameters.NONE,
                                Direction.BOTH,
                                written ->
                                        new Composition(
                                                Part.of("SEALED", "a"), Part.of("NOWHERE"))),
                AddressType.named("LACKING")
                        .unavailable(() -> Optional.of("no such kernel"))
                        .stage(Parameters.NONE, Direction.BOTH, (context, inner) -> inner)
                        .opens(Parameters.NONE, Direction.BOTH, context -> null));
    }

    private Endpoint wire(OpenContext context) {
        opened.add(context.keyword() + " " + context.parameters() + context.option(SPEED));
        return DescriptorEndpoint.over(context, Peer.stream().there()).socket().build();
    }

    private Endpoint seal(OpenContext context, Endpoint inner) {
        opened.add(
                context.keyword()
                        + " "
                        + context.text()
                        + " "
                        + context.parameters()
                        + context.option(CIPHER));
        if (refusals > 0) {
            refusals--;
            throw AddressException.retryable("handshake failed");
        }
        return inner;
    }

    private Session session() {
        Catalog catalog =
                new Catalog(
                        List.of(provider),
                        List.of(
                                new ApplicationOptions(),
                                new ChildOptions(),
                                new RetryOptions(),
                                new Group("WIRE", List.of(SPEED)),
                                new Group("SEAL", List.of(CIPHER, PORT))),
                        Map.of());
        return new Session(catalog, Settings.DEFAULT, RelaySettings.DEFAULT, false, log);
    }

    private int run(String first) {
        return session().run(first, "LACKING");
    }

    private void open(String address) {
        session().open(address).close();
    }

    @Test
    void eachPartGetsItsOwnOptionsAndNamesWhatWasWritten() {
        open("SEALED:server:target,speed=9,cipher=x,serverport=99,ignoreeof");
        assertThat(opened)
                .containsExactly(
                        "SEALED [server, 99]Optional[9]",
                        "SEALED SEALED:server:target,speed=9,cipher=x,serverport=99,ignoreeof"
                                + " [target]Optional[x]");
    }

    @Test
    void retryOpensBothPartsAgain() {
        refusals = 2;
        open("SEALED:server:target,retry=2,interval=0.001");
        assertThat(opened).hasSize(6);
    }

    @Test
    void asStageItTakesItsOwnOptionsOnly() {
        assertThat(run("SEALED:target,speed=9|WIRE:a:b")).isOne();
        assertThat(opened).isEmpty();
        assertThat(log.lines())
                .anyMatch(line -> line.contains("option \"speed\" not supported with this"));
    }

    @Test
    void partThatNobodyProvidesIsTold() {
        assertThat(run("HOLLOW")).isOne();
        assertThat(log.lines())
                .anyMatch(line -> line.contains("HOLLOW needs the address NOWHERE, which no"));
    }

    @Test
    void whatCannotWorkHereIsToldBeforeAnythingOpens() {
        assertThat(run("LACKING|WIRE:a:b")).isOne();
        assertThat(opened).isEmpty();
        assertThat(log.lines())
                .filteredOn(line -> line.contains("LACKING is not available here: no such kernel"))
                .hasSize(2);
    }

    @Test
    void anOptionOfAnotherSystemIsNotAnUnknownOne() {
        assertThat(run("WIRE:a:b,Wire-on-AIX,wire-on-vms")).isOne();
        assertThat(opened).isEmpty();
        assertThat(log.lines())
                .anyMatch(
                        line ->
                                line.contains(
                                        "option \"Wire-on-AIX\" is known, but not on this system"))
                .anyMatch(line -> line.contains("unknown option \"wire-on-vms\""));
    }

    @Test
    void aBlankBehindACommaIsPartOfTheName() {
        assertThat(run("WIRE:a:b, speed=9")).isOne();
        assertThat(log.lines())
                .anyMatch(
                        line ->
                                line.contains("unknown option \" speed\"")
                                        && line.contains("did you mean \"speed\"?"));
    }
}
