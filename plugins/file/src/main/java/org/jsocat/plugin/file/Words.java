package org.jsocat.plugin.file;

import org.jsocat.spi.Direction;
import org.jsocat.spi.posix.Linux;

/** The words that log lines of the reference use. */
final class Words {
    private Words() {}

    /** What a direction is for. */
    static String of(Direction direction) {
        return switch (direction) {
            case READ -> "reading";
            case WRITE -> "writing";
            case BOTH -> "reading and writing";
        };
    }

    /** The kind of a file system entry, from its mode; 0 where there is none. */
    static String kind(int mode) {
        return switch (mode & Linux.S_IFMT) {
            case Linux.S_IFIFO -> "named pipe";
            case Linux.S_IFCHR -> "character device";
            case Linux.S_IFBLK -> "block device";
            case Linux.S_IFDIR -> "directory";
            case Linux.S_IFREG -> "regular file";
            case Linux.S_IFLNK -> "symbolic link";
            case Linux.S_IFSOCK -> "local socket";
            default -> "undef";
        };
    }
}
