/**
 * Names of users and groups by jnr-posix. Nothing requires it: it is found as a service when a name
 * is looked up.
 */
module org.jsocat.users {
    requires org.jnrproject.ffi;
    requires org.jnrproject.posix;
    requires org.jsocat.spi;

    provides org.jsocat.spi.UserDatabase with
            org.jsocat.users.PosixUserDatabase;
}
