package org.jsocat.cli.plugins;

import org.jsocat.spi.posix.Libc;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** Tells whether only the user and root decide what a file holds. */
final class Ownership {
    private static final int ROOT = 0;
    private static final int GROUP_OR_OTHERS_WRITE = 022;
    private static final int OTHERS_WRITE = 02;
    private static final int STICKY = 01000;

    private Ownership() {}

    /**
     * Why code of this file or folder must not be run: others may write to it, or may put something
     * else in its place. The group may write to the folders above it, since many systems make home
     * folders so.
     */
    static Optional<String> objection(Path path) throws IOException {
        Path real = path.toRealPath();
        Optional<String> own = objection(real, GROUP_OR_OTHERS_WRITE);
        if (own.isPresent()) {
            return own;
        }
        for (Path above = real.getParent(); above != null; above = above.getParent()) {
            Optional<String> found = objection(above, OTHERS_WRITE);
            if (found.isPresent()) {
                return Optional.of("its place is not safe: " + above + ": " + found.get());
            }
        }
        return Optional.empty();
    }

    private static Optional<String> objection(Path path, int forbidden) throws IOException {
        Map<String, Object> attributes = Files.readAttributes(path, "unix:uid,mode");
        int uid = (Integer) attributes.get("uid");
        int mode = (Integer) attributes.get("mode");
        if (uid != ROOT && uid != Libc.geteuid()) {
            return Optional.of("it belongs to another user (" + uid + ")");
        }
        boolean replaceable =
                (mode & forbidden) != 0 && (forbidden != OTHERS_WRITE || (mode & STICKY) == 0);
        return replaceable
                ? Optional.of(
                        "others may write to it (mode " + Integer.toOctalString(mode & 07777) + ")")
                : Optional.empty();
    }
}
