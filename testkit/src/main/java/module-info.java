/** Contract tests that the author of a plugin extends and runs against the plugin's providers. */
module org.jsocat.testkit {
    requires transitive org.assertj.core;
    requires transitive org.jsocat.spi;
    requires transitive org.junit.jupiter.api;
}
