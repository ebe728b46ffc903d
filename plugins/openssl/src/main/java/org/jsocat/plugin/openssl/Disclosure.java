package org.jsocat.plugin.openssl;

import org.jsocat.spi.Fact;
import org.jsocat.spi.OpenContext;
import org.slf4j.Logger;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BiConsumer;

/**
 * What is found out about a connection in its handshake: told to the log at once, and a fact of its
 * endpoint.
 *
 * @param log for lines
 * @param variables what programs get to know
 */
record Disclosure(Logger log, Map<String, String> variables) implements Fact {
    /** Nothing yet. */
    static Disclosure of(OpenContext context) {
        return new Disclosure(context.log(), new LinkedHashMap<>());
    }

    void add(String name, String value) {
        variables.put(name, value);
    }

    @Override
    public void tell(BiConsumer<String, String> told) {
        variables.forEach(told);
    }
}
