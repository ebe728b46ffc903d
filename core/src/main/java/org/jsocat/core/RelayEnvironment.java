package org.jsocat.core;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** The variables that describe a relay to the programs that it starts. Used by one opening thread at a time. */
final class RelayEnvironment {
    private final String prefix;
    private final Map<String, String> variables = new HashMap<>(0);

    /** An environment whose variables begin with the program's name in upper case. */
    RelayEnvironment(String programName) {
        StringBuilder name = new StringBuilder(programName.toUpperCase(Locale.ROOT));
        for (int i = 0; i < name.length(); i++) {
            if (!Character.isLetterOrDigit(name.charAt(i))) {
                name.setCharAt(i, '_');
            }
        }
        prefix = name.append('_').toString();
    }

    private RelayEnvironment(RelayEnvironment other) {
        prefix = other.prefix;
        variables.putAll(other.variables);
    }

    RelayEnvironment copy() {
        return new RelayEnvironment(this);
    }

    /** Sets {@code PREFIX_NAME}. */
    void put(String name, String value) {
        variables.put(prefix + name, value);
    }

    /** The program's own environment with the variables. */
    Map<String, String> all() {
        Map<String, String> all = new HashMap<>(System.getenv());
        all.putAll(variables);
        return all;
    }
}
