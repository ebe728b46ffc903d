package org.jsocat.plugin.socket;

import org.jsocat.spi.Fact;

import java.util.Locale;
import java.util.Optional;
import java.util.function.BiConsumer;

/**
 * One thing that ancillary data of a packet tells.
 *
 * @param type the kind of message, {@code IP_PKTINFO}
 * @param name what it tells, {@code dstaddr}
 * @param variable the variable that programs get, without its prefix, where it is not made from
 *     type and name
 * @param value the value as logged and given to programs
 * @since 1.0
 */
public record AncillaryField(String type, String name, Optional<String> variable, String value)
        implements Fact {
    /** One whose variable is made from its type and its name. */
    public static AncillaryField of(String type, String name, String value) {
        return new AncillaryField(type, name, Optional.empty(), value);
    }

    /** One with a variable of its own name. */
    public static AncillaryField of(String type, String name, String variable, String value) {
        return new AncillaryField(type, name, Optional.of(variable), value);
    }

    @Override
    public void tell(BiConsumer<String, String> variables) {
        variables.accept(variableName(), value);
    }

    /** {@code IP_TTL} and {@code ttl} make {@code IP_TTL}, else both are joined. */
    String variableName() {
        if (variable.isPresent()) {
            return variable.get();
        }
        String upper = name.toUpperCase(Locale.ROOT);
        return type.length() > name.length() && type.toUpperCase(Locale.ROOT).endsWith(upper)
                ? type
                : (type + "_" + upper).toUpperCase(Locale.ROOT);
    }
}
