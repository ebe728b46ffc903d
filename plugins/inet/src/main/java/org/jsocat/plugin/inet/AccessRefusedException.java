package org.jsocat.plugin.inet;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;

/** A peer cannot be judged by the rules of access, and is refused therefore. */
final class AccessRefusedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    AccessRefusedException(String message) {
        super(message);
    }

    /** A table, or a file that one names, exists but cannot be read. */
    static AccessRefusedException cannotOpen(Path file, IOException failure) {
        String reason =
                failure instanceof FileSystemException system && system.getReason() != null
                        ? system.getReason()
                        : failure.getMessage();
        return new AccessRefusedException("cannot open " + file + ": " + reason);
    }
}
