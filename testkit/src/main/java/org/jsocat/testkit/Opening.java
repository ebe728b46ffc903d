package org.jsocat.testkit;

import org.jsocat.spi.AddressException;
import org.jsocat.spi.AddressProvider;
import org.jsocat.spi.AddressType;
import org.jsocat.spi.Arrival;
import org.jsocat.spi.DescriptorView;
import org.jsocat.spi.Direction;
import org.jsocat.spi.Endpoint;
import org.jsocat.spi.Fact;
import org.jsocat.spi.Listener;
import org.jsocat.spi.OpenContext;
import org.jsocat.spi.Option;
import org.jsocat.spi.OptionGroup;
import org.jsocat.spi.OptionTarget;
import org.jsocat.spi.Phase;
import org.jsocat.spi.Retry;
import org.jsocat.spi.Settings;
import org.jsocat.spi.Wakeups;
import org.jsocat.spi.opening.Given;
import org.jsocat.spi.opening.GivenOptions;
import org.jsocat.spi.posix.Linux;
import org.jsocat.spi.posix.PosixException;
import org.jsocat.spi.posix.Readiness;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Supplier;

/**
 * Opens one address in a test, without the program around it: parameters and options are given one
 * by one, options by name from the tables of the plugin; what the address logs and sets is kept.
 *
 * <p>It does what core does and nothing else: each option acts once; one that is refused is logged
 * and ends opening; {@link #unused()} tells those that nothing has taken.
 *
 * @since 0.1
 */
public final class Opening implements OpenContext {
    private record Value<T>(Option<T> option, T value) implements Given<T> {}

    private final AddressType type;
    private final List<OptionGroup> groups;
    private final List<String> parameters;
    private GivenOptions options = new GivenOptions(List.of());
    private final List<Value<?>> values = new ArrayList<>();
    private final Map<String, String> environment = new HashMap<>();
    private final RecordingLogger log = new RecordingLogger();
    private final Deque<Runnable> undos = new ArrayDeque<>();
    private final List<Runnable> whenOpened = new ArrayList<>();
    private Wakeups wakeups = new Wakeups();
    private final List<Runnable> cleanups = new ArrayList<>();
    private Settings settings = Settings.DEFAULT;
    private Direction direction = Direction.BOTH;
    private Retry retry = Retry.NONE;
    private boolean retrying;
    private BiFunction<OpenContext, Endpoint, DescriptorView> views =
            (context, inner) -> {
                throw new UnsupportedOperationException("no relay runs here");
            };

    private Opening(AddressType type, List<OptionGroup> groups, List<String> parameters) {
        this.type = type;
        this.groups = groups;
        this.parameters = parameters;
    }

    /**
     * Starts opening an address.
     *
     * @param provider the plugin's table of addresses
     * @param keyword one of its keywords, in any case
     * @param groups the tables of options that the test uses
     * @param parameters what stands behind the keyword
     */
    public static Opening of(
            AddressProvider provider,
            String keyword,
            List<? extends OptionGroup> groups,
            String... parameters) {
        String upper = keyword.toUpperCase(Locale.ROOT);
        AddressType type =
                provider.addressTypes().stream()
                        .filter(row -> row.name().equals(upper) || row.aliases().contains(upper))
                        .findFirst()
                        .orElseThrow(() -> new IllegalArgumentException("no address " + keyword));
        return new Opening(type, List.copyOf(groups), List.of(parameters));
    }

    /** Gives an option without a value. */
    public Opening with(String option) {
        return with(option, Optional.empty());
    }

    /** Gives an option with a value. */
    public Opening with(String option, String value) {
        return with(option, Optional.of(value));
    }

    private Opening with(String name, Optional<String> value) {
        Option<?> option =
                groups.stream()
                        .flatMap(group -> group.options().stream())
                        .filter(
                                row ->
                                        row.name().equals(name)
                                                || row.aliases().contains(name)
                                                || row.usualName().equals(Optional.of(name)))
                        .findFirst()
                        .orElseThrow(() -> new IllegalArgumentException("no option " + name));
        values.add(given(option, value));
        options = new GivenOptions(values);
        return this;
    }

    private static <T> Value<T> given(Option<T> option, Optional<String> value) {
        return new Value<>(option, option.type().parse(value));
    }

    /** What holds for all addresses, where that is not {@link Settings#DEFAULT}. */
    public Opening under(Settings other) {
        settings = other;
        return this;
    }

    /** Only in these directions. */
    public Opening toward(Direction only) {
        direction = only;
        return this;
    }

    /** What the user wants to be tried again, for endpoints that can open again what they lost. */
    public Opening with(Retry wanted) {
        retry = wanted;
        return this;
    }

    /** Another attempt follows if this one fails. */
    public Opening retried() {
        retrying = true;
        return this;
    }

    /**
     * Opens the address.
     *
     * @return the endpoint, which the test closes
     */
    public Endpoint open() {
        return opened(() -> form().opener().orElseThrow().open(this));
    }

    /**
     * Starts to listen.
     *
     * @return the listener, which the test closes
     */
    public Listener listen() {
        return opened(() -> form().listener().orElseThrow().listen(this));
    }

    /**
     * Waits for a peer that is not refused, and opens it.
     *
     * @return the endpoint, which the test closes, or empty when {@link Listener#timeout()} has
     *     passed
     */
    public Optional<Endpoint> accept(Listener listener) {
        while (true) {
            log.info(listener.text());
            Optional<Arrival> peer = next(listener);
            if (peer.isEmpty()) {
                return Optional.empty();
            }
            // As the program does: what has been opened stays open.
            try (Arrival arrival = peer.get()) {
                Optional<Endpoint> endpoint = arrival.open(this);
                if (endpoint.isPresent()) {
                    return endpoint.map(this::learn);
                }
            }
        }
    }

    private static Optional<Arrival> next(Listener listener) {
        long nanos = listener.timeout().isZero() ? -1 : listener.timeout().toNanos();
        while (true) {
            Optional<Arrival> peer = listener.next();
            if (peer.isPresent()) {
                return peer;
            }
            int ready =
                    PosixException.check(
                            Readiness.await(listener.descriptor(), Linux.POLLIN, nanos), "poll()");
            if (ready == 0) {
                return Optional.empty();
            }
        }
    }

    /**
     * Puts the address, a stage, on an endpoint.
     *
     * @param inner what is to its right
     * @return the endpoint, which the test closes
     */
    public Endpoint stage(Endpoint inner) {
        return learn(opened(() -> type.stage().orElseThrow().opener().open(this, inner)));
    }

    /** Shares the wake-ups of what runs the endpoint. */
    public Opening waking(Wakeups others) {
        wakeups = others;
        return this;
    }

    private <T> T opened(Supplier<T> attempt) {
        try {
            apply(Phase.INIT, OptionTarget.NONE);
            T result = attempt.get();
            whenOpened.forEach(Runnable::run);
            return result;
        } finally {
            while (!undos.isEmpty()) {
                undos.pop().run();
            }
        }
    }

    private AddressType.EndpointForm form() {
        return type.endpoint().orElseThrow();
    }

    /** What was logged: a letter for the level and the text. */
    public List<String> lines() {
        return log.lines();
    }

    /** The names of the options that nothing has taken. */
    public List<String> unused() {
        return options.unused().stream().map(Option::name).toList();
    }

    /** Does what is to be done once the endpoint has been closed. */
    public void closed() {
        cleanups.forEach(Runnable::run);
        cleanups.clear();
    }

    @Override
    public String text() {
        return type.name() + ":" + String.join(":", parameters);
    }

    @Override
    public String keyword() {
        return type.name();
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
        return false;
    }

    @Override
    public Optional<Endpoint> replaceable() {
        return Optional.empty();
    }

    @Override
    public boolean forked() {
        return false;
    }

    @Override
    public Retry retry() {
        return retry;
    }

    @Override
    public boolean retrying() {
        return retrying;
    }

    @Override
    public Settings settings() {
        return settings;
    }

    @Override
    public RecordingLogger log() {
        return log;
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
    public void apply(Set<String> names, Set<Phase> phases, OptionTarget target) {
        options.apply(this, option -> isIn(names, option), phases, target);
    }

    private boolean isIn(Set<String> names, Option<?> option) {
        return groups.stream()
                .filter(group -> names.contains(group.name()))
                .anyMatch(group -> group.options().contains(option));
    }

    @Override
    public void again(Phase first, Phase last) {
        options.again(first, last);
    }

    /** Takes variables from what an endpoint knows, as core does for addresses that listen. */
    private Endpoint learn(Endpoint endpoint) {
        environment.putAll(variables(endpoint));
        return endpoint;
    }

    /** The variables that programs get of what an endpoint knows. */
    public static Map<String, String> variables(Endpoint endpoint) {
        Map<String, String> variables = new HashMap<>();
        for (Fact fact : endpoint.facts()) {
            fact.tell((name, value) -> variables.put("SOCAT_" + name, value));
        }
        return variables;
    }

    @Override
    public void environment(String name, String value) {
        environment.put(name, value);
    }

    /** The variables that are known of the address, without those of the test's own process. */
    @Override
    public Map<String, String> environment() {
        return Map.copyOf(environment);
    }

    @Override
    public void afterOpening(Runnable undo) {
        undos.push(undo);
    }

    @Override
    public void whenOpened(Runnable action) {
        whenOpened.add(action);
    }

    @Override
    public void onSignal(int signal, Runnable action) {
        throw new UnsupportedOperationException("signals are the program's");
    }

    @Override
    public void afterClosing(Runnable cleanup) {
        cleanups.add(cleanup);
    }

    @Override
    public Wakeups wakeups() {
        return wakeups;
    }

    /**
     * Takes inner endpoints as descriptors in this way, with both directions apart.
     *
     * @param core what core does for a relay
     */
    public Opening viewing(BiFunction<OpenContext, Endpoint, DescriptorView> core) {
        views = core;
        return this;
    }

    @Override
    public DescriptorView descriptor(Endpoint inner) {
        throw new UnsupportedOperationException("no relay runs here");
    }

    @Override
    public DescriptorView descriptors(Endpoint inner) {
        return views.apply(this, inner);
    }

    @Override
    public void error(String message) {
        log.error(message);
        throw new AddressException(AddressException.Kind.FATAL, message);
    }
}
