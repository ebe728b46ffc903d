module org.jnrproject.constants {
    exports jnr.constants;
    exports jnr.constants.platform;
    exports jnr.constants.platform.fake;
    exports jnr.constants.platform.linux;
    exports jnr.constants.platform.linux.aarch64;
}
