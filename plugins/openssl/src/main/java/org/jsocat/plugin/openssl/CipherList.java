package org.jsocat.plugin.openssl;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The lists of cipher suites that openssl-ciphers(1) describes. */
final class CipherList {
    /** The suites of TLS 1.3, which are chosen by names only. */
    static final List<String> TLS13 =
            List.of(
                    "TLS_AES_256_GCM_SHA384",
                    "TLS_CHACHA20_POLY1305_SHA256",
                    "TLS_AES_128_GCM_SHA256");

    private static final Map<String, String> NAMES =
            CipherSuite.ALL.stream()
                    .collect(Collectors.toMap(CipherSuite::name, CipherSuite::opensslName));

    private final List<CipherSuite> chosen = new ArrayList<>();
    private final Set<CipherSuite> never = new HashSet<>();

    private CipherList() {}

    /**
     * The suites that a list selects, in its order; words that select nothing are passed over.
     *
     * @return none where the list selects nothing
     */
    static List<CipherSuite> select(String text) {
        CipherList list = new CipherList();
        for (String word : text.split("[:, ]+")) {
            list.apply(word);
        }
        return list.chosen;
    }

    /** The name that OpenSSL has for a suite. */
    static String opensslName(String suite) {
        return Optional.ofNullable(NAMES.get(suite)).orElse(suite);
    }

    private void apply(String word) {
        if (word.startsWith("@")) {
            if (word.equals("@STRENGTH")) {
                chosen.sort(Comparator.comparingInt(CipherSuite::bits).reversed());
            }
            return; // the levels of security are the runtime's own
        }
        char sign = word.isEmpty() ? ' ' : word.charAt(0);
        boolean signed = sign == '!' || sign == '-' || sign == '+';
        List<CipherSuite> meant = matching(signed ? word.substring(1) : word);
        switch (sign) {
            case '!' -> {
                never.addAll(meant);
                chosen.removeAll(meant);
            }
            case '-' -> chosen.removeAll(meant);
            case '+' -> {
                List<CipherSuite> moved = new ArrayList<>(chosen);
                moved.retainAll(meant);
                chosen.removeAll(moved);
                chosen.addAll(moved);
            }
            default -> {
                for (CipherSuite suite : meant) {
                    if (!never.contains(suite) && !chosen.contains(suite)) {
                        chosen.add(suite);
                    }
                }
            }
        }
    }

    /** Those that all of some words joined by plus select. */
    private static List<CipherSuite> matching(String words) {
        List<String> all = List.of(words.split("\\+"));
        return CipherSuite.ALL.stream().filter(suite -> suite.words().containsAll(all)).toList();
    }
}
