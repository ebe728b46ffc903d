package org.jsocat.plugin.inet;

import org.jsocat.plugin.socket.SocketKind;
import org.jsocat.spi.AddressException;
import org.jsocat.spi.IpVersion;
import org.jsocat.spi.NestedLexer;
import org.jsocat.spi.OpenContext;
import org.jsocat.spi.Settings;
import org.jsocat.spi.posix.Linux;
import org.jsocat.spi.posix.NameService;
import org.jsocat.spi.posix.SocketAddress;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Resolves the hosts and services that one address names, in the way that its options ({@code
 * ai-*}, {@code res-*}) and the command line ({@code -4}, {@code -6}) ask for. Numeric ones never
 * reach a name server, nor libc.
 *
 * <p>Blocks while names are looked up.
 *
 * @since 1.0
 */
public final class InetAddresses {
    private static final NestedLexer.Syntax HOST = NestedLexer.Syntax.bracketed(":");

    private final OpenContext context;
    private final int flagsSet;
    private final int flagsCleared;
    private final NameService.Settings resolver;

    /** A part of an address: host and service, either of which may be missing. */
    public record HostAndService(Optional<String> host, Optional<String> service) {}

    private InetAddresses(OpenContext context) {
        this.context = context;
        ResolverOptions.Flags flags = ResolverOptions.flags(context);
        flagsSet = flags.set();
        flagsCleared = flags.cleared();
        resolver = ResolverOptions.settings(context);
    }

    /** Resolution as the options of this address ask for. */
    public static InetAddresses of(OpenContext context) {
        return new InetAddresses(context);
    }

    /**
     * All addresses of a peer, in the order in which they are to be tried.
     *
     * @throws AddressException when there are none; retryable where a name server may answer later
     */
    public List<SocketAddress> all(String host, String service, SocketKind kind) {
        NameService.Answer answer = ask(Optional.of(host), Optional.of(service), kind, 0);
        if (answer.error() != 0) {
            throw failure(
                    "_xioopen_ipapp_prepare(node=\""
                            + host
                            + "\", service=\""
                            + service
                            + "\", pf="
                            + kind.family()
                            + ", ...): ",
                    answer);
        }
        return kind.family() == Linux.AF_UNSPEC
                ? preferred(answer.addresses())
                : answer.addresses();
    }

    /** The addresses that an option bind names: a host, a port behind a colon, or both. */
    public List<SocketAddress> bind(String text, SocketKind kind) {
        HostAndService parts = split(text);
        NameService.Answer answer = ask(parts.host(), parts.service(), kind, passive());
        if (answer.error() != 0) {
            throw AddressException.fatal(
                    "error resolving bind option \"" + text + "\" with af=" + kind.family());
        }
        return kind.family() == Linux.AF_UNSPEC
                ? preferred(answer.addresses())
                : answer.addresses();
    }

    /**
     * The one address to listen on; where the version is open, one of IPv6 first, which may take
     * IPv4 too.
     *
     * @throws AddressException when there is none
     */
    public SocketAddress listening(Optional<String> host, String service, SocketKind kind) {
        SocketAddress address = one(host, Optional.of(service), kind, passive());
        return address;
    }

    /**
     * The one address of a peer that is not connected to; where the version is open, the one that
     * the command line prefers.
     *
     * @param service empty where the protocol has no ports
     * @throws AddressException when there is none
     */
    public SocketAddress peer(String host, Optional<String> service, SocketKind kind) {
        return one(Optional.of(host), service, kind, 0);
    }

    /**
     * The one address of a host, port 0.
     *
     * @throws AddressException when there is none
     */
    public SocketAddress host(String host, int family) {
        return one(Optional.of(host), Optional.empty(), new SocketKind(family, 0, 0), 0);
    }

    private int passive() {
        return (flagsCleared & NameService.AI_PASSIVE) == 0 ? NameService.AI_PASSIVE : 0;
    }

    private SocketAddress one(
            Optional<String> host, Optional<String> service, SocketKind kind, int flags) {
        NameService.Answer answer = ask(host, service, kind, flags);
        if (answer.error() != 0) {
            String node = host.map(name -> name).orElse("NULL");
            throw failure(
                    "xioresolve(node=\"" + node + "\", pf=" + kind.family() + ", ...): ", answer);
        }
        List<SocketAddress> addresses = answer.addresses();
        if (addresses.size() > 1 && context.log().isDebugEnabled()) {
            context.log()
                    .debug(
                            "xioresolve(node=\"{}\", service={}, ...): More than one address found",
                            host.orElse("NULL"),
                            service.map(name -> "\"" + name + "\"").orElse("NULL"));
        }
        if (kind.family() == Linux.AF_UNSPEC) {
            int wanted =
                    (flags & NameService.AI_PASSIVE) != 0
                            ? Linux.AF_INET6
                            : family(context.settings().resolveVersion());
            for (SocketAddress address : addresses) {
                if (address.family() == wanted) {
                    return address;
                }
            }
            return preferred(addresses).getFirst();
        }
        return addresses.getFirst();
    }

    /** The address of a host that is written as one, with a port that is a number. */
    Optional<SocketAddress> numeric(String host, String service, SocketKind kind) {
        if (service.isEmpty()) {
            return Optional.empty();
        }
        boolean brackets = host.startsWith("[") && host.endsWith("]");
        String node = brackets ? host.substring(1, host.length() - 1) : host;
        int family = brackets && kind.family() == 0 ? Linux.AF_INET6 : kind.family();
        int hints = NameService.AI_NUMERICHOST | flagsSet;
        return NumericAddress.of(
                Optional.of(node), Optional.of(service), family, hints & ~flagsCleared);
    }

    private NameService.Answer ask(
            Optional<String> host, Optional<String> service, SocketKind kind, int flags) {
        if (service.isPresent() && service.get().isEmpty()) {
            throw AddressException.usage("empty port and service");
        }
        Optional<String> node = host;
        int family = kind.family();
        int hints = family == Linux.AF_UNSPEC ? NameService.AI_ADDRCONFIG : 0;
        if (host.isPresent() && host.get().startsWith("[") && host.get().endsWith("]")) {
            node = Optional.of(host.get().substring(1, host.get().length() - 1));
            hints = NameService.AI_NUMERICHOST;
            family = family == Linux.AF_UNSPEC ? Linux.AF_INET6 : family;
        }
        hints = (hints | flags | flagsSet) & ~flagsCleared;
        Optional<SocketAddress> numeric = NumericAddress.of(node, service, family, hints);
        if (numeric.isPresent()) {
            return new NameService.Answer(0, 0, List.of(numeric.get()));
        }
        NameService.Answer answer = asked(node, service, kind.in(family), hints);
        if (answer.error() != 0) {
            String message =
                    "getaddrinfo(\""
                            + node.orElse("NULL")
                            + "\", \""
                            + service.orElse("NULL")
                            + "\", {0x"
                            + String.format("%02x", hints)
                            + ","
                            + family
                            + ","
                            + kind.type()
                            + ",";
            if (answer.error() == NameService.EAI_SERVICE) {
                throw AddressException.fatal(message + "0}, {}): " + answer.text());
            }
            context.log().warn(message + kind.protocol() + "}, {}): " + answer.text());
        } else if (context.log().isTraceEnabled()) {
            answer.addresses()
                    .forEach(
                            address ->
                                    context.log()
                                            .trace("getaddrinfo() -> addr={}", address.text()));
        }
        return answer;
    }

    /** Asks libc; some versions know neither SCTP nor UDP-Lite as protocols of services. */
    private NameService.Answer asked(
            Optional<String> host, Optional<String> service, SocketKind kind, int hints) {
        NameService.Answer answer =
                NameService.addresses(
                        host,
                        service,
                        hints,
                        kind.family(),
                        kind.type(),
                        kind.protocol(),
                        resolver);
        if (answer.error() == NameService.EAI_SOCKTYPE && kind.type() != 0) {
            return asked(host, service, new SocketKind(kind.family(), 0, kind.protocol()), hints);
        }
        if (answer.error() == NameService.EAI_SERVICE && kind.protocol() != 0) {
            return asked(host, service, new SocketKind(kind.family(), kind.type(), 0), hints);
        }
        return answer;
    }

    private static AddressException failure(String what, NameService.Answer answer) {
        String message = what + answer.text();
        return answer.error() == NameService.EAI_AGAIN
                ? AddressException.retryable(message)
                : AddressException.fatal(message);
    }

    /** Puts the version first that {@code -4} or {@code -6} prefers. */
    private List<SocketAddress> preferred(List<SocketAddress> addresses) {
        int family = family(context.settings().resolveVersion());
        if (family == Linux.AF_UNSPEC || addresses.size() < 2) {
            return addresses;
        }
        List<SocketAddress> sorted = new ArrayList<>(addresses.size());
        addresses.stream().filter(address -> address.family() == family).forEach(sorted::add);
        addresses.stream().filter(address -> address.family() != family).forEach(sorted::add);
        return sorted;
    }

    /** The family of a version of IP. */
    static int family(IpVersion version) {
        return switch (version) {
            case ANY -> Linux.AF_UNSPEC;
            case IPV4 -> Linux.AF_INET;
            case IPV6 -> Linux.AF_INET6;
        };
    }

    /**
     * The kind for a listener: where the address leaves the version open, {@link
     * Settings#listenVersion()}.
     */
    public static SocketKind listening(SocketKind kind, OpenContext context) {
        return kind.family() == Linux.AF_UNSPEC
                ? kind.in(family(context.settings().listenVersion()))
                : kind;
    }

    /** Cuts {@code host:service}, {@code [::1]:service}, {@code host} or {@code :service}. */
    public static HostAndService split(String text) {
        NestedLexer.Token host = NestedLexer.read(text, 0, HOST);
        if (!host.closed()) {
            throw AddressException.usage("syntax error in \"" + text + "\"");
        }
        Optional<String> service =
                host.end() < text.length()
                        ? Optional.of(text.substring(host.end() + 1))
                        : Optional.empty();
        return new HostAndService(
                host.value().isEmpty() ? Optional.empty() : Optional.of(host.value()), service);
    }
}
