package org.jsocat.cli.process;

import org.jsocat.spi.posix.FileStatus;
import org.jsocat.spi.posix.Linux;
import org.jsocat.spi.posix.PosixException;

import java.io.File;
import java.util.Optional;

/** Looks for the names of devices. */
final class Devices {
    private Devices() {}

    /**
     * A character device's name: first in a folder itself, then in the folders below.
     *
     * @param folder for example {@code /dev}
     * @param major its class
     * @param minor its number
     */
    static Optional<String> name(String folder, int major, int minor) {
        String[] names = new File(folder).list();
        if (names == null) {
            return Optional.empty();
        }
        for (String name : names) {
            String path = folder + "/" + name;
            if (type(path) == Linux.S_IFCHR && is(path, major, minor)) {
                return Optional.of(path);
            }
        }
        for (String name : names) {
            String path = folder + "/" + name;
            if (type(path) == Linux.S_IFDIR) {
                Optional<String> found = name(path, major, minor);
                if (found.isPresent()) {
                    return found;
                }
            }
        }
        return Optional.empty();
    }

    private static int type(String path) {
        int mode = FileStatus.modeOfLink(path);
        return mode < 0 ? 0 : mode & Linux.S_IFMT;
    }

    private static boolean is(String path, int major, int minor) {
        try {
            return FileStatus.of(path).rawDevice() == FileStatus.device(major, minor);
        } catch (PosixException gone) {
            return false;
        }
    }
}
