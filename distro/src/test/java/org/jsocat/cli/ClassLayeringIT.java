package org.jsocat.cli;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.Location;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The classes of jsocat know only what the design lets them know. */
final class ClassLayeringIT {
    private static JavaClasses jsocat;

    @BeforeAll
    static void importClasses() throws IOException {
        Path modules = Path.of(System.getProperty("jsocat.modules"));
        try (Stream<Path> files = Files.list(modules)) {
            List<Location> jars =
                    files.filter(file -> file.getFileName().toString().startsWith("jsocat-"))
                            .map(file -> Location.of(file.toUri()))
                            .toList();
            jsocat = new ClassFileImporter().importLocations(jars);
        }
    }

    @Test
    void spiKnowsTheJdkAndSlf4j() {
        classes()
                .that()
                .resideInAPackage("org.jsocat.spi..")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage("java..", "org.slf4j", "org.jsocat.spi..")
                .check(jsocat);
    }

    @Test
    void systemCallsKnowNeitherAddressesNorOptions() {
        noClasses()
                .that()
                .resideInAPackage("org.jsocat.spi.posix..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.jsocat.spi")
                .check(jsocat);
    }

    @Test
    void coreKnowsNoPlugin() {
        noClasses()
                .that()
                .resideInAnyPackage("org.jsocat.core..", "org.jsocat.xio..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.jsocat.plugin..", "org.jsocat.cli..")
                .check(jsocat);
    }

    /** Each package of core is reached from those above it only. */
    @Test
    void nothingInCoreReachesBackUp() {
        layeredArchitecture()
                .consideringOnlyDependenciesInAnyPackage("org.jsocat.core..")
                .layer("run")
                .definedBy("org.jsocat.core.run..")
                .layer("open")
                .definedBy("org.jsocat.core.open..")
                .layer("plan")
                .definedBy("org.jsocat.core.plan..")
                .layer("relay")
                .definedBy("org.jsocat.core.relay..")
                .layer("option")
                .definedBy("org.jsocat.core.option..")
                .layer("parse")
                .definedBy("org.jsocat.core.parse..")
                .whereLayer("run")
                .mayOnlyAccessLayers("open", "plan", "relay", "option", "parse")
                .whereLayer("open")
                .mayOnlyAccessLayers("plan", "relay", "option")
                .whereLayer("plan")
                .mayOnlyAccessLayers("option", "parse")
                .whereLayer("relay")
                .mayNotAccessAnyLayer()
                .whereLayer("option")
                .mayNotAccessAnyLayer()
                .whereLayer("parse")
                .mayNotAccessAnyLayer()
                .ensureAllClassesAreContainedInArchitectureIgnoring(
                        "org.jsocat.cli..",
                        "org.jsocat.plugin..",
                        "org.jsocat.spi..",
                        "org.jsocat.xio..",
                        "org.jsocat.users..")
                .check(jsocat);
    }

    @Test
    void pluginsKnowNeitherCoreNorCommands() {
        noClasses()
                .that()
                .resideInAPackage("org.jsocat.plugin..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.jsocat.core..", "org.jsocat.xio..", "org.jsocat.cli..")
                .check(jsocat);
    }

    @Test
    void pluginsHaveNoCycles() {
        slices().matching("org.jsocat.plugin.(*)..").should().beFreeOfCycles().check(jsocat);
    }

    @Test
    void namesSayWhatATypeIs() {
        noClasses().should().haveNameMatching(".*(Impl|Manager|Utils?|Helper)").check(jsocat);
    }

    @Test
    void onlyTheCommandsEndTheProcessOrWriteToStandardStreams() {
        noClasses()
                .that()
                .resideOutsideOfPackage("org.jsocat.cli..")
                .should()
                .callMethod(System.class, "exit", int.class)
                .orShould()
                .accessField(System.class, "out")
                .orShould()
                .accessField(System.class, "err")
                .check(jsocat);
    }
}
