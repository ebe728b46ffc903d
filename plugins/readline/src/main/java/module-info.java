/** Plugin readline: line editing with history on a terminal. */
module org.jsocat.plugin.readline {
    requires org.jsocat.spi;
}
