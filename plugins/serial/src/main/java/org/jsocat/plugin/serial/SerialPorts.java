package org.jsocat.plugin.serial;

import com.fazecast.jSerialComm.SerialPort;

import org.jsocat.spi.PortLister;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Lists the serial ports of this machine. */
public final class SerialPorts implements PortLister {
    /** For {@link java.util.ServiceLoader}. */
    public SerialPorts() {}

    @Override
    public List<Port> ports() {
        SerialPortAccess.prepareLibrary();
        return Arrays.stream(SerialPort.getCommPorts())
                .map(
                        port ->
                                new Port(
                                        "SERIAL:" + port.getSystemPortPath(),
                                        port.getDescriptivePortName(),
                                        known(
                                                port.getManufacturer(),
                                                port.getPortDescription(),
                                                port.getSerialNumber())))
                .toList();
    }

    /** What is known; jSerialComm says "Unknown" for the rest. */
    private static String known(String... texts) {
        return Stream.of(texts)
                .filter(text -> text != null && !text.isBlank() && !text.equals("Unknown"))
                .distinct()
                .collect(Collectors.joining(", "));
    }
}
