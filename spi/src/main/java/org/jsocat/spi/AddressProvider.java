package org.jsocat.spi;

import java.util.List;
import java.util.Optional;

/**
 * A family of addresses; a service found by {@link java.util.ServiceLoader}.
 *
 * @since 1.0
 */
public interface AddressProvider {
    /**
     * The addresses of the family. Called once at start: it must be cheap, load no library and have
     * no effect; what an address needs is loaded by its opener.
     */
    List<AddressType> addressTypes();

    /**
     * Why the family cannot work on this machine, or empty where it can. Asked only when one of its
     * addresses is used or listed, so that an address that is known but not available differs from
     * one that is unknown.
     */
    default Optional<String> unavailabilityCause() {
        return Optional.empty();
    }

    /**
     * What an address of the family needs of the system beyond what every user has, for people who
     * want to know before it is opened: capabilities (capabilities(7)), devices. A few words each.
     *
     * @param type one of the {@link #addressTypes()}
     */
    default List<String> needs(AddressType type) {
        return List.of();
    }

    /**
     * The features that {@code socat -V} reports for this family, as scripts look for them: {@code
     * TCP} becomes {@code #define WITH_TCP 1}.
     */
    default List<String> features() {
        return List.of();
    }
}
