package org.jsocat.plugin.openssl;

import org.jsocat.spi.OpenContext;
import org.slf4j.Logger;

import java.util.function.BiConsumer;

/**
 * Where what is known about a connection is told.
 *
 * @param log for lines
 * @param variables for programs that are started; takes name and value
 */
record Disclosure(Logger log, BiConsumer<String, String> variables) {
    /** While an address is opened. */
    static Disclosure of(OpenContext context) {
        return new Disclosure(context.log(), context::variable);
    }

    /** Later: programs have their environment already. */
    static Disclosure late(OpenContext context) {
        return new Disclosure(context.log(), (name, value) -> {});
    }
}
