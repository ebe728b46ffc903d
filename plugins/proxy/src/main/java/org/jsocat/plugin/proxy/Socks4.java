package org.jsocat.plugin.proxy;

import org.jsocat.spi.AddressException;
import org.jsocat.spi.Endpoint;
import org.jsocat.spi.OpenContext;
import org.jsocat.spi.posix.NativeStrings;

import java.io.ByteArrayOutputStream;
import java.util.Map;
import java.util.Optional;

/**
 * Has a SOCKS4 server connect to the target.
 *
 * <p>Source: "SOCKS: A protocol for TCP proxy across firewalls" and "SOCKS 4A", by Ying-Da Lee.
 */
final class Socks4 {
    private static final int VERSION = 4;
    private static final int CONNECT = 1;
    private static final int GRANTED = 90;
    private static final int REPLY_BYTES = 8;

    /** An address that says: the name of the host follows. */
    private static final byte[] BY_NAME = {0, 0, 0, 1};

    private Socks4() {}

    /**
     * Opens the stage.
     *
     * @param serverResolves whether the server looks the target up
     */
    static Endpoint open(OpenContext context, Endpoint inner, boolean serverResolves) {
        try {
            byte[] request = request(context, serverResolves);
            return Dialogue.hold(
                    context,
                    inner,
                    "socks",
                    dialogue -> {
                        dialogue.say(request);
                        context.log().debug("waiting for socks reply");
                        reply(
                                context,
                                dialogue.hear(
                                        REPLY_BYTES,
                                        "read(): EOF during read of socks reply, peer might not be"
                                                + " a socks4 server"));
                    });
        } catch (RuntimeException failure) {
            inner.close();
            throw failure;
        }
    }

    private static byte[] request(OpenContext context, boolean serverResolves) {
        String host = context.parameters().get(0);
        int port = Dialogue.port(context, context.parameters().get(1));
        String user = user(context);
        byte[] address =
                serverResolves
                        ? BY_NAME
                        : Dialogue.resolve(context, host, Optional.empty()).address();
        context.log()
                .debug(
                        "sending socks4{} request VN={} DC={} DSTPORT={} DSTIP={} USERID={}{}",
                        serverResolves ? "a" : "",
                        VERSION,
                        CONNECT,
                        port,
                        text(address, 0),
                        user,
                        serverResolves ? " DESTNAME=" + host : "");
        ByteArrayOutputStream request = new ByteArrayOutputStream();
        request.write(VERSION);
        request.write(CONNECT);
        request.write(port >> 8);
        request.write(port);
        request.writeBytes(address);
        request.writeBytes(NativeStrings.encode(user));
        request.write(0);
        if (serverResolves) {
            request.writeBytes(NativeStrings.encode(host));
            request.write(0);
        }
        return request.toByteArray();
    }

    private static String user(OpenContext context) {
        Optional<String> given = context.option(SocksOptions.USER);
        if (given.isPresent()) {
            return given.get();
        }
        Map<String, String> environment = context.environment();
        return environment.getOrDefault("LOGNAME", environment.getOrDefault("USER", "anonymous"));
    }

    private static void reply(OpenContext context, byte[] reply) {
        int status = reply[1] & 0xff;
        context.log()
                .debug(
                        "received socks reply VN={} CD={} DSTPORT={} DSTIP={}",
                        reply[0] & 0xff,
                        status,
                        (reply[2] & 0xff) << 8 | (reply[3] & 0xff),
                        text(reply, 4));
        if (reply[0] != 0) {
            context.log().warn("socks: reply code version is not 0 ({})", reply[0] & 0xff);
        }
        switch (status) {
            case GRANTED -> context.log().info("successfully connected via socks4");
            case GRANTED + 1 -> refuse("connect request rejected or failed");
            case GRANTED + 2 -> refuse("ident refused by client");
            case GRANTED + 3 -> refuse("ident failed");
            default -> refuse("undefined status " + status);
        }
    }

    private static void refuse(String reason) {
        throw AddressException.retryable("socks: " + reason);
    }

    private static String text(byte[] bytes, int from) {
        return (bytes[from] & 0xff)
                + "."
                + (bytes[from + 1] & 0xff)
                + "."
                + (bytes[from + 2] & 0xff)
                + "."
                + (bytes[from + 3] & 0xff);
    }
}
