package org.jsocat.users;

import jnr.ffi.LibraryLoader;
import jnr.ffi.byref.IntByReference;
import jnr.posix.POSIX;
import jnr.posix.POSIXFactory;
import jnr.posix.Passwd;

import org.jsocat.spi.UserDatabase;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The users and groups that libc knows, from files or a directory service.
 *
 * <p>Looking something up may block for as long as the directory service takes. Thread-safe: libc
 * keeps each answer in memory of its own until the next call, so calls exclude each other.
 */
public final class PosixUserDatabase implements UserDatabase {
    private static final int USUAL_GROUPS = 64;

    static {
        // Without this jnr-ffi would make a class with all functions that jnr-posix knows, to call
        // four of them.
        System.setProperty("jnr.ffi.asm.enabled", "false");
        // In the image jffi's library lies with the run-time's own. Elsewhere jffi unpacks it from
        // its jar to a temporary file.
        Path libraries = Path.of(System.getProperty("java.home"), "lib");
        if (Files.exists(libraries.resolve("libjffi-1.2.so"))) {
            System.setProperty("jffi.boot.library.path", libraries.toString());
        }
    }

    private final POSIX posix = POSIXFactory.getNativePOSIX();
    private final GroupList groupList = LibraryLoader.create(GroupList.class).load("c");

    /** For ServiceLoader. */
    public PosixUserDatabase() {}

    @Override
    public synchronized Optional<User> user(String name) {
        return Optional.ofNullable(posix.getpwnam(name)).map(this::user);
    }

    @Override
    public synchronized Optional<User> user(int uid) {
        return Optional.ofNullable(posix.getpwuid(uid)).map(this::user);
    }

    @Override
    public synchronized Optional<Integer> group(String name) {
        return Optional.ofNullable(posix.getgrnam(name)).map(group -> (int) group.getGID());
    }

    private User user(Passwd entry) {
        String name = entry.getLoginName();
        int gid = (int) entry.getGID();
        return new User(
                name,
                (int) entry.getUID(),
                gid,
                groups(name, gid),
                entry.getHome(),
                entry.getShell());
    }

    private List<Integer> groups(String name, int gid) {
        IntByReference count = new IntByReference(USUAL_GROUPS);
        int[] groups = new int[USUAL_GROUPS];
        if (groupList.getgrouplist(name, gid, groups, count) == -1) {
            groups = new int[count.intValue()];
            groupList.getgrouplist(name, gid, groups, count);
        }
        return Arrays.stream(groups).limit(count.intValue()).boxed().toList();
    }
}
