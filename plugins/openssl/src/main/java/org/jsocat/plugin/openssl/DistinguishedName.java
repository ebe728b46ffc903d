package org.jsocat.plugin.openssl;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

import javax.security.auth.x500.X500Principal;

/**
 * The name of a certificate's owner or issuer, written as OpenSSL does: X509_NAME_print_ex(3) with
 * XN_FLAG_ONELINE.
 *
 * @param entries in their order
 */
record DistinguishedName(List<Entry> entries) {
    private static final String SPECIAL = ",+\"\\<>;";

    /** Short and long names by object identifier. */
    private static final Map<String, String[]> NAMES =
            Map.ofEntries(
                    named("2.5.4.3", "CN", "commonName"),
                    named("2.5.4.4", "SN", "surname"),
                    named("2.5.4.5", "serialNumber", "serialNumber"),
                    named("2.5.4.6", "C", "countryName"),
                    named("2.5.4.7", "L", "localityName"),
                    named("2.5.4.8", "ST", "stateOrProvinceName"),
                    named("2.5.4.9", "street", "streetAddress"),
                    named("2.5.4.10", "O", "organizationName"),
                    named("2.5.4.11", "OU", "organizationalUnitName"),
                    named("2.5.4.12", "title", "title"),
                    named("2.5.4.13", "description", "description"),
                    named("2.5.4.15", "businessCategory", "businessCategory"),
                    named("2.5.4.17", "postalCode", "postalCode"),
                    named("2.5.4.41", "name", "name"),
                    named("2.5.4.42", "GN", "givenName"),
                    named("2.5.4.43", "initials", "initials"),
                    named("2.5.4.44", "generationQualifier", "generationQualifier"),
                    named("2.5.4.46", "dnQualifier", "dnQualifier"),
                    named("2.5.4.65", "pseudonym", "pseudonym"),
                    named("2.5.4.97", "organizationIdentifier", "organizationIdentifier"),
                    named("1.2.840.113549.1.9.1", "emailAddress", "emailAddress"),
                    named("0.9.2342.19200300.100.1.1", "UID", "userId"),
                    named("0.9.2342.19200300.100.1.25", "DC", "domainComponent"),
                    named("1.3.6.1.4.1.311.60.2.1.1", "jurisdictionL", "jurisdictionLocalityName"),
                    named(
                            "1.3.6.1.4.1.311.60.2.1.2",
                            "jurisdictionST",
                            "jurisdictionStateOrProvinceName"),
                    named("1.3.6.1.4.1.311.60.2.1.3", "jurisdictionC", "jurisdictionCountryName"));

    /**
     * One attribute.
     *
     * @param type its object identifier
     * @param value as text
     * @param joined whether it belongs to the same element as the one before
     */
    record Entry(String type, String value, boolean joined) {
        /** {@code CN}. */
        String shortName() {
            return names()[0];
        }

        /** {@code commonName}. */
        String longName() {
            return names()[1];
        }

        private String[] names() {
            return Optional.ofNullable(NAMES.get(type)).orElse(new String[] {type, type});
        }
    }

    private static Map.Entry<String, String[]> named(String type, String shorter, String longer) {
        return Map.entry(type, new String[] {shorter, longer});
    }

    /** The parts of a name. */
    static DistinguishedName of(X500Principal principal) {
        List<Entry> entries = new ArrayList<>();
        Der elements = Der.of(principal.getEncoded()).enter(Der.SEQUENCE);
        while (elements.hasMore()) {
            Der attributes = elements.enter(Der.SET);
            boolean joined = false;
            while (attributes.hasMore()) {
                Der attribute = attributes.enter(Der.SEQUENCE);
                String type = attribute.objectIdentifier();
                Charset charset = charset(attribute.tag());
                entries.add(new Entry(type, new String(attribute.content(), charset), joined));
                joined = true;
            }
        }
        return new DistinguishedName(List.copyOf(entries));
    }

    private static Charset charset(int tag) {
        return switch (tag) {
            case 0x0c -> StandardCharsets.UTF_8; // UTF8String
            case 0x1e -> StandardCharsets.UTF_16BE; // BMPString
            default -> StandardCharsets.ISO_8859_1;
        };
    }

    /** The first common name. */
    Optional<String> commonName() {
        return entries.stream()
                .filter(entry -> entry.shortName().equals("CN"))
                .map(Entry::value)
                .findFirst();
    }

    /** {@code C = XY, CN = localhost}. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        for (Entry entry : entries) {
            if (!text.isEmpty()) {
                text.append(entry.joined() ? " + " : ", ");
            }
            text.append(entry.shortName()).append(" = ").append(quoted(entry.value()));
        }
        return text.toString();
    }

    /** As RFC 2253, but with quotes instead of backslashes where they do. */
    private static String quoted(String value) {
        String escaped =
                value.chars().mapToObj(DistinguishedName::escaped).collect(Collectors.joining());
        boolean quotes =
                value.startsWith(" ")
                        || value.endsWith(" ")
                        || value.startsWith("#")
                        || value.chars().anyMatch(letter -> SPECIAL.indexOf(letter) >= 0);
        return quotes ? '"' + escaped + '"' : escaped;
    }

    private static String escaped(int letter) {
        if (letter == '"' || letter == '\\') {
            return "\\" + (char) letter;
        }
        return letter < 0x20 || letter == 0x7f
                ? String.format("\\%02X", letter)
                : String.valueOf((char) letter);
    }
}
