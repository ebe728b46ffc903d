package org.jsocat.plugin.proxy;

import org.jsocat.spi.AddressException;
import org.jsocat.spi.Endpoint;
import org.jsocat.spi.OpenContext;
import org.jsocat.spi.posix.NativeStrings;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.util.Optional;

/**
 * Has a SOCKS5 server connect to the target, or wait for a connection.
 *
 * <p>Source: RFC 1928; RFC 1929 on user and password.
 */
final class Socks5 {
    private static final int VERSION = 5;
    private static final int CONNECT = 1;
    private static final int BIND = 2;
    private static final int NO_AUTHENTICATION = 0;
    private static final int USER_AND_PASSWORD = 2;
    private static final int NO_METHOD = 0xff;
    private static final int IPV4 = 1;
    private static final int NAME = 3;
    private static final int IPV6 = 4;
    private static final int LONGEST = 255;

    private static final String[] ERRORS = {
        "succeeded",
        "general SOCKS server failure",
        "connection not allowed by ruleset",
        "network unreachable",
        "host unreachable",
        "connection refused",
        "TTL expired",
        "command not supported",
        "address type not supported",
    };

    private final OpenContext context;
    private final int command;

    private Socks5(OpenContext context, int command) {
        this.context = context;
        this.command = command;
    }

    static Endpoint connect(OpenContext context, Endpoint inner) {
        return new Socks5(context, CONNECT).open(inner);
    }

    static Endpoint listen(OpenContext context, Endpoint inner) {
        return new Socks5(context, BIND).open(inner);
    }

    private Endpoint open(Endpoint inner) {
        try {
            Optional<Credentials> credentials = credentials();
            byte[] request = request();
            return Dialogue.hold(
                    context,
                    inner,
                    "SOCKS5",
                    dialogue -> {
                        greet(dialogue, credentials);
                        ask(dialogue, request);
                    });
        } catch (RuntimeException failure) {
            inner.close();
            throw failure;
        }
    }

    private record Credentials(byte[] user, byte[] password) {}

    private Optional<Credentials> credentials() {
        Optional<String> user = context.option(SocksOptions.USER);
        Optional<String> password = context.option(SocksOptions.PASSWORD);
        if (user.isEmpty() && password.isEmpty()) {
            return Optional.empty();
        }
        if (user.isEmpty()) {
            context.log()
                    .warn("SOCKS5 password without username, falling back to \"{}\"", "anonymous");
        }
        if (password.isEmpty()) {
            context.log().warn("SOCKS5 username without password");
        }
        return Optional.of(
                new Credentials(
                        limited("socksuser", user.orElse("anonymous")),
                        limited("sockspass", password.orElse(""))));
    }

    private static byte[] limited(String what, String text) {
        byte[] bytes = NativeStrings.encode(text);
        if (bytes.length > LONGEST) {
            throw AddressException.usage(what + " is longer than 255 bytes");
        }
        return bytes;
    }

    private void greet(Dialogue dialogue, Optional<Credentials> credentials) throws IOException {
        int methods = credentials.isPresent() ? 2 : 1;
        context.log().debug("sending SOCKS5 client hello version={} nmethods={}", VERSION, methods);
        dialogue.say(
                credentials.isPresent()
                        ? new byte[] {VERSION, 2, NO_AUTHENTICATION, USER_AND_PASSWORD}
                        : new byte[] {VERSION, 1, NO_AUTHENTICATION});
        context.log().debug("waiting for SOCKS5 server hello");
        byte[] hello =
                dialogue.hear(
                        2,
                        "read(): EOF during read of SOCKS5 server hello, peer might not be a"
                                + " SOCKS5 server");
        int method = hello[1] & 0xff;
        context.log()
                .debug(
                        "received SOCKS5 server hello version={} method={}",
                        hello[0] & 0xff,
                        method);
        checkVersion("server hello", hello[0]);
        if (method == NO_METHOD) {
            throw AddressException.retryable(
                    "SOCKS5 authentication negotiation failed - client & server have no common"
                            + " supported methods");
        }
        context.log().debug("SOCKS5 server chose authentication method {}", method);
        if (method == NO_AUTHENTICATION) {
            context.log().info("SOCKS5 session is authenticated");
            return;
        }
        if (credentials.isEmpty()) {
            throw AddressException.fatal("authentication with SOCKS5 server failed");
        }
        if (method != USER_AND_PASSWORD) {
            throw AddressException.retryable(
                    "SOCKS5 server requested unsupported auth method (" + method + ")");
        }
        authenticate(dialogue, credentials.get());
    }

    private void authenticate(Dialogue dialogue, Credentials credentials) throws IOException {
        context.log().debug("sending SOCKS5 user-pass authentication");
        ByteArrayOutputStream request = new ByteArrayOutputStream();
        request.write(1);
        request.write(credentials.user.length);
        request.writeBytes(credentials.user);
        request.write(credentials.password.length);
        request.writeBytes(credentials.password);
        dialogue.say(request.toByteArray());
        context.log().debug("SOCKS5: waiting for authentication result");
        byte[] result = dialogue.hear(2, "reading SOCKS5 authentication result failed: EOF");
        if (result[1] != 0) {
            throw AddressException.fatal(
                    "SOCKS5 authentication for user \""
                            + NativeStrings.decode(credentials.user)
                            + "\" failed");
        }
        context.log().info("SOCKS5 authentication succeeded");
    }

    private byte[] request() {
        String host = context.parameters().get(0);
        int port = Dialogue.port(context, context.parameters().get(1));
        ByteArrayOutputStream request = new ByteArrayOutputStream();
        request.write(VERSION);
        request.write(command);
        request.write(0);
        Optional<byte[]> address = address(host);
        if (address.isPresent()) {
            request.write(address.get().length == 4 ? IPV4 : IPV6);
            request.writeBytes(address.get());
        } else {
            byte[] name = NativeStrings.encode(host);
            if (name.length > LONGEST) {
                throw AddressException.usage("target hostname too long (>255 bytes), aborting");
            }
            request.write(NAME);
            request.write(name.length);
            request.writeBytes(name);
        }
        request.write(port >> 8);
        request.write(port);
        return request.toByteArray();
    }

    /** The bytes of a numeric address, in brackets or not. */
    private static Optional<byte[]> address(String host) {
        String literal =
                host.startsWith("[") && host.endsWith("]")
                        ? host.substring(1, host.length() - 1)
                        : host;
        boolean numeric = literal.indexOf(':') >= 0 || literal.matches("[0-9]+(\\.[0-9]+){3}");
        if (!numeric) {
            return Optional.empty();
        }
        try {
            return Optional.of(InetAddress.ofLiteral(literal).getAddress());
        } catch (IllegalArgumentException name) {
            return Optional.empty();
        }
    }

    private void ask(Dialogue dialogue, byte[] request) throws IOException {
        context.log()
                .debug(
                        "sending SOCKS5 request version={} command={} reserved={} address_type={}",
                        VERSION,
                        command,
                        0,
                        request[3]);
        dialogue.say(request);
        int status = reply(dialogue, "");
        if (status == 0 && command == BIND) {
            context.log().info("listening on remote host, waiting for connection");
            status = reply(dialogue, "second ");
            context.log().info("received connection on remote host");
        }
        if (status != 0) {
            throw AddressException.retryable(
                    "SOCKS5 server error "
                            + status
                            + ": "
                            + (status < ERRORS.length ? ERRORS[status] : "unknown error"));
        }
    }

    /** Reads a reply, not a byte more: what follows is data. */
    private int reply(Dialogue dialogue, String which) throws IOException {
        context.log().debug("reading SOCKS5 reply");
        String atEnd = "read(): EOF during read of SOCKS5 reply";
        byte[] head = dialogue.hear(5, atEnd);
        int type = head[3] & 0xff;
        int rest =
                switch (type) {
                    case IPV4 -> 3 + 2;
                    case IPV6 -> 15 + 2;
                    case NAME -> (head[4] & 0xff) + 2;
                    default ->
                            throw AddressException.retryable(
                                    "invalid SOCKS5 reply address type (" + type + ")");
                };
        dialogue.hear(rest, atEnd);
        context.log()
                .debug(
                        "received {}SOCKS5 reply version={} reply={} address_type={}",
                        which,
                        head[0] & 0xff,
                        head[1] & 0xff,
                        type);
        checkVersion("reply", head[0]);
        return head[1] & 0xff;
    }

    private static void checkVersion(String where, byte version) {
        if (version != VERSION) {
            throw AddressException.retryable(
                    "SOCKS5 "
                            + where
                            + " version was "
                            + (version & 0xff)
                            + ", not the expected "
                            + VERSION
                            + ", peer might not be a SOCKS5 server");
        }
    }
}
