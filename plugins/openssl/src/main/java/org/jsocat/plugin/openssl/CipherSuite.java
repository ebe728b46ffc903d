package org.jsocat.plugin.openssl;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * A cipher suite up to TLS 1.2: the name that the Java runtime has for it, and those words of
 * openssl-ciphers(1) that select it.
 *
 * @param name as the runtime writes it: {@code TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256}
 * @param opensslName {@code ECDHE-RSA-AES128-GCM-SHA256}
 * @param words all words that select it, its own names among them
 * @param bits the strength of its cipher
 */
record CipherSuite(String name, String opensslName, Set<String> words, int bits) {
    private static final String[] EXCHANGES = {
        "ECDHE_ECDSA", "ECDHE_RSA", "DHE_RSA", "DHE_DSS", "RSA", "DH_anon", "ECDH_anon"
    };

    private static final String[] MODERN = {
        "AES_256_GCM_SHA384",
        "CHACHA20_POLY1305_SHA256",
        "AES_128_GCM_SHA256",
        "AES_256_CBC_SHA384",
        "AES_256_CBC_SHA256",
        "AES_128_CBC_SHA256",
        "AES_256_CBC_SHA",
        "AES_128_CBC_SHA",
        "3DES_EDE_CBC_SHA",
        "RC4_128_SHA",
        "RC4_128_MD5",
        "DES_CBC_SHA",
        "NULL_SHA256",
        "NULL_SHA",
        "NULL_MD5"
    };

    /** Those that the runtime has, the strongest first. */
    static final List<CipherSuite> ALL = table();

    private static List<CipherSuite> table() {
        List<CipherSuite> all = new ArrayList<>();
        for (String cipher : MODERN) {
            for (String exchange : EXCHANGES) {
                if (exists(exchange, cipher)) {
                    all.add(of(exchange, cipher));
                }
            }
        }
        return List.copyOf(all);
    }

    private static boolean exists(String exchange, String cipher) {
        boolean elliptic = exchange.startsWith("EC");
        boolean anonymous = exchange.endsWith("anon");
        boolean ephemeral = exchange.startsWith("DHE");
        return switch (cipher) {
            case "AES_256_CBC_SHA384" -> elliptic && !anonymous;
            case "AES_256_CBC_SHA256" -> !elliptic;
            case "AES_128_CBC_SHA256" -> !exchange.equals("ECDH_anon");
            case "AES_256_GCM_SHA384", "AES_128_GCM_SHA256" -> !exchange.equals("ECDH_anon");
            case "CHACHA20_POLY1305_SHA256" ->
                    exchange.equals("DHE_RSA") || (elliptic && !anonymous);
            case "NULL_SHA256" -> exchange.equals("RSA");
            case "NULL_SHA" -> exchange.equals("RSA") || elliptic;
            case "NULL_MD5" -> exchange.equals("RSA");
            case "RC4_128_SHA" -> elliptic || exchange.equals("RSA");
            case "RC4_128_MD5" -> exchange.equals("RSA") || exchange.equals("DH_anon");
            case "DES_CBC_SHA" -> !elliptic;
            default -> !ephemeral || !cipher.startsWith("RC4");
        };
    }

    private static CipherSuite of(String exchange, String cipher) {
        boolean old =
                cipher.startsWith("3DES")
                        || cipher.startsWith("DES")
                        || cipher.endsWith("MD5")
                        || cipher.startsWith("RC4")
                        || cipher.equals("NULL_SHA");
        String prefix = old && !exchange.startsWith("EC") ? "SSL_" : "TLS_";
        String name = prefix + exchange + "_WITH_" + cipher;
        String openssl = exchangeName(exchange) + cipherName(cipher);
        Set<String> words = new HashSet<>(List.of(name, "TLS_" + name.substring(4), openssl));
        words.addAll(exchangeWords(exchange));
        words.addAll(cipherWords(cipher));
        words.add(words.contains("eNULL") ? "COMPLEMENTOFALL" : "ALL");
        boolean weak = !words.contains("HIGH") || exchange.endsWith("anon");
        words.add(weak ? "COMPLEMENTOFDEFAULT" : "DEFAULT");
        return new CipherSuite(name, openssl, Set.copyOf(words), bits(cipher));
    }

    private static String exchangeName(String exchange) {
        return switch (exchange) {
            case "RSA" -> "";
            case "DH_anon" -> "ADH-";
            case "ECDH_anon" -> "AECDH-";
            default -> exchange.replace('_', '-') + "-";
        };
    }

    private static String cipherName(String cipher) {
        return switch (cipher) {
            case "3DES_EDE_CBC_SHA" -> "DES-CBC3-SHA";
            case "DES_CBC_SHA" -> "DES-CBC-SHA";
            case "CHACHA20_POLY1305_SHA256" -> "CHACHA20-POLY1305";
            default ->
                    cipher.replace("AES_", "AES")
                            .replace("_CBC", "")
                            .replace("RC4_128", "RC4")
                            .replace('_', '-');
        };
    }

    private static List<String> exchangeWords(String exchange) {
        return switch (exchange) {
            case "RSA" -> List.of("RSA", "kRSA", "aRSA");
            case "DHE_RSA" -> List.of("RSA", "aRSA", "DH", "DHE", "EDH", "kDHE", "kEDH");
            case "DHE_DSS" -> List.of("DSS", "aDSS", "DH", "DHE", "EDH", "kDHE", "kEDH");
            case "ECDHE_RSA" ->
                    List.of("RSA", "aRSA", "ECDH", "ECDHE", "EECDH", "kECDHE", "kEECDH");
            case "ECDHE_ECDSA" ->
                    List.of("ECDSA", "aECDSA", "ECDH", "ECDHE", "EECDH", "kECDHE", "kEECDH");
            case "DH_anon" -> List.of("aNULL", "ADH", "DH", "kDHE", "kEDH");
            default -> List.of("aNULL", "AECDH", "ECDH", "kECDHE", "kEECDH");
        };
    }

    private static List<String> cipherWords(String cipher) {
        List<String> words = new ArrayList<>();
        String[] parts = cipher.split("_");
        switch (parts[0]) {
            case "AES" -> {
                words.addAll(List.of("AES", "AES" + parts[1], "HIGH"));
                if (parts[2].equals("GCM")) {
                    words.add("AESGCM");
                }
            }
            case "CHACHA20" -> words.addAll(List.of("CHACHA20", "HIGH"));
            case "3DES" -> words.addAll(List.of("3DES", "MEDIUM"));
            case "RC4" -> words.addAll(List.of("RC4", "MEDIUM"));
            case "DES" -> words.addAll(List.of("DES", "LOW"));
            default -> words.addAll(List.of("NULL", "eNULL"));
        }
        String digest = parts[parts.length - 1];
        boolean authenticated = words.contains("AESGCM") || words.contains("CHACHA20");
        if (authenticated) {
            words.add("AEAD");
        } else if (digest.equals("SHA")) {
            words.addAll(List.of("SHA", "SHA1"));
        } else {
            words.add(digest);
        }
        boolean recent = authenticated || digest.equals("SHA256") || digest.equals("SHA384");
        words.add(recent ? "TLSv1.2" : "SSLv3");
        if (!recent) {
            words.add("TLSv1");
        }
        return words;
    }

    private static int bits(String cipher) {
        if (cipher.startsWith("NULL")) {
            return 0;
        }
        if (cipher.startsWith("DES")) {
            return 56;
        }
        if (cipher.startsWith("3DES")) {
            return 112;
        }
        return cipher.toUpperCase(Locale.ROOT).contains("128") ? 128 : 256;
    }
}
