/** Contract tests and fixtures that the author of a plugin runs against the plugin's providers. */
module org.jsocat.testkit {
    requires transitive org.assertj.core;
    requires transitive org.jsocat.spi;
    requires transitive org.junit.jupiter.api;
    requires transitive org.slf4j;

    exports org.jsocat.testkit;
}
