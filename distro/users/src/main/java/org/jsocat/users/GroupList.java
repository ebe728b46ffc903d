package org.jsocat.users;

import jnr.ffi.byref.IntByReference;

/** The function of libc that tells all groups of a user, which jnr-posix does not bind. */
interface GroupList {
    /**
     * getgrouplist(3).
     *
     * @param user the user's name
     * @param group a group to be in the list in any case
     * @param groups where the groups go
     * @param count the room in {@code groups}; afterwards how many groups there are
     * @return -1 where there are more than {@code groups} has room for
     */
    int getgrouplist(String user, int group, int[] groups, IntByReference count);
}
