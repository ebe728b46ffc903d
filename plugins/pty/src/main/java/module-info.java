/** Plugin pty: pseudo terminals and terminal settings. */
module org.jsocat.plugin.pty {
    requires org.jsocat.spi;
}
