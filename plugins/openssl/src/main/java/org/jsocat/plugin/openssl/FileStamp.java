package org.jsocat.plugin.openssl;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * By what a changed file is known, whether it was written again or another one has its name now.
 *
 * @param modified the time of its last change
 * @param size in bytes
 * @param identity the system's, such as device and inode
 */
record FileStamp(FileTime modified, long size, Object identity) {
    private static final FileStamp NONE = new FileStamp(FileTime.fromMillis(0), -1, "");

    /** Those of the files that are given. */
    static List<FileStamp> of(Stream<Optional<String>> names) {
        return names.flatMap(Optional::stream).map(FileStamp::of).toList();
    }

    private static FileStamp of(String name) {
        try {
            BasicFileAttributes now =
                    Files.readAttributes(Path.of(name), BasicFileAttributes.class);
            return new FileStamp(
                    now.lastModifiedTime(),
                    now.size(),
                    Objects.requireNonNullElse(now.fileKey(), ""));
        } catch (IOException | InvalidPathException absent) {
            return NONE;
        }
    }
}
