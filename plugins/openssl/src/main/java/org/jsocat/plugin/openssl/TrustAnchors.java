package org.jsocat.plugin.openssl;

import org.jsocat.spi.AddressException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The certificates that are trusted. A file is read at once, so that what is wrong with it is told
 * at the start; folders and the system's are read when a peer is checked for the first time.
 */
final class TrustAnchors {
    /** The system's files, in the order in which they are looked for. */
    private static final List<String> SYSTEM_FILES =
            List.of(
                    "/etc/ssl/certs/ca-certificates.crt",
                    "/etc/pki/tls/certs/ca-bundle.crt",
                    "/etc/ssl/ca-bundle.pem",
                    "/etc/ssl/cert.pem");

    private static final Pattern HASHED = Pattern.compile("[0-9a-f]{8}\\.\\d+");

    private final Set<X509Certificate> fromFile;
    private final Optional<Path> folder;
    private final boolean system;
    private Set<X509Certificate> all;

    private TrustAnchors(Set<X509Certificate> fromFile, Optional<Path> folder, boolean system) {
        this.fromFile = fromFile;
        this.folder = folder;
        this.system = system;
    }

    /**
     * Those of the options cafile and capath; the system's where neither is given.
     *
     * @param bytes what was read of the cafile
     * @throws AddressException when a file cannot be read
     */
    static TrustAnchors of(
            Optional<String> cafile, Optional<byte[]> bytes, Optional<String> capath) {
        Set<X509Certificate> fromFile = new LinkedHashSet<>();
        if (cafile.isPresent()) {
            String file = cafile.get();
            fromFile.addAll(Identity.certificates("cafile", file, bytes.orElseThrow()));
            if (fromFile.isEmpty()) {
                throw Identity.problem("cafile", file, "has no certificate");
            }
        }
        capath.ifPresent(TrustAnchors::checkFolder);
        return new TrustAnchors(
                fromFile, capath.map(Path::of), cafile.isEmpty() && capath.isEmpty());
    }

    /**
     * Checks what the option capath names.
     *
     * @throws AddressException when it is no folder
     */
    static void checkFolder(String capath) {
        if (!Files.isDirectory(Path.of(capath))) {
            throw Identity.problem(
                    "capath",
                    capath,
                    Files.exists(Path.of(capath))
                            ? "is not a folder; for a file, give cafile=" + capath
                            : "No such file or directory");
        }
    }

    /** Where they come from, for messages. */
    String source() {
        return system
                ? "the system's certificate store"
                : Stream.of(fromFile.isEmpty() ? "" : "cafile", folder.isPresent() ? "capath" : "")
                        .filter(name -> !name.isEmpty())
                        .reduce((first, second) -> first + " and " + second)
                        .orElseThrow();
    }

    /** Whether they are the system's. */
    boolean areSystems() {
        return system;
    }

    /**
     * All of them.
     *
     * @throws AddressException when a file cannot be read
     */
    synchronized Set<X509Certificate> all() {
        if (all == null) {
            Set<X509Certificate> read = new LinkedHashSet<>(fromFile);
            folder.ifPresent(place -> read.addAll(hashed(place)));
            if (system) {
                read.addAll(systems());
            }
            all = read;
        }
        return all;
    }

    private static List<X509Certificate> hashed(Path folder) {
        List<X509Certificate> found = new ArrayList<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.sorted().toList()) {
                if (HASHED.matcher(file.getFileName().toString()).matches()) {
                    String name = file.toString();
                    found.addAll(
                            Identity.certificates("capath", name, Identity.read("capath", name)));
                }
            }
        } catch (IOException unreadable) {
            throw Identity.problem("capath", folder.toString(), FileProblem.text(unreadable));
        }
        return found;
    }

    /** As OpenSSL: the variables SSL_CERT_FILE and SSL_CERT_DIR, or what the system has. */
    private static List<X509Certificate> systems() {
        String file = System.getenv("SSL_CERT_FILE");
        String place = System.getenv("SSL_CERT_DIR");
        if (place != null && file == null) {
            return hashed(Path.of(place));
        }
        Optional<String> chosen =
                file != null
                        ? Optional.of(file)
                        : SYSTEM_FILES.stream()
                                .filter(name -> Files.isReadable(Path.of(name)))
                                .findFirst();
        return chosen.map(
                        name ->
                                Identity.certificates(
                                        "cafile", name, Identity.read("cafile", name)))
                .orElse(List.of());
    }
}
