/** The commands {@code socat} and {@code jsocat}. */
module org.jsocat.cli {
    requires info.picocli;
    requires org.jsocat.core;
}
