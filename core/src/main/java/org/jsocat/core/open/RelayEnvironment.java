package org.jsocat.core.open;

import org.jsocat.spi.posix.Libc;
import org.jsocat.spi.posix.ProcessEnvironment;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * The variables that describe a relay to the programs that it starts. Used by one opening thread at
 * a time.
 */
public final class RelayEnvironment {
    /** The version of the reference whose behaviour this program has. */
    public static final String COMPATIBLE = "1.8.1.3";

    private final String prefix;
    private final Map<String, String> variables = new HashMap<>(0);

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
        variables.putAll(other.variables);
    }

    /** The same for a relay of its own. */
    RelayEnvironment copy(int id) {
        RelayEnvironment copy = new RelayEnvironment(this);
        copy.put("PID", Integer.toString(id));
        return copy;
    }

    /** The variables alone, by their whole names. */
    public Map<String, String> variables() {
        return Map.copyOf(variables);
    }

    /** Sets variables by their whole names. */
    public void putAll(Map<String, String> more) {
        variables.putAll(more);
    }

    /** Sets a variable without prefix. */
    void putPlain(String name, String value) {
        variables.put(name, value);
    }

    /** {@code PREFIX_NAME}. */
    String name(String name) {
        return prefix + name;
    }

    /** Sets {@code PREFIX_NAME}. */
    void put(String name, String value) {
        variables.put(prefix + name, value);
    }

    /** The program's own environment with the variables. */
    Map<String, String> all() {
        Map<String, String> all = ProcessEnvironment.variables();
        all.putAll(variables);
        return all;
    }
}
