package org.jsocat.plugin.generic;

import org.jsocat.plugin.inet.PeerRules;
import org.jsocat.plugin.socket.SocketKind;
import org.jsocat.plugin.socket.SocketOpening;
import org.jsocat.plugin.socket.SocketOptions;
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
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A socket of any family: the numbers of family and protocol, and the data of the address behind
 * the family, come from the command line.
 */
final class GenericSocket {
    private static final int ANY_FORM = 0;

    /** Decimal, hexadecimal or octal, as strtoul(3) reads it. */
    private static final Pattern NUMBER = Pattern.compile("0[xX][0-9a-fA-F]+|0[0-7]*|[1-9][0-9]*");

    private GenericSocket() {}

    /** Opens {@code SOCKET-CONNECT:domain:protocol:remote-address}. */
    static Endpoint connect(OpenContext context) {
        SocketKind kind = kind(context);
        context.apply(Phase.EARLY, OptionTarget.NONE);
        SocketAddress peer = address(kind, context.parameters().get(2));
        Optional<SocketAddress> local =
                context.option(SocketOptions.BIND).map(data -> address(kind, data));
        context.log().info("opening connection to {}", peer.text());
        SocketOpening opening = SocketOpening.of(context, kind).from(local);
        return SocketOpening.endpoint(context, kind, opening.connect(peer));
    }

    /** Opens {@code SOCKET-LISTEN:domain:protocol:local-address}. */
    static Listener listen(OpenContext context) {
        SocketKind kind = kind(context);
        SocketAddress local = address(kind, context.parameters().get(2));
        context.apply(Phase.EARLY, OptionTarget.NONE);
        return StreamListener.open(context, kind, local, PeerRules.of(context, ANY_FORM));
    }

    private static SocketKind kind(OpenContext context) {
        List<String> parameters = context.parameters();
        int family = number(context, parameters.get(0));
        int protocol = number(context, parameters.get(1));
        return new SocketKind(family, Linux.SOCK_STREAM, protocol).with(context);
    }

    /** What the parameters of an address of packets say: domain, type and protocol. */
    static SocketKind packetKind(OpenContext context) {
        List<String> parameters = context.parameters();
        int family = number(context, parameters.get(0));
        int type = number(context, parameters.get(1));
        int protocol = number(context, parameters.get(2));
        return new SocketKind(family, type, protocol).with(context);
    }

    /**
     * The number at the start of a parameter; what follows is only worth a warning, as in the
     * reference.
     */
    private static int number(OpenContext context, String text) {
        Matcher number = NUMBER.matcher(text);
        int end = number.lookingAt() ? number.end() : 0;
        if (end < text.length() || text.isEmpty()) {
            context.log().warn("garbage in parameter: \"{}\"", text.substring(end));
        }
        try {
            return end == 0 ? 0 : OptionTypes.INT.parse(Optional.of(text.substring(0, end)));
        } catch (OptionValueException wrong) {
            throw AddressException.usage("parameter \"" + text + "\": " + wrong.getMessage());
        }
    }

    static SocketAddress address(SocketKind kind, String data) {
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
