package org.jsocat.plugin.serial;

import com.fazecast.jSerialComm.SerialPort;

import org.jsocat.spi.AddressException;
import org.jsocat.spi.Subcommand;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * {@code jsocat ports}: a line for each serial port of this machine, beginning with the address
 * that opens it.
 */
public final class PortsCommand implements Subcommand {
    /** For {@link java.util.ServiceLoader}. */
    public PortsCommand() {}

    @Override
    public String name() {
        return "ports";
    }

    @Override
    public String parameters() {
        return "";
    }

    @Override
    public String summary() {
        return "Lists the serial ports of this machine.";
    }

    @Override
    public List<String> run(List<String> arguments) {
        if (!arguments.isEmpty()) {
            throw AddressException.usage("ports takes no arguments");
        }
        SerialPortAccess.prepareLibrary();
        return Arrays.stream(SerialPort.getCommPorts()).map(PortsCommand::line).sorted().toList();
    }

    private static String line(SerialPort port) {
        String address = "SERIAL:" + port.getSystemPortPath();
        String known =
                Stream.of(
                                port.getDescriptivePortName(),
                                port.getManufacturer(),
                                port.getPortDescription(),
                                port.getSerialNumber())
                        .filter(text -> text != null && !text.isBlank() && !text.equals("Unknown"))
                        .distinct()
                        .collect(Collectors.joining(", "));
        return known.isEmpty() ? address : address + "  " + known;
    }
}
