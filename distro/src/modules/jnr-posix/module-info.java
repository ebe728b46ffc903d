module org.jnrproject.posix {
    requires java.logging;
    requires static java.management;
    requires jdk.unsupported;
    requires org.jnrproject.constants;
    requires transitive org.jnrproject.ffi;

    exports jnr.posix;
    exports jnr.posix.util;
}
