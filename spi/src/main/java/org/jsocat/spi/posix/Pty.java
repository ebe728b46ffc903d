package org.jsocat.spi.posix;

/**
 * A pseudo terminal: pty(7), pts(4).
 *
 * @param master the side of the program that plays the terminal; whoever holds this closes it
 * @param slave the path of the side that programs use as their terminal
 * @since 0.1
 */
public record Pty(Fd master, String slave) implements AutoCloseable {

    /**
     * Makes a pseudo terminal, as posix_openpt(3), unlockpt(3) and ptsname(3) do. Its master does
     * not become the controlling terminal. (Where devpts is mounted, grantpt(3) has nothing to do.)
     *
     * @param flags 0 or O_NONBLOCK
     * @return the pseudo terminal
     * @throws PosixException if one of the calls fails
     */
    public static Pty open(int flags) {
        int fd = Libc.open("/dev/ptmx", Linux.O_RDWR | Linux.O_NOCTTY | flags, 0);
        if (fd < 0) {
            throw new PosixException(-fd, "open(\"/dev/ptmx\", 0402, 0)");
        }
        Fd master = new Fd(fd);
        int result = Libc.ioctlSetInt(fd, Linux.TIOCSPTLCK, 0);
        if (result < 0) {
            master.close();
            throw new PosixException(-result, "unlockpt(" + fd + ")");
        }
        long number = Libc.ioctlGetInt(fd, Linux.TIOCGPTN);
        if (number < 0) {
            master.close();
            throw new PosixException((int) -number, "ptsname(" + fd + ")");
        }
        return new Pty(master, "/dev/pts/" + number);
    }

    /**
     * Opens the slave by way of the master, which works where the path does not, as in a chroot.
     *
     * @param flags 0 or O_NONBLOCK; O_RDWR, O_NOCTTY and O_CLOEXEC are added
     * @return the slave; the caller closes it
     * @throws PosixException if ioctl(2) fails
     */
    public Fd openSlave(int flags) {
        int fd = master.number();
        int result =
                Libc.ioctl(
                        fd,
                        Linux.TIOCGPTPEER,
                        Linux.O_RDWR | Linux.O_NOCTTY | Linux.O_CLOEXEC | flags);
        if (result < 0) {
            throw new PosixException(-result, "ioctl(" + fd + ", TIOCGPTPEER, ...)");
        }
        return new Fd(result);
    }

    @Override
    public void close() {
        master.close();
    }
}
