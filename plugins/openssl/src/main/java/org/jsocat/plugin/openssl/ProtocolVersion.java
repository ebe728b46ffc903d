package org.jsocat.plugin.openssl;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The versions of TLS and DTLS, the oldest first. */
enum ProtocolVersion {
    SSL3("SSLv3", "SSL3", false),
    TLS1("TLSv1", "TLS1", false),
    TLS1_1("TLSv1.1", "TLS1.1", false),
    TLS1_2("TLSv1.2", "TLS1.2", false),
    TLS1_3("TLSv1.3", "TLS1.3", false),
    DTLS1("DTLSv1", "DTLS1", true),
    DTLS1_2("DTLSv1.2", "DTLS1.2", true);

    /** The least version where none is asked for. */
    static final ProtocolVersion USUAL_LEAST = TLS1_2;

    private final String standardName;
    private final String optionName;
    private final boolean datagram;

    ProtocolVersion(String standardName, String optionName, boolean datagram) {
        this.standardName = standardName;
        this.optionName = optionName;
        this.datagram = datagram;
    }

    /** As the Java runtime and OpenSSL write it: {@code TLSv1.2}. */
    String standardName() {
        return standardName;
    }

    /** As options write it: {@code TLS1.2}. */
    String optionName() {
        return optionName;
    }

    /** Whether it is for datagrams. */
    boolean isDatagram() {
        return datagram;
    }

    /** The version that an option means. */
    static Optional<ProtocolVersion> of(String text) {
        String plain = text.toUpperCase(Locale.ROOT).replace("V", "");
        String name = plain.endsWith("S1.0") ? plain.substring(0, plain.length() - 2) : plain;
        return Arrays.stream(values()).filter(one -> one.optionName.equals(name)).findFirst();
    }

    /** All from one to another, of one kind. */
    static List<ProtocolVersion> between(ProtocolVersion least, ProtocolVersion most) {
        return Arrays.stream(values())
                .filter(one -> one.compareTo(least) >= 0 && one.compareTo(most) <= 0)
                .filter(one -> one.datagram == least.datagram)
                .toList();
    }
}
