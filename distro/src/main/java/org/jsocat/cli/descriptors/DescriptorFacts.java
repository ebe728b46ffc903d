package org.jsocat.cli.descriptors;

import org.jsocat.spi.posix.FileStatus;

import java.util.Optional;
import java.util.OptionalInt;

/**
 * What a descriptor, or a file of a name, is.
 *
 * @param number the descriptor, or -1 where the file of a name could not be opened
 * @param status what stat(2) tells; of zeros where it tells nothing
 * @param path what the kernel calls it, for example {@code /dev/null} or {@code pipe:[4711]}
 * @param flags of the descriptor; empty for the file of a name
 * @param pipeSize bytes that the pipe holds; empty for anything else
 * @param terminal empty if it is none
 * @param socket empty if it is none
 * @param target what a symbolic link refers to; empty if it is none
 * @param poll empty for the file of a name
 */
public record DescriptorFacts(
        int number,
        FileStatus status,
        Optional<String> path,
        Optional<Flags> flags,
        OptionalInt pipeSize,
        Optional<Terminal> terminal,
        Optional<SocketFacts> socket,
        Optional<String> target,
        Optional<Poll> poll) {

    /**
     * What fcntl(2) tells, -1 each where it tells nothing.
     *
     * @param closeOnExec F_GETFD
     * @param status F_GETFL
     * @param owner F_GETOWN
     * @param signal F_GETSIG
     */
    public record Flags(int closeOnExec, int status, int owner, int signal) {}

    /** The same under another number, with other flags of the descriptor itself. */
    DescriptorFacts as(int otherNumber, Optional<Flags> otherFlags) {
        return new DescriptorFacts(
                otherNumber, status, path, otherFlags, pipeSize, terminal, socket, target, poll);
    }

    /** The same under another number. */
    public DescriptorFacts as(int otherNumber) {
        return as(otherNumber, flags);
    }

    /** The kind of file, in a word: {@code pipe}, {@code socket} and the like. */
    public String typeName() {
        return typeName(status.mode());
    }

    static String typeName(int mode) {
        return switch (mode >> 12 & 15) {
            case 1 -> "pipe";
            case 2 -> "chrdev";
            case 4 -> "dir";
            case 6 -> "blkdev";
            case 8 -> "file";
            case 10 -> "symlink";
            case 12 -> "socket";
            default -> "undef";
        };
    }
}
