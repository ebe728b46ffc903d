package org.jsocat.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Certificates with their keys, one file each, made by openssl(1) when first asked for. */
final class Certificate {
    private static final List<String> RSA = List.of("rsa:2048");
    private static final List<String> ECDSA = List.of("ec", "-pkeyopt", "ec_paramgen_curve:P-256");

    private Certificate() {}

    /** The file for a kind of TLS. */
    static Path of(Link link, Path folder) {
        Path file = folder.resolve(link + ".pem");
        if (Files.notExists(file)) {
            make(link == Link.RSA ? RSA : ECDSA, folder.resolve(link + ".key"), file);
        }
        return file;
    }

    private static void make(List<String> kind, Path key, Path file) {
        List<String> command = new ArrayList<>(List.of("openssl", "req", "-x509", "-newkey"));
        command.addAll(kind);
        command.addAll(List.of("-nodes", "-days", "30", "-subj", "/CN=localhost", "-keyout"));
        command.addAll(List.of(key.toString(), "-out", file.toString()));
        try {
            Process process =
                    new ProcessBuilder(command)
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start();
            if (process.waitFor() != 0) {
                throw new IllegalStateException("openssl made no certificate: " + command);
            }
            Files.writeString(file, Files.readString(file) + Files.readString(key));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
    }
}
