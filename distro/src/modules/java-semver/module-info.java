module com.github.zafarkhaja.semver {
    exports com.github.zafarkhaja.semver;
    exports com.github.zafarkhaja.semver.expr;
}
