package org.jsocat.spi;

import java.util.List;
import java.util.Optional;

/**
 * Names of users and groups; a service, asked only when a command line gives a name instead of a
 * number.
 *
 * @since 1.0
 */
public interface UserDatabase {
    /** One user, as passwd(5) has it, with all groups that it is in. */
    record User(String name, int uid, int gid, List<Integer> groups, String home, String shell) {}

    /** The user of this name. */
    Optional<User> user(String name);

    /** The user with this number. */
    Optional<User> user(int uid);

    /** The number of the group of this name. */
    Optional<Integer> group(String name);
}
