package org.jsocat.core.open;

import org.jsocat.spi.Endpoint;
import org.jsocat.spi.Fact;
import org.jsocat.spi.posix.Libc;
import org.jsocat.spi.posix.ProcessEnvironment;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The variables that describe a relay to the programs that it starts. Used by one opening thread at
 * a time.
 */
public final class RelayEnvironment {
    /** The version of the reference whose behaviour this program has. */
    public static final String COMPATIBLE = "1.8.1.3";

    private final String prefix;
    private Map<String, String> variables = new HashMap<>(0);

    /** Whether another environment has the same map, which is copied before a change then. */
    private boolean shared;

    /** The relay's number where its variable is not made yet, else 0. */
    private int id;

    private final List<Fact> facts = new ArrayList<>(0);
    private int told;

    /** An environment whose variables begin with the program's name in upper case. */
    RelayEnvironment(String programName) {
        prefix = programName.toUpperCase(Locale.ROOT) + "_";
        put("VERSION", COMPATIBLE);
        String pid = Integer.toString(Libc.getpid());
        put("PID", pid);
        put("PPID", pid);
    }

    private RelayEnvironment(RelayEnvironment other) {
        prefix = other.prefix;
        variables = other.own();
        shared = true;
        other.shared = true;
        facts.addAll(other.facts);
        told = other.told;
    }

    /** The same for a relay of its own. */
    RelayEnvironment copy(int id) {
        RelayEnvironment copy = new RelayEnvironment(this);
        copy.id = id;
        return copy;
    }

    /** The variables with that of the number; most relays start no program and never ask. */
    private Map<String, String> own() {
        if (id != 0) {
            int number = id;
            id = 0;
            put("PID", Integer.toString(number));
        }
        return variables;
    }

    private Map<String, String> changeable() {
        Map<String, String> own = own();
        if (shared) {
            own = new HashMap<>(own);
            variables = own;
            shared = false;
        }
        return own;
    }

    /**
     * Learns what an endpoint knows. This is the one place where variables come from that describe
     * connections.
     */
    void learn(Endpoint endpoint) {
        for (Fact fact : endpoint.facts()) {
            if (!facts.contains(fact)) {
                facts.add(fact);
            }
        }
    }

    /**
     * Learns what a stage knows, and not again what the endpoint does that it stands on: where that
     * one connects, its addresses are no variables.
     */
    void learn(Endpoint stage, Endpoint inner) {
        List<Fact> known = inner.facts();
        for (Fact fact : stage.facts()) {
            if (!known.contains(fact) && !facts.contains(fact)) {
                facts.add(fact);
            }
        }
    }

    /** What was learned last of a type. */
    <T> Optional<T> known(Class<T> type) {
        for (int i = facts.size() - 1; i >= 0; i--) {
            if (type.isInstance(facts.get(i))) {
                return Optional.of(type.cast(facts.get(i)));
            }
        }
        return Optional.empty();
    }

    /** All that was learned. */
    public List<Fact> facts() {
        return List.copyOf(facts);
    }

    /** The value of {@code PREFIX_NAME}. */
    Optional<String> value(String name) {
        tellFacts();
        return Optional.ofNullable(own().get(prefix + name));
    }

    /** Texts are made of facts only where somebody reads them. */
    private void tellFacts() {
        for (; told < facts.size(); told++) {
            facts.get(told).tell(this::put);
        }
    }

    /** The variables alone, by their whole names. */
    public Map<String, String> variables() {
        tellFacts();
        return Map.copyOf(own());
    }

    /** Sets variables by their whole names. */
    public void putAll(Map<String, String> more) {
        changeable().putAll(more);
    }

    /** Sets a variable without prefix. */
    void putPlain(String name, String value) {
        changeable().put(name, value);
    }

    /** {@code PREFIX_NAME}. */
    String name(String name) {
        return prefix + name;
    }

    /** Sets {@code PREFIX_NAME}. */
    void put(String name, String value) {
        changeable().put(prefix + name, value);
    }

    /** The program's own environment with the variables. */
    Map<String, String> all() {
        tellFacts();
        Map<String, String> all = ProcessEnvironment.variables();
        all.putAll(own());
        return all;
    }
}
