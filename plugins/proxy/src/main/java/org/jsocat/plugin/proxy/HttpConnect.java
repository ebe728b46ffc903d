package org.jsocat.plugin.proxy;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import org.jsocat.spi.AddressException;
import org.jsocat.spi.Endpoint;
import org.jsocat.spi.OpenContext;
import org.jsocat.spi.StageOpener;
import org.jsocat.spi.posix.Errno;
import org.jsocat.spi.posix.NativeStrings;
import org.jsocat.spi.posix.PosixException;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Has an HTTP proxy connect to the target.
 *
 * <p>Source: RFC 9110, section 9.3.6; RFC 7617 on the credentials.
 */
final class HttpConnect implements StageOpener {
    /** What a line of the answer may have at most, bytes. */
    private static final int LONGEST_LINE = 2048;

    /** What all of the answer may have at most, bytes: a proxy that never ends is none. */
    private static final int LONGEST_ANSWER = 64 * 1024;

    private static final int ROOM = 4096;

    /** Told once: an address may be opened again and again. */
    private static final AtomicBoolean SHOWN = new AtomicBoolean();

    @Override
    public void prepare(OpenContext context) {
        credentials(context);
        if (context.has(HttpOptions.AUTHORIZATION) && SHOWN.compareAndSet(false, true)) {
            context.log()
                    .warn(
                            "the list of processes shows the value of proxy-authorization;"
                                    + " proxy-authorization-file keeps it");
        }
    }

    @Override
    public Endpoint open(OpenContext context, Endpoint inner) {
        try {
            String host = context.parameters().get(0);
            int port = Dialogue.port(context, context.parameters().get(1));
            String target = address(context, host) + ":" + port;
            Optional<byte[]> credentials = credentials(context);
            boolean lineFeeds = context.flag(HttpOptions.IGNORE_CR);
            String version = context.option(HttpOptions.VERSION).orElse("1.0");
            return Dialogue.hold(
                    context,
                    inner,
                    "proxy_connect",
                    dialogue -> {
                        ask(context, dialogue, target, version, credentials);
                        new Answer(context, dialogue, "CONNECT " + target, lineFeeds).read();
                    });
        } catch (RuntimeException failure) {
            inner.close();
            throw failure;
        }
    }

    /**
     * What the proxy is told: the name, or the address where that is asked for and there is one.
     */
    private static String address(OpenContext context, String host) {
        if (!context.flag(HttpOptions.RESOLVE)) {
            return host;
        }
        try {
            byte[] address = Dialogue.resolve(context, host, Optional.empty()).address();
            StringBuilder text = new StringBuilder();
            for (byte part : address) {
                text.append(text.isEmpty() ? "" : ".").append(part & 0xff);
            }
            return text.toString();
        } catch (AddressException unknown) {
            context.log().debug(unknown.getMessage());
            return host;
        }
    }

    private static Optional<byte[]> credentials(OpenContext context) {
        Optional<String> given = context.option(HttpOptions.AUTHORIZATION);
        Optional<String> file = context.option(HttpOptions.AUTHORIZATION_FILE);
        if (given.isPresent() && file.isPresent()) {
            throw AddressException.usage(
                    "Only one of options proxy-authorization and proxy-authorization-file allowed");
        }
        return file.isPresent()
                ? Optional.of(content(file.get()))
                : given.map(NativeStrings::encode);
    }

    /** The file's bytes, but for the end of its line. */
    private static byte[] content(String file) {
        try {
            byte[] bytes = Files.readAllBytes(Path.of(file));
            int length = bytes.length;
            while (length > 0 && (bytes[length - 1] == '\n' || bytes[length - 1] == '\r')) {
                length--;
            }
            return Arrays.copyOf(bytes, length);
        } catch (NoSuchFileException missing) {
            throw new PosixException(Errno.ENOENT, "open(\"" + file + "\", O_RDONLY)");
        } catch (IOException failure) {
            throw AddressException.fatal(
                    "open(\"" + file + "\", O_RDONLY): " + failure.getMessage());
        }
    }

    private static void ask(
            OpenContext context,
            Dialogue dialogue,
            String target,
            String version,
            Optional<byte[]> credentials)
            throws IOException {
        String line = "CONNECT " + target + " HTTP/" + version + "\r\n";
        context.log().debug("sending \"{}\"", shown(line));
        ByteArrayOutputStream request = new ByteArrayOutputStream();
        request.writeBytes(NativeStrings.encode(line));
        if (credentials.isPresent()) {
            String header = "Proxy-authorization: Basic ";
            context.log().debug("sending \"{}***\\r\\n\"", header);
            request.writeBytes(header.getBytes(ISO_8859_1));
            request.writeBytes(Base64.getEncoder().encode(credentials.get()));
            request.writeBytes("\r\n".getBytes(ISO_8859_1));
        }
        context.log().debug("sending \"\\r\\n\"");
        request.writeBytes("\r\n".getBytes(ISO_8859_1));
        dialogue.say(request.toByteArray());
    }

    /** A text with what is no character to print as C writes it. */
    private static String shown(String text) {
        StringBuilder shown = new StringBuilder(text.length() + 8);
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '\r' -> shown.append("\\r");
                case '\n' -> shown.append("\\n");
                case '\t' -> shown.append("\\t");
                default -> {
                    if (c < ' ' || c > '~') {
                        shown.append(String.format("\\x%02x", (int) c & 0xff));
                    } else {
                        shown.append(c);
                    }
                }
            }
        }
        return shown.toString();
    }

    /** The status line and the header of an answer. */
    private static final class Answer {
        private final OpenContext context;
        private final Dialogue dialogue;
        private final String request;
        private final boolean lineFeeds;
        private final StringBuilder line = new StringBuilder(128);
        private boolean statusRead;
        private int total;

        Answer(OpenContext context, Dialogue dialogue, String request, boolean lineFeeds) {
            this.context = context;
            this.dialogue = dialogue;
            this.request = request;
            this.lineFeeds = lineFeeds;
        }

        void read() throws IOException {
            ByteBuffer bytes = ByteBuffer.allocate(ROOM);
            while (true) {
                bytes.clear();
                if (dialogue.hearSome(bytes) < 0) {
                    throw AddressException.retryable("proxy_connect: connection closed by proxy");
                }
                bytes.flip();
                while (bytes.hasRemaining()) {
                    if (take((char) (bytes.get() & 0xff))) {
                        dialogue.giveBack(bytes);
                        return;
                    }
                }
            }
        }

        /** Takes a byte; whether the answer is complete. */
        private boolean take(char next) {
            line.append(next);
            if (line.length() >= LONGEST_LINE || ++total >= LONGEST_ANSWER) {
                throw AddressException.fatal(
                        "proxy answer exceeds "
                                + (line.length() >= LONGEST_LINE ? LONGEST_LINE : LONGEST_ANSWER)
                                + " bytes, aborting");
            }
            int length = line.length();
            boolean ends =
                    next == '\n' && (lineFeeds || (length > 1 && line.charAt(length - 2) == '\r'));
            if (!ends) {
                return false;
            }
            String whole = line.toString();
            line.setLength(0);
            String text = whole.substring(0, whole.length() - 1);
            while (text.endsWith("\r")) {
                text = text.substring(0, text.length() - 1);
            }
            if (!statusRead) {
                statusRead = true;
                status(whole, text);
                return false;
            }
            if (text.isEmpty()) {
                return true;
            }
            context.log().debug("proxy_connect: received header \"{}\"", shown(whole));
            return false;
        }

        private void status(String whole, String text) {
            context.log().debug("proxy_connect: received answer \"{}\"", shown(whole));
            if (!text.startsWith("HTTP/1.0 ") && !text.startsWith("HTTP/1.1 ")) {
                throw AddressException.retryable("proxy: invalid answer \"" + shown(text) + "\"");
            }
            String status = text.substring("HTTP/1.x ".length()).stripLeading();
            if (!status.startsWith("200")) {
                String reason = status.length() > 3 ? status.substring(3).stripLeading() : status;
                throw AddressException.retryable(request + ": " + shown(reason));
            }
        }
    }
}
