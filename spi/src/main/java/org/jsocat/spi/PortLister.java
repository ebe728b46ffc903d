package org.jsocat.spi;

import java.util.List;

/**
 * Knows the ports that a family of addresses could open on this machine; a service found by {@link
 * java.util.ServiceLoader}, asked by {@code jsocat ports}.
 *
 * @since 1.0
 */
public interface PortLister {
    /**
     * A port.
     *
     * @param address the address that opens it: {@code SERIAL:/dev/ttyUSB0}
     * @param description what the system or the device calls it; may be empty
     * @param device what identifies the device: maker, product, serial number; may be empty
     */
    record Port(String address, String description, String device) {}

    /**
     * Looks for ports; may take a moment and load libraries.
     *
     * @throws AddressException where this system cannot tell
     */
    List<Port> ports();
}
