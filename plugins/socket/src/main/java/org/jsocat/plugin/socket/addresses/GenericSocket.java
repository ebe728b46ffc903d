package org.jsocat.plugin.socket.addresses;

import org.jsocat.plugin.socket.SocketKind;
import org.jsocat.plugin.socket.SocketLevelOptions;
import org.jsocat.plugin.socket.SocketOpening;
import org.jsocat.plugin.socket.StreamListener;
import org.jsocat.spi.AddressException;
import org.jsocat.spi.DataNotation;
import org.jsocat.spi.Endpoint;
import org.jsocat.spi.Listener;
import org.jsocat.spi.OpenContext;
import org.jsocat.spi.OptionTarget;
import org.jsocat.spi.OptionTypes;
import org.jsocat.spi.OptionValueException;
import org.jsocat.spi.Phase;
import org.jsocat.spi.posix.Linux;
import org.jsocat.spi.posix.SocketAddress;

import java.util.List;
import java.util.Optional;

/**
 * A socket of any family: the numbers of family and protocol, and the data of the address behind
 * the family, come from the command line.
 */
final class GenericSocket {
    private static final int ANY_FORM = 0;

    private GenericSocket() {}

    /** Opens {@code SOCKET-CONNECT:domain:protocol:remote-address}. */
    static Endpoint connect(OpenContext context) {
        SocketKind kind = kind(context);
        context.apply(Phase.EARLY, OptionTarget.NONE);
        SocketAddress peer = address(kind, context.parameters().get(2));
        Optional<SocketAddress> local =
                context.option(SocketLevelOptions.BIND).map(data -> address(kind, data));
        context.log().info("opening connection to {}", peer.text());
        SocketOpening opening = SocketOpening.of(context, kind).from(local);
        return SocketOpening.endpoint(context, kind, opening.connect(peer));
    }

    /** Opens {@code SOCKET-LISTEN:domain:protocol:local-address}. */
    static Listener listen(OpenContext context) {
        SocketKind kind = kind(context);
        SocketAddress local = address(kind, context.parameters().get(2));
        context.apply(Phase.EARLY, OptionTarget.NONE);
        return StreamListener.open(context, kind, local, ANY_FORM);
    }

    private static SocketKind kind(OpenContext context) {
        List<String> parameters = context.parameters();
        int family = number(parameters.get(0));
        int protocol = number(parameters.get(1));
        return new SocketKind(family, Linux.SOCK_STREAM, protocol).with(context);
    }

    private static int number(String text) {
        try {
            return OptionTypes.INT.parse(Optional.of(text));
        } catch (OptionValueException wrong) {
            throw AddressException.usage("parameter \"" + text + "\": " + wrong.getMessage());
        }
    }

    private static SocketAddress address(SocketKind kind, String data) {
        byte[] bytes;
        try {
            bytes = DataNotation.parse(data);
        } catch (OptionValueException wrong) {
            throw AddressException.usage("syntax error in \"" + data + "\": " + wrong.getMessage());
        }
        if (bytes.length > SocketAddress.MAX_BYTES - 2) {
            throw AddressException.usage("data too long: \"" + data + "\"");
        }
        return new SocketAddress.Raw(kind.family(), bytes);
    }
}
