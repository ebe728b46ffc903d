package org.jsocat.plugin.openssl;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.Optional;

/**
 * Where the passphrase of a key comes from, as openssl-passphrase-options(1) writes it: {@code
 * file:NAME}, {@code env:NAME}, {@code fd:NUMBER}, {@code stdin}, or {@code pass:TEXT}, which other
 * users of the machine can see.
 *
 * @param source empty where none is given
 */
record Passphrase(Optional<String> source) {
    static final String PLAIN = "pass:";

    /** The most bytes that are read. */
    private static final int MOST = 1024;

    /** Whether other users of the machine can see it. */
    boolean isVisible() {
        return source.filter(text -> text.startsWith(PLAIN)).isPresent();
    }

    /**
     * The passphrase.
     *
     * @throws GeneralSecurityException when there is none; the message says why
     */
    char[] get() throws GeneralSecurityException {
        if (source.isEmpty()) {
            throw new Missing("it is encrypted; give its passphrase with passin=file:NAME");
        }
        String text = source.get();
        int colon = text.indexOf(':');
        String kind = colon < 0 ? text : text.substring(0, colon);
        String name = text.substring(colon + 1);
        try {
            return switch (kind) {
                case "pass" -> name.toCharArray();
                case "file" -> line(Files.newInputStream(Path.of(name)));
                case "fd" -> line(Files.newInputStream(Path.of("/proc/self/fd/" + number(name))));
                case "stdin" -> line(Files.newInputStream(Path.of("/proc/self/fd/0")));
                case "env" -> environment(name);
                default ->
                        throw new Missing(
                                "passin takes file:NAME, env:NAME, fd:NUMBER, stdin or pass:TEXT");
            };
        } catch (IOException unreadable) {
            throw new Missing(
                    "its passphrase cannot be read from "
                            + kind
                            + ":"
                            + name
                            + ": "
                            + FileProblem.text(unreadable));
        }
    }

    private static int number(String text) throws Missing {
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException malformed) {
            throw new Missing("passin=fd: takes the number of a descriptor, not " + text);
        }
    }

    private static char[] environment(String name) throws Missing {
        String value = System.getenv(name);
        if (value == null) {
            throw new Missing("its passphrase is not in the environment: " + name + " is not set");
        }
        return value.toCharArray();
    }

    private static char[] line(InputStream stream) throws IOException {
        try (stream) {
            byte[] bytes = stream.readNBytes(MOST);
            String text = new String(bytes, StandardCharsets.UTF_8);
            return text.lines().findFirst().orElse("").toCharArray();
        }
    }

    /** There is no passphrase. */
    static final class Missing extends GeneralSecurityException {
        private static final long serialVersionUID = 1L;

        Missing(String message) {
            super(message);
        }
    }
}
