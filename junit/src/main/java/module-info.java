/** Relays in the tests of programs that embed jsocat, or talk through it. */
module org.jsocat.junit {
    requires transitive org.jsocat.core;
    requires transitive org.junit.jupiter.api;

    exports org.jsocat.junit;
}
