package org.jsocat.spi;

import java.util.List;

/**
 * A named table of options; a service found by {@link java.util.ServiceLoader}.
 *
 * <p>An address accepts the options of the groups that its {@link AddressType} names, and those of
 * the groups that apply to every address. One option may stand in several groups. A group's name is
 * unique; two plugins that provide the same group each contribute rows to it.
 *
 * @since 1.0
 */
public interface OptionGroup {
    /** The name as help prints it, upper case: {@code TCP}, {@code LISTEN}. */
    String name();

    /**
     * The rows. Called when an address of this group is parsed, or for help; must be cheap and have
     * no effect.
     */
    List<Option<?>> options();

    /**
     * The names of options that this group has on other systems only, aliases among them: who gives
     * one is told so, not that it is unknown. Asked only then.
     */
    default List<String> elsewhere() {
        return List.of();
    }

    /** Whether every address accepts these options. */
    default boolean appliesToAll() {
        return false;
    }
}
