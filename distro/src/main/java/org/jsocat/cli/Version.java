package org.jsocat.cli;

import org.jsocat.core.plan.Catalog;
import org.jsocat.core.run.Session;
import org.jsocat.spi.posix.Libc;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** What {@code -V} prints; scripts look for the lines {@code #define WITH_...}. */
final class Version {
    private static final List<String> OWN = List.of("HELP", "STATS", "RETRY", "MSGLEVEL");

    private Version() {}

    static String text(Catalog catalog) {
        StringBuilder out = new StringBuilder(text("socat"));
        out.append("features:\n");
        Set<String> features = new TreeSet<>(OWN);
        catalog.addresses().forEach(entry -> features.addAll(entry.provider().features()));
        for (String feature : features) {
            out.append("  #define WITH_")
                    .append(feature)
                    .append(feature.equals("MSGLEVEL") ? " 0 /*debug*/\n" : " 1\n");
        }
        out.append("  #define WITH_DEFAULT_IPV 4\n");
        return out.toString();
    }

    /** The lines that all commands have in common. */
    static String text(String command) {
        StringBuilder out = new StringBuilder();
        out.append("jsocat ").append(own()).append(": socat for the JVM\n");
        // scripts take the last number of the second line
        out.append(command)
                .append(" version ")
                .append(Session.COMPATIBLE)
                .append(" is what this program is compatible with\n");
        List<String> system = Libc.uname();
        out.append("   running on ")
                .append(system.get(0))
                .append(" version ")
                .append(system.get(3))
                .append(", release ")
                .append(system.get(2))
                .append(", machine ")
                .append(system.get(4))
                .append('\n');
        return out.toString();
    }

    /** The version of this program. */
    static String own() {
        return Version.class.getModule().getDescriptor() == null
                ? "unknown"
                : Version.class.getModule().getDescriptor().rawVersion().orElse("unknown");
    }
}
