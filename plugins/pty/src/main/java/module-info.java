/**
 * Plugin pty: pseudo terminals and terminal settings. It exports what other families that open
 * terminals build on.
 */
module org.jsocat.plugin.pty {
    requires transitive org.jsocat.spi;

    exports org.jsocat.plugin.pty;

    provides org.jsocat.spi.AddressProvider with
            org.jsocat.plugin.pty.PtyProvider;
    provides org.jsocat.spi.OptionGroup with
            org.jsocat.plugin.pty.PtyOptions,
            org.jsocat.plugin.pty.TerminalOptions;
}
