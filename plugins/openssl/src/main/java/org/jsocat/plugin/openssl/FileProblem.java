package org.jsocat.plugin.openssl;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;

/** What is wrong with a file, as other programs say it. */
final class FileProblem {
    private FileProblem() {}

    /** The reason without the name. */
    static String text(IOException problem) {
        if (problem instanceof NoSuchFileException) {
            return "No such file or directory";
        }
        if (problem instanceof AccessDeniedException) {
            return "Permission denied";
        }
        if (problem instanceof FileSystemException file && file.getReason() != null) {
            return file.getReason();
        }
        return String.valueOf(problem.getMessage());
    }
}
