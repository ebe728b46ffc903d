package org.jsocat.plugin.inet;

import org.jsocat.spi.OptionType;
import org.jsocat.spi.OptionValueException;
import org.jsocat.spi.posix.Linux;
import org.jsocat.spi.posix.NameService;
import org.jsocat.spi.posix.SocketAddress;

import java.util.Optional;
import java.util.function.Function;

/** The value types of the IP groups that hold hosts. */
final class InetTypes {
    /** A host of IPv4 by name or number. */
    static final OptionType<SocketAddress.Inet4> IP4NAME =
            new Host(
                    "IP4NAME",
                    text -> inet4(InetAddresses.split(text).host(), Optional.empty(), text));

    /** A host of IPv4, with a port if need be. */
    static final OptionType<SocketAddress.Inet4> IP4SOCK =
            new Host(
                    "IP4SOCK",
                    text -> {
                        InetAddresses.HostAndService parts = InetAddresses.split(text);
                        return inet4(parts.host(), parts.service(), text);
                    });

    private InetTypes() {}

    private record Host(String name, Function<String, SocketAddress.Inet4> reader)
            implements OptionType<SocketAddress.Inet4> {
        @Override
        public SocketAddress.Inet4 parse(Optional<String> text) {
            return reader.apply(text.orElseThrow(() -> new OptionValueException("value required")));
        }

        @Override
        public byte[] encode(SocketAddress.Inet4 value) {
            return value.address();
        }
    }

    private static SocketAddress.Inet4 inet4(
            Optional<String> host, Optional<String> service, String text) {
        Optional<SocketAddress> numeric = NumericAddress.of(host, service, Linux.AF_INET, 0);
        if (numeric.isPresent()) {
            return (SocketAddress.Inet4) numeric.get();
        }
        NameService.Answer answer =
                NameService.addresses(
                        host,
                        service,
                        0,
                        Linux.AF_INET,
                        Linux.SOCK_DGRAM,
                        0,
                        NameService.Settings.NONE);
        if (answer.error() != 0) {
            throw new OptionValueException(
                    "cannot resolve \""
                            + text
                            + "\": "
                            + answer.text()
                            + "; a host of IPv4 is accepted");
        }
        return (SocketAddress.Inet4) answer.addresses().getFirst();
    }
}
