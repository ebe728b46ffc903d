package org.jsocat.plugin.openssl;

import org.slf4j.Logger;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * Whether a certificate is for a name, by the rules of the reference: any name of the extension
 * subjectAltName, then the first common name. {@code *.domain} matches {@code domain} and hosts of
 * it, one level deep. Letters must agree in case.
 */
final class PeerName {
    private static final int DNS = 2;
    private static final int IP = 7;

    private final String name;
    private final Logger log;

    /**
     * A check.
     *
     * @param name the wanted one, not empty
     */
    PeerName(String name, Logger log) {
        this.name = name;
        this.log = log;
    }

    /** An alternative name of a certificate. */
    record Alternative(boolean isAddress, String text) {}

    /** The host names and addresses of the extension subjectAltName, in their order. */
    static List<Alternative> alternatives(X509Certificate certificate) {
        List<Alternative> all = new ArrayList<>();
        try {
            Collection<List<?>> names = certificate.getSubjectAlternativeNames();
            for (List<?> entry : names == null ? List.<List<?>>of() : names) {
                int kind = (Integer) entry.get(0);
                if (kind == DNS || kind == IP) {
                    String text = (String) entry.get(1);
                    all.add(new Alternative(kind == IP, kind == IP ? shortened(text) : text));
                }
            }
        } catch (CertificateParsingException malformed) {
            return List.of(); // the extension says nothing then
        }
        return all;
    }

    /** As inet_ntop(3) writes it: the runtime writes all groups of an IPv6 address. */
    private static String shortened(String address) {
        String[] groups = address.split(":");
        if (groups.length != 8) {
            return address;
        }
        int start = -1;
        int length = 1;
        for (int i = 0; i < 8; i++) {
            int end = i;
            while (end < 8 && groups[end].equals("0")) {
                end++;
            }
            if (end - i > length) {
                start = i;
                length = end - i;
            }
        }
        if (start < 0) {
            return address;
        }
        return String.join(":", Arrays.asList(groups).subList(0, start))
                + "::"
                + String.join(":", Arrays.asList(groups).subList(start + length, 8));
    }

    /** Whether the certificate is for the name. */
    boolean isOf(X509Certificate certificate) {
        for (Alternative alternative : alternatives(certificate)) {
            if (alternative.isAddress()
                    ? sameAddress(alternative.text())
                    : matches("subjectAltName", alternative.text())) {
                return true;
            }
        }
        Optional<String> common =
                DistinguishedName.of(certificate.getSubjectX500Principal()).commonName();
        if (common.isEmpty()) {
            log.debug("no COMMONNAME field in peer certificate");
            return false;
        }
        return matches("commonName", common.get());
    }

    private boolean sameAddress(String address) {
        boolean same = address(name).equals(address(address)) && address(name).isPresent();
        if (same) {
            log.trace("subjectAltName \"{}\" matches peername \"{}\"", address, name);
        } else {
            log.debug("subjectAltName \"{}\" does not match peername \"{}\"", address, name);
        }
        return same;
    }

    /** A numeric address as bytes; nothing is looked up. */
    static Optional<List<Byte>> address(String text) {
        String plain =
                text.startsWith("[") && text.endsWith("]")
                        ? text.substring(1, text.length() - 1)
                        : text;
        boolean numeric = plain.indexOf(':') >= 0 || plain.matches("\\d+\\.\\d+\\.\\d+\\.\\d+");
        if (!numeric || !plain.matches("[0-9A-Fa-f.:]+")) {
            return Optional.empty();
        }
        try {
            List<Byte> bytes = new ArrayList<>();
            for (byte part : InetAddress.getByName(plain).getAddress()) {
                bytes.add(part);
            }
            return Optional.of(bytes);
        } catch (UnknownHostException malformed) {
            return Optional.empty();
        }
    }

    private boolean matches(String kind, String pattern) {
        if (!pattern.startsWith("*.")) {
            return told(pattern.equals(name), kind, pattern);
        }
        int dot = name.indexOf('.');
        boolean host = dot >= 0 && name.substring(dot).equals(pattern.substring(1));
        return told(host || name.equals(pattern.substring(2)), kind, pattern);
    }

    private boolean told(boolean matches, String kind, String pattern) {
        if (matches) {
            log.trace("{} \"{}\" matches peername \"{}\"", kind, pattern, name);
        } else {
            log.debug("{} \"{}\" does not match peername \"{}\"", kind, pattern, name);
        }
        return matches;
    }
}
