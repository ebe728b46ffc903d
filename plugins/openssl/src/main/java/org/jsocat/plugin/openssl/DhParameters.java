package org.jsocat.plugin.openssl;

import org.jsocat.spi.AddressException;
import org.jsocat.spi.OpenContext;

import java.io.IOException;

/**
 * The file of Diffie-Hellman parameters. The Java runtime has the groups of RFC 7919 built in and
 * takes no others, so the file is only looked at.
 */
final class DhParameters {
    private DhParameters() {}

    /** Tells about a file that is not what it should be. */
    static void check(OpenContext context, String file) {
        try {
            boolean found =
                    Pem.parse(Identity.read("dhparams", file)).blocks().stream()
                            .anyMatch(block -> block.label().endsWith("DH PARAMETERS"));
            if (found) {
                context.log().debug("option dhparams: a group of RFC 7919 of this size is used");
            } else {
                context.log().warn("dhparams={}: has no DH parameters", file);
            }
        } catch (AddressException | IOException unreadable) {
            context.log().warn(unreadable.getMessage());
        }
    }
}
