package org.jsocat.cli.descriptors;

import org.jsocat.cli.descriptors.DescriptorFacts.Flags;
import org.jsocat.spi.posix.Errno;
import org.jsocat.spi.posix.FileStatus;
import org.jsocat.spi.posix.Libc;
import org.jsocat.spi.posix.Linux;
import org.jsocat.spi.posix.NativeStrings;
import org.jsocat.spi.posix.PosixException;
import org.jsocat.spi.posix.ProcFile;

import java.io.File;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The descriptors of another process: duplicates of them where the kernel allows it, which needs
 * the permission to trace that process; otherwise only what /proc tells.
 */
public final class OtherProcess implements AutoCloseable {
    private static final int OCTAL = 8;
    private static final int O_CLOEXEC = 02000000;

    private final int pid;
    private final String folder;
    private final int pidfd;
    private boolean restricted;

    /**
     * A process.
     *
     * @param pid its number
     * @throws PosixException if there is no such process or its descriptors must not be seen
     */
    public OtherProcess(int pid) {
        this.pid = pid;
        folder = "/proc/" + pid + "/fd";
        // the right of reading is the process's own: access(2) would tell for the file's mode only
        int probe =
                PosixException.check(
                        Libc.open(folder, Linux.O_RDONLY, 0), "open(\"" + folder + "\")");
        Libc.close(probe);
        pidfd = Libc.pidfdOpen(pid, 0);
    }

    /** The numbers of its open descriptors, ascending. */
    public int[] numbers() {
        String[] names = new File(folder).list();
        if (names == null) {
            throw new PosixException(Errno.EACCES, "opendir(\"" + folder + "\")");
        }
        return Arrays.stream(names).mapToInt(Integer::parseInt).sorted().toArray();
    }

    /** Whether a descriptor could not be duplicated so far. */
    public boolean isRestricted() {
        return restricted;
    }

    private int duplicate(int number) {
        int fd = pidfd < 0 ? pidfd : Libc.pidfdGetfd(pidfd, number);
        restricted |= fd < 0 && fd != -Errno.EBADF;
        return fd;
    }

    /**
     * Adds a descriptor to a short text.
     *
     * @param number its number in that process
     * @param shown what to call it, or nothing
     * @param form the text
     */
    public void brief(int number, Optional<Integer> shown, ShortForm form) {
        int fd = duplicate(number);
        if (fd < 0) {
            fromFiles(number, OptionalInt.empty()).ifPresent(facts -> form.add(facts, shown));
            return;
        }
        try {
            form.add(fd, shown);
        } finally {
            Libc.close(fd);
        }
    }

    /**
     * Inspects a descriptor.
     *
     * @param number its number in that process
     * @param inspector how
     * @return what it is; empty if it is not open any more
     */
    public Optional<DescriptorFacts> descriptor(int number, Inspector inspector) {
        OptionalInt status = flags(number);
        int fd = duplicate(number);
        if (fd >= 0) {
            try {
                int closeOnExec = closeOnExec(status);
                return inspector
                        .descriptor(fd)
                        .map(
                                facts ->
                                        facts.as(
                                                number,
                                                facts.flags()
                                                        .map(flags -> with(flags, closeOnExec))));
            } finally {
                Libc.close(fd);
            }
        }
        return fromFiles(number, status);
    }

    private static Flags with(Flags flags, int closeOnExec) {
        return new Flags(closeOnExec, flags.status(), flags.owner(), flags.signal());
    }

    private Optional<DescriptorFacts> fromFiles(int number, OptionalInt flags) {
        FileStatus status;
        try {
            status = FileStatus.of(folder + "/" + number);
        } catch (PosixException gone) {
            return Optional.empty();
        }
        byte[] target = new byte[4096];
        int length = Libc.readlink(folder + "/" + number, target);
        Optional<String> path =
                length < 0
                        ? Optional.empty()
                        : Optional.of(NativeStrings.decode(target, 0, length));
        int shown = flags.isPresent() ? flags.getAsInt() & ~O_CLOEXEC : -1;
        return Optional.of(
                new DescriptorFacts(
                        number,
                        status,
                        path,
                        Optional.of(new Flags(closeOnExec(flags), shown, -1, -1)),
                        OptionalInt.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty()));
    }

    private static int closeOnExec(OptionalInt flags) {
        return flags.isEmpty() ? -1 : (flags.getAsInt() & O_CLOEXEC) == 0 ? 0 : 1;
    }

    /** The flags of a descriptor, O_CLOEXEC among them, as /proc tells them. */
    private OptionalInt flags(int number) {
        return ProcFile.read("/proc/" + pid + "/fdinfo/" + number)
                .flatMap(text -> ProcFile.field(text, "flags"))
                .map(digits -> OptionalInt.of(Integer.parseInt(digits, OCTAL)))
                .orElse(OptionalInt.empty());
    }

    @Override
    public void close() {
        if (pidfd >= 0) {
            Libc.close(pidfd);
        }
    }
}
