/** Plugin exec: programs: EXEC, SYSTEM and SHELL. */
module org.jsocat.plugin.exec {
    requires org.jsocat.spi;
}
