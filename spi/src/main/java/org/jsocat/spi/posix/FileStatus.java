package org.jsocat.spi.posix;

import java.nio.ByteBuffer;

/**
 * What the kernel knows about a file: stat(2) by way of statx(2).
 *
 * @param mode the file type and the permission bits
 * @param uid the owner
 * @param gid the group
 * @param size bytes
 * @param device the file system's device, as C's dev_t
 * @param inode the inode's number
 * @param links how many names it has
 * @param rawDevice the device it is, where it is one, as C's dev_t
 * @param blockSize the preferred size of reads and writes, bytes
 * @param blocks units of 512 bytes that it occupies
 * @param accessed seconds since 1970
 * @param modified seconds since 1970
 * @param changed seconds since 1970
 * @since 0.1
 */
public record FileStatus(
        int mode,
        int uid,
        int gid,
        long size,
        long device,
        long inode,
        int links,
        long rawDevice,
        int blockSize,
        long blocks,
        long accessed,
        long modified,
        long changed) {

    /**
     * stat(2): follows links.
     *
     * @param path the path
     * @return the status
     * @throws PosixException if the call fails
     */
    public static FileStatus of(String path) {
        CallState state = CallState.current();
        int result = Libc.statx(state, Linux.AT_FDCWD, path, 0);
        if (result < 0) {
            throw new PosixException(-result, "stat(\"" + path + "\")");
        }
        return read(state.struct);
    }

    /**
     * lstat(2): tells about a link itself.
     *
     * @param path the path
     * @return the status
     * @throws PosixException if the call fails
     */
    public static FileStatus ofLink(String path) {
        CallState state = CallState.current();
        int result = Libc.statx(state, Linux.AT_FDCWD, path, Linux.AT_SYMLINK_NOFOLLOW);
        if (result < 0) {
            throw new PosixException(-result, "lstat(\"" + path + "\")");
        }
        return read(state.struct);
    }

    /**
     * fstat(2).
     *
     * @param fd the descriptor
     * @return the status
     * @throws PosixException if the call fails
     */
    public static FileStatus of(int fd) {
        CallState state = CallState.current();
        int result = Libc.statx(state, fd, "", Linux.AT_EMPTY_PATH);
        if (result < 0) {
            throw new PosixException(-result, "fstat(" + fd + ")");
        }
        return read(state.struct);
    }

    /**
     * The mode of a file: stat(2) without an exception.
     *
     * @param path the path
     * @return the file type and the permission bits, or the negated errno
     */
    public static int modeOf(String path) {
        CallState state = CallState.current();
        int result = Libc.statx(state, Linux.AT_FDCWD, path, 0);
        return result < 0 ? result : state.struct.getShort(28) & 0xffff;
    }

    /**
     * The mode of a file or link: lstat(2) without an exception.
     *
     * @param path the path
     * @return the file type and the permission bits, or the negated errno
     */
    public static int modeOfLink(String path) {
        CallState state = CallState.current();
        int result = Libc.statx(state, Linux.AT_FDCWD, path, Linux.AT_SYMLINK_NOFOLLOW);
        return result < 0 ? result : state.struct.getShort(28) & 0xffff;
    }

    /**
     * The mode of an open file: fstat(2) without an exception.
     *
     * @param fd the descriptor
     * @return the file type and the permission bits, or the negated errno
     */
    public static int modeOf(int fd) {
        CallState state = CallState.current();
        int result = Libc.statx(state, fd, "", Linux.AT_EMPTY_PATH);
        return result < 0 ? result : state.struct.getShort(28) & 0xffff;
    }

    /**
     * A device number: makedev(3).
     *
     * @param major its class
     * @param minor its number in the class
     * @return as C's dev_t
     */
    public static long device(int major, int minor) {
        return (minor & 0xffL)
                | (major & 0xfffL) << 8
                | (minor & 0xffffff00L) << 12
                | (major & 0xfffff000L) << 32;
    }

    /**
     * The kind of file.
     *
     * @return {@link Linux#S_IFREG} and the like
     */
    public int type() {
        return mode & Linux.S_IFMT;
    }

    // struct statx has the same layout on all platforms.
    private static FileStatus read(ByteBuffer statx) {
        return new FileStatus(
                statx.getShort(28) & 0xffff,
                statx.getInt(20),
                statx.getInt(24),
                statx.getLong(40),
                device(statx.getInt(136), statx.getInt(140)),
                statx.getLong(32),
                statx.getInt(16),
                device(statx.getInt(128), statx.getInt(132)),
                statx.getInt(4),
                statx.getLong(48),
                statx.getLong(64),
                statx.getLong(112),
                statx.getLong(96));
    }
}
