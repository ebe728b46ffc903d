package org.jsocat.plugin.openssl;

import java.security.Security;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What the Java runtime refuses on its own, whatever an address asks for: old versions of TLS, and
 * weak ciphers. They are the process's, and are lifted only for what an address names; all other
 * addresses offer what they are told in any case.
 */
final class RuntimeLimits {
    private static final String PROPERTY = "jdk.tls.disabledAlgorithms";

    private RuntimeLimits() {}

    /** Has the runtime do what the settings name. Must be called before TLS is used first. */
    static synchronized void lift(TlsSettings settings) {
        Set<String> lifted = new LinkedHashSet<>();
        for (ProtocolVersion version : settings.versions()) {
            if (version.compareTo(ProtocolVersion.TLS1_2) < 0) {
                lifted.add(version.standardName());
                lifted.addAll(List.of("MD5", "SHA1"));
            }
        }
        for (String suite : settings.suites()) {
            lifted.addAll(needs(suite));
        }
        if (!lifted.isEmpty()) {
            lift(lifted);
        }
        if (settings.maxFragment() > 0) {
            System.setProperty("jsse.enableMFLNExtension", "true");
        }
    }

    private static Set<String> needs(String suite) {
        Set<String> needs = new LinkedHashSet<>();
        if (suite.contains("_anon_")) {
            needs.add("anon");
        }
        if (suite.contains("_NULL_")) {
            needs.add("NULL");
        }
        if (suite.contains("3DES")) {
            needs.add("3DES_EDE_CBC");
        } else if (suite.contains("_DES_")) {
            needs.add("DES");
        }
        if (suite.contains("RC4")) {
            needs.add("RC4");
        }
        if (suite.startsWith("TLS_RSA_") || suite.startsWith("SSL_RSA_")) {
            needs.add("TLS_RSA_*");
        }
        return needs;
    }

    private static void lift(Set<String> lifted) {
        String limits = Security.getProperty(PROPERTY);
        if (limits == null) {
            return;
        }
        String left =
                Arrays.stream(limits.split(","))
                        .map(String::strip)
                        .filter(limit -> !lifted.contains(limit))
                        .collect(Collectors.joining(", "));
        if (!left.equals(limits)) {
            Security.setProperty(PROPERTY, left);
        }
    }
}
