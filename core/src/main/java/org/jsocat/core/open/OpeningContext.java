package org.jsocat.core.open;

import org.jsocat.core.option.ApplicationOptions;
import org.jsocat.core.plan.Catalog;
import org.jsocat.core.plan.Plan;
import org.jsocat.core.relay.LineEnd;
import org.jsocat.core.relay.Origin;
import org.jsocat.core.relay.Pump;
import org.jsocat.core.relay.Side;
import org.jsocat.spi.AddressException;
import org.jsocat.spi.AddressType;
import org.jsocat.spi.DescriptorView;
import org.jsocat.spi.Direction;
import org.jsocat.spi.Endpoint;
import org.jsocat.spi.OpenContext;
import org.jsocat.spi.Option;
import org.jsocat.spi.OptionTarget;
import org.jsocat.spi.Phase;
import org.jsocat.spi.Retry;
import org.jsocat.spi.Settings;
import org.jsocat.spi.Wakeups;
import org.jsocat.spi.opening.GivenOptions;
import org.slf4j.Logger;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** One attempt to open one address. */
final class OpeningContext implements OpenContext {
    private final Plan.Address address;
    private final Direction direction;
    private final RelayContext relay;
    private final Optional<Endpoint> replaceable;
    private final List<String> parameters;
    private final GivenOptions options;
    private final Deque<Runnable> undos = new ArrayDeque<>(0);
    private final List<Runnable> successes = new ArrayList<>(0);
    private final Cleanups cleanups;
    private boolean retrying;

    OpeningContext(
            Plan.Address address,
            Direction direction,
            RelayContext relay,
            Optional<Endpoint> replaceable) {
        this.address = address;
        this.direction = direction;
        this.relay = relay;
        this.replaceable = replaceable;
        parameters = Placeholders.filled(address, relay.environment());
        options = new GivenOptions(address.options());
        cleanups = new Cleanups(relay.surroundings());
        leaveIdentity();
    }

    /**
     * The context of one connection under a listener: what took effect on the listener does not
     * again.
     */
    private OpeningContext(OpeningContext listening, RelayContext connection) {
        address = listening.address;
        direction = listening.direction;
        relay = connection;
        replaceable = listening.replaceable;
        parameters = listening.parameters;
        options = new GivenOptions(listening.options);
        cleanups = new Cleanups(connection.surroundings());
        leaveIdentity();
    }

    /** A forked relay does not change this process: what asks for that is its worker's. */
    private void leaveIdentity() {
        if (relay.forked()) {
            options.leave(address::changesIdentity);
        }
    }

    /** Applies what changes who the process is, and nothing else. */
    void takeIdentity() {
        for (Phase phase : List.of(Phase.INIT, Phase.EARLY, Phase.LATE, Phase.LATE2)) {
            options.apply(this, address::changesIdentity, Set.of(phase), OptionTarget.NONE);
        }
        successes.forEach(Runnable::run);
    }

    /** Says that another attempt follows if this one fails. */
    OpeningContext retrying(boolean more) {
        retrying = more;
        return this;
    }

    /** A context for the next connection of the listener that was opened in this one. */
    OpeningContext connection(RelayContext connection) {
        return new OpeningContext(this, connection);
    }

    @Override
    public String text() {
        return address.text();
    }

    @Override
    public String keyword() {
        return address.keyword();
    }

    @Override
    public List<String> parameters() {
        return parameters;
    }

    @Override
    public Direction direction() {
        return direction;
    }

    @Override
    public boolean reversed() {
        return address.reversed();
    }

    @Override
    public Optional<Endpoint> replaceable() {
        return replaceable;
    }

    @Override
    public boolean forked() {
        return relay.forked();
    }

    @Override
    public boolean retrying() {
        return retrying;
    }

    @Override
    public Settings settings() {
        return relay.settings();
    }

    @Override
    public Retry retry() {
        return address.retry();
    }

    @Override
    public Logger log() {
        return relay.log();
    }

    @Override
    public <T> Optional<T> option(Option<T> option) {
        return options.option(option);
    }

    @Override
    public <T> List<T> options(Option<T> option) {
        return options.options(option);
    }

    @Override
    public boolean has(Option<?> option) {
        return options.has(option);
    }

    @Override
    public void apply(Phase phase, OptionTarget target, OptionTarget... further) {
        options.apply(this, phase, target, further);
    }

    @Override
    public void apply(Set<String> groups, Set<Phase> phases, OptionTarget target) {
        Catalog catalog = relay.surroundings().catalog();
        options.apply(this, option -> catalog.isIn(groups, option), phases, target);
    }

    @Override
    public void again(Phase first, Phase last) {
        options.again(first, last);
    }

    /**
     * What the options of group APPL say about the transfer.
     *
     * @param side what holds where they say nothing
     * @param afterClosing done once the relay has closed the endpoint
     */
    Side transferOptions(Side side, Runnable afterClosing) {
        return new Side(
                side.endpoint(),
                option(ApplicationOptions.IGNORE_EOF).orElse(side.ignoreEof()),
                option(ApplicationOptions.READ_BYTES).orElse(side.readBytes()),
                lineEnd(side.lineEnd()),
                option(ApplicationOptions.ESCAPE).orElse(side.escape()),
                option(ApplicationOptions.TAP).orElse(side.tapped()),
                afterClosing,
                side.wakeups(),
                side.origin());
    }

    /** Of several, the last one counts. */
    private LineEnd lineEnd(LineEnd otherwise) {
        Optional<Option<?>> last =
                options.lastOf(Set.of(ApplicationOptions.CR, ApplicationOptions.CRNL));
        if (last.isEmpty()) {
            return otherwise;
        }
        return last.get() == ApplicationOptions.CR ? LineEnd.CR : LineEnd.CRNL;
    }

    /**
     * Nothing that the user asked for is left out in silence.
     *
     * @throws AddressException (already logged) where an option took no effect, unless the user
     *     asked to go on
     */
    void refuseUnused() {
        List<Option<?>> unused = unused();
        if (!unused.isEmpty()) {
            error(
                    "option "
                            + unused
                            + " has no effect on "
                            + keyword()
                            + " opened "
                            + direction().text());
        }
    }

    /** The options that took no effect. */
    List<Option<?>> unused() {
        return options.unused();
    }

    @Override
    public <T> Optional<T> known(Class<T> type) {
        return relay.environment().known(type);
    }

    @Override
    public void environment(String name, String value) {
        relay.environment().putPlain(name, value);
    }

    @Override
    public Map<String, String> environment() {
        return relay.environment().all();
    }

    @Override
    public void afterOpening(Runnable undo) {
        undos.push(undo);
    }

    @Override
    public void whenOpened(Runnable action) {
        successes.add(action);
    }

    /** The form of the address as an endpoint. */
    AddressType.EndpointForm form() {
        return address.type().endpoint().orElseThrow();
    }

    /** The relay that the address is opened for. */
    RelayContext relay() {
        return relay;
    }

    /** What is to be done now that the address is open. */
    List<Runnable> successes() {
        return successes;
    }

    @Override
    public void onSignal(int signal, Runnable action) {
        PassedSignals signals = relay.surroundings().signals();
        signals.add(signal, action);
        afterClosing(() -> signals.remove(signal, action));
    }

    /** Opening has ended: undoes what held only meanwhile. */
    void opened() {
        while (!undos.isEmpty()) {
            undos.pop().run();
        }
    }

    @Override
    public void afterClosing(Runnable cleanup) {
        cleanups.add(cleanup);
    }

    @Override
    public Wakeups wakeups() {
        return relay.wakeups();
    }

    @Override
    public DescriptorView descriptor(Endpoint inner) {
        return Pump.descriptor(this, inner);
    }

    @Override
    public DescriptorView descriptors(Endpoint inner) {
        return Pump.descriptors(this, inner);
    }

    /** Where what is opened comes from. */
    Origin origin() {
        return new Origin(
                address.text(),
                Catalog.pluginOf(address.provider()),
                address.provider(),
                Optional.empty());
    }

    /** What is to be done when the endpoint has been closed. */
    Cleanups cleanups() {
        return cleanups;
    }

    @Override
    public void error(String message) {
        log().error(message);
        if (!settings().sloppy()) {
            throw new ReportedException(AddressException.Kind.FATAL, message);
        }
    }
}
