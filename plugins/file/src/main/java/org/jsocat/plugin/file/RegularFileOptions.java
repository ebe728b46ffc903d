package org.jsocat.plugin.file;

import org.jsocat.spi.Option;
import org.jsocat.spi.OptionGroup;
import org.jsocat.spi.OptionTarget;
import org.jsocat.spi.OptionType;
import org.jsocat.spi.OptionTypes;
import org.jsocat.spi.Phase;
import org.jsocat.spi.posix.Fd;
import org.jsocat.spi.posix.Libc;
import org.jsocat.spi.posix.PosixException;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;

/**
 * The option group REG: length and position of a file, and the attributes that chattr(1) sets.
 *
 * <p>Source of the numbers: {@code linux/fs.h}.
 */
public final class RegularFileOptions implements OptionGroup {
    /** {@code _IOR('f', 1, long)}; the kernel moves 32 bits all the same. */
    private static final int FS_IOC_GETFLAGS = 0x80086601;

    /** {@code _IOW('f', 2, long)}. */
    private static final int FS_IOC_SETFLAGS = 0x40086602;

    private static final List<Option<?>> ROWS = rows();

    /** For {@link java.util.ServiceLoader}. */
    public RegularFileOptions() {}

    @Override
    public String name() {
        return "REG";
    }

    @Override
    public List<Option<?>> options() {
        return ROWS;
    }

    private static List<Option<?>> rows() {
        List<Option<?>> rows = new ArrayList<>();
        rows.add(attribute("append", 0x20));
        rows.add(attribute("compr", 0x4).usually("compr"));
        rows.add(attribute("dirsync", 0x10000).usually("dirsync"));
        rows.add(attribute("immutable", 0x10).usually("immutable"));
        rows.add(
                attribute("journal-data", 0x4000)
                        .usually("journal-data")
                        .alias("ext2-journal-data", "ext3-journal-data", "journal"));
        rows.add(attribute("noatime", 0x80));
        rows.add(attribute("nodump", 0x40).usually("nodump"));
        rows.add(attribute("notail", 0x8000).usually("notail"));
        rows.add(attribute("secrm", 0x1).usually("secrm"));
        rows.add(attribute("sync", 0x8));
        rows.add(attribute("topdir", 0x20000).usually("topdir"));
        rows.add(attribute("unrm", 0x2).usually("unrm"));
        rows.add(truncate("ftruncate32", OptionTypes.OFF_T, "ftruncate"));
        rows.add(
                truncate("ftruncate64", OptionTypes.OFF64_T, "ftruncate64")
                        .usually("truncate")
                        .alias("ftruncate"));
        rows.addAll(BlockDeviceOptions.SEEK);
        return List.copyOf(rows);
    }

    private static Option<Boolean> attribute(String name, int bit) {
        return Option.<Boolean>of(
                        "fs-" + name,
                        OptionTypes.BOOL,
                        Phase.FD,
                        (context, target, on) -> {
                            if (target instanceof OptionTarget.Descriptor(Fd fd)) {
                                setAttribute(fd, bit, on);
                            }
                        })
                .alias("ext2-" + name, "ext3-" + name);
    }

    private static void setAttribute(Fd fd, int bit, boolean on) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment flags = arena.allocate(ValueLayout.JAVA_LONG);
            check(fd, FS_IOC_GETFLAGS, flags);
            int before = flags.get(ValueLayout.JAVA_INT, 0);
            flags.set(ValueLayout.JAVA_LONG, 0, on ? before | bit : before & ~bit);
            check(fd, FS_IOC_SETFLAGS, flags);
        }
    }

    private static void check(Fd fd, int request, MemorySegment argument) {
        PosixException.check(
                Libc.ioctl(fd.number(), request, argument),
                () ->
                        "ioctl("
                                + fd.number()
                                + ", 0x"
                                + Integer.toHexString(request)
                                + ", 0x"
                                + Long.toHexString(argument.address())
                                + ")");
    }

    private static Option<Long> truncate(String name, OptionType<Long> type, String call) {
        return Option.of(
                name,
                type,
                Phase.LATE,
                (context, target, length) -> {
                    if (target instanceof OptionTarget.Descriptor(Fd fd)) {
                        PosixException.check(
                                Libc.ftruncate(fd.number(), length),
                                () -> call + "(" + fd.number() + ", " + length + ")");
                    }
                });
    }
}
