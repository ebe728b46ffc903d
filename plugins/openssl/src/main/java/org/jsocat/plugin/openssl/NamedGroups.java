package org.jsocat.plugin.openssl;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The groups of key exchanges: the names that OpenSSL has, and those that Java has. */
final class NamedGroups {
    private static final Map<String, String> JAVA_NAMES =
            Map.ofEntries(
                    Map.entry("p-256", "secp256r1"),
                    Map.entry("prime256v1", "secp256r1"),
                    Map.entry("secp256r1", "secp256r1"),
                    Map.entry("p-384", "secp384r1"),
                    Map.entry("secp384r1", "secp384r1"),
                    Map.entry("p-521", "secp521r1"),
                    Map.entry("secp521r1", "secp521r1"),
                    Map.entry("x25519", "x25519"),
                    Map.entry("x448", "x448"),
                    Map.entry("ffdhe2048", "ffdhe2048"),
                    Map.entry("ffdhe3072", "ffdhe3072"),
                    Map.entry("ffdhe4096", "ffdhe4096"),
                    Map.entry("ffdhe6144", "ffdhe6144"),
                    Map.entry("ffdhe8192", "ffdhe8192"),
                    Map.entry("x25519mlkem768", "X25519MLKEM768"),
                    Map.entry("secp256r1mlkem768", "SecP256r1MLKEM768"),
                    Map.entry("secp384r1mlkem1024", "SecP384r1MLKEM1024"),
                    Map.entry("mlkem512", "MLKEM512"),
                    Map.entry("mlkem768", "MLKEM768"),
                    Map.entry("mlkem1024", "MLKEM1024"),
                    Map.entry("brainpoolp256r1tls13", "brainpoolP256r1tls13"),
                    Map.entry("brainpoolp384r1tls13", "brainpoolP384r1tls13"),
                    Map.entry("brainpoolp512r1tls13", "brainpoolP512r1tls13"));

    private static final Set<String> OF_THE_RUNTIME =
            Set.of(
                    "secp256r1",
                    "secp384r1",
                    "secp521r1",
                    "x25519",
                    "x448",
                    "ffdhe2048",
                    "ffdhe3072",
                    "ffdhe4096",
                    "ffdhe6144",
                    "ffdhe8192");

    private NamedGroups() {}

    /** The name that Java has for a group. */
    static Optional<String> javaName(String name) {
        return Optional.ofNullable(JAVA_NAMES.get(name.toLowerCase(Locale.ROOT)));
    }

    /** Whether the Java runtime's own TLS has all of these; it has no post-quantum ones. */
    static boolean runtimeHasAll(List<String> names) {
        return names.stream()
                .allMatch(name -> javaName(name).map(OF_THE_RUNTIME::contains).orElse(true));
    }
}
