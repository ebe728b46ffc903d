package org.jsocat.plugin.openssl;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/**
 * The blocks of a PEM file (RFC 7468), whatever stands between them.
 *
 * @param blocks in their order
 */
record Pem(List<Block> blocks) {
    /** No file of keys or certificates is larger. */
    private static final int MOST = 16 << 20;

    private static final String BEGIN = "-----BEGIN ";
    private static final String END = "-----END ";
    private static final String DASHES = "-----";

    /**
     * One block.
     *
     * @param label what stands behind BEGIN
     * @param headers the lines before the empty one, as in {@code Proc-Type: 4,ENCRYPTED}
     * @param content decoded
     * @param text the whole block as it stands in the file
     */
    record Block(String label, List<String> headers, byte[] content, String text) {
        boolean isCertificate() {
            return label.equals("CERTIFICATE")
                    || label.equals("X509 CERTIFICATE")
                    || label.equals("TRUSTED CERTIFICATE");
        }

        boolean isPrivateKey() {
            return label.endsWith("PRIVATE KEY");
        }
    }

    /**
     * Reads a file.
     *
     * @throws IOException when it cannot be read, or a block in it is broken; the message says what
     *     is wrong, without the name
     */
    static byte[] bytes(Path file) throws IOException {
        if (Files.isDirectory(file)) {
            throw new IOException("is a directory");
        }
        try (var input = Files.newInputStream(file)) {
            byte[] bytes = input.readNBytes(MOST + 1);
            if (bytes.length > MOST) {
                throw new IOException("is larger than any file of keys");
            }
            return bytes;
        }
    }

    /**
     * Finds the blocks in a text.
     *
     * @throws IOException when one is broken
     */
    static Pem parse(byte[] bytes) throws IOException {
        List<Block> blocks = new ArrayList<>();
        String[] lines = new String(bytes, StandardCharsets.ISO_8859_1).split("\r?\n", -1);
        for (int i = 0; i < lines.length; i++) {
            String line = lines[i].strip();
            if (line.startsWith(BEGIN) && line.endsWith(DASHES)) {
                String label = line.substring(BEGIN.length(), line.length() - DASHES.length());
                int last = end(lines, i, label);
                blocks.add(block(label, lines, i, last));
                i = last;
            }
        }
        return new Pem(blocks);
    }

    private static int end(String[] lines, int begin, String label) throws IOException {
        for (int i = begin + 1; i < lines.length; i++) {
            if (lines[i].strip().equals(END + label + DASHES)) {
                return i;
            }
        }
        throw new IOException("line " + (begin + 1) + ": the block " + label + " has no end");
    }

    private static Block block(String label, String[] lines, int begin, int end)
            throws IOException {
        int body = begin + 1;
        List<String> headers = new ArrayList<>();
        while (body < end && lines[body].contains(":")) {
            headers.add(lines[body++].strip());
        }
        StringBuilder base64 = new StringBuilder();
        StringBuilder text = new StringBuilder();
        for (int i = begin; i <= end; i++) {
            text.append(lines[i]).append('\n');
            if (i >= body && i < end) {
                base64.append(lines[i].strip());
            }
        }
        try {
            return new Block(
                    label, headers, Base64.getDecoder().decode(base64.toString()), text.toString());
        } catch (IllegalArgumentException broken) {
            throw new IOException(
                    "line " + (begin + 1) + ": the block " + label + " is broken", broken);
        }
    }
}
