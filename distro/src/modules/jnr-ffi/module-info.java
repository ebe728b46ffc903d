module org.jnrproject.ffi {
    requires java.logging;
    requires jnr.a64asm;
    requires jnr.x86asm;
    requires org.jnrproject.jffi;
    requires org.objectweb.asm;
    requires org.objectweb.asm.commons;
    requires org.objectweb.asm.tree;
    requires org.objectweb.asm.tree.analysis;
    requires org.objectweb.asm.util;

    // The classes it makes at run time stand in an unnamed module and use all of these.
    exports jnr.ffi;
    exports jnr.ffi.annotations;
    exports jnr.ffi.byref;
    exports jnr.ffi.mapper;
    exports jnr.ffi.provider;
    exports jnr.ffi.provider.converters;
    exports jnr.ffi.provider.jffi;
    exports jnr.ffi.provider.jffi.platform.aarch64.linux;
    exports jnr.ffi.provider.jffi.platform.x86_64.linux;
    exports jnr.ffi.types;
    exports jnr.ffi.util;
    exports jnr.ffi.util.ref;
}
