module pf4j {
    requires com.github.zafarkhaja.semver;
    requires static java.compiler;
    requires org.slf4j;

    exports org.pf4j;
    exports org.pf4j.util;
}
