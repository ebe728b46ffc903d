package org.jsocat.cli;

import static org.assertj.core.api.Assertions.assertThat;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;
import static java.util.stream.Collectors.toMap;
import static java.util.stream.Collectors.toSet;

import org.jsocat.spi.AddressProvider;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.constantpool.PoolEntry;
import java.lang.classfile.constantpool.StringEntry;
import java.lang.module.Configuration;
import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleDescriptor.Requires;
import java.lang.module.ModuleFinder;
import java.lang.module.ModuleReference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Stream;

/** The descriptors of all modules that go into the image hold the rules of the design. */
final class ModuleLayeringIT {
    private static final Path MODULES = Path.of(System.getProperty("jsocat.modules"));
    private static final Path DESCRIBED = Path.of(System.getProperty("jsocat.describedModules"));

    private static final String SPI = "org.jsocat.spi";
    private static final String CORE = "org.jsocat.core";
    private static final String PLUGIN = "org.jsocat.plugin.";

    private final Map<String, ModuleDescriptor> modules =
            ModuleFinder.of(MODULES).findAll().stream()
                    .map(ModuleReference::descriptor)
                    .collect(toMap(ModuleDescriptor::name, descriptor -> descriptor));

    @Test
    void spiNeedsOnlyTheJdkAndSlf4j() {
        assertThat(requires(modules.get(SPI)))
                .allMatch(name -> isJdk(name) || name.equals("org.slf4j"));
    }

    @Test
    void pluginsRequireTheSpiButNeitherCoreNorCommands() {
        assertThat(plugins()).isNotEmpty();
        for (ModuleDescriptor plugin : plugins()) {
            assertThat(requires(plugin))
                    .as(plugin.name())
                    .contains(SPI)
                    .doesNotContain(CORE, "org.jsocat.cli", "org.jsocat.users");
        }
    }

    @Test
    void coreRequiresNoPlugin() {
        assertThat(requires(modules.get(CORE))).noneMatch(name -> name.startsWith(PLUGIN));
    }

    /** Those that lack a descriptor of their own get one from this build, for the image only. */
    @Test
    void noAutomaticModuleBelowTheDistribution() throws IOException {
        Set<String> automatic = describedHere();
        assertThat(automatic).isNotEmpty();
        List<ModuleDescriptor> below = new ArrayList<>(plugins());
        below.add(modules.get(SPI));
        below.add(modules.get(CORE));
        for (ModuleDescriptor module : below) {
            assertThat(requires(module)).as(module.name()).doesNotContainAnyElementsOf(automatic);
        }
        assertThat(modules.values()).noneMatch(ModuleDescriptor::isAutomatic);
    }

    @Test
    void noPackageIsInTwoModules() {
        Map<String, List<String>> owners =
                modules.values().stream()
                        .flatMap(
                                module ->
                                        module.packages().stream()
                                                .map(name -> Map.entry(name, module.name())))
                        .collect(
                                groupingBy(
                                        Map.Entry::getKey, mapping(Map.Entry::getValue, toList())));
        assertThat(owners).allSatisfy((name, list) -> assertThat(list).as(name).hasSize(1));
    }

    @Test
    void everyPluginHasTheManifestOfAPlugin() throws IOException {
        for (ModuleReference reference : ModuleFinder.of(MODULES).findAll()) {
            ModuleDescriptor module = reference.descriptor();
            if (!module.name().startsWith(PLUGIN)) {
                continue;
            }
            try (JarFile jar = new JarFile(Path.of(reference.location().orElseThrow()).toFile())) {
                Attributes attributes = jar.getManifest().getMainAttributes();
                assertThat(attributes.getValue("Plugin-Id")).isEqualTo(module.name());
                assertThat(attributes.getValue("Plugin-Version"))
                        .isEqualTo(module.version().orElseThrow().toString());
                assertThat(attributes.getValue("Plugin-Requires")).matches("~\\d+\\.\\d+");
                assertThat(
                                Stream.of(attributes.getValue("Plugin-Dependencies").split(" *, *"))
                                        .filter(text -> !text.isEmpty())
                                        .map(text -> text.replaceFirst("@.*", "")))
                        .as("what %s is built on", module.name())
                        .containsExactlyInAnyOrderElementsOf(
                                requires(module).stream()
                                        .filter(name -> name.startsWith(PLUGIN))
                                        .toList());
                for (ModuleDescriptor.Provides provided : module.provides()) {
                    JarEntry services = jar.getJarEntry("META-INF/services/" + provided.service());
                    assertThat(new String(jar.getInputStream(services).readAllBytes(), UTF_8))
                            .as("%s for the class path", services)
                            .hasLineCount(provided.providers().size())
                            .contains(provided.providers());
                }
            }
        }
    }

    /**
     * Only the three shorthands of the address syntax stand for keywords, and those in one class.
     */
    @Test
    void coreNamesNoAddress() throws IOException {
        Set<String> keywords = keywords();
        assertThat(keywords).contains("tcp-connect");
        Path core =
                Path.of(ModuleFinder.of(MODULES).find(CORE).orElseThrow().location().orElseThrow());
        List<String> found = new ArrayList<>();
        try (JarFile jar = new JarFile(core.toFile())) {
            List<JarEntry> classes =
                    jar.stream()
                            .filter(entry -> entry.getName().endsWith(".class"))
                            .filter(entry -> !entry.getName().endsWith("/Shorthand.class"))
                            .toList();
            for (JarEntry entry : classes) {
                for (PoolEntry constant :
                        ClassFile.of()
                                .parse(jar.getInputStream(entry).readAllBytes())
                                .constantPool()) {
                    if (constant instanceof StringEntry text
                            && keywords.contains(text.stringValue().toLowerCase(Locale.ROOT))) {
                        found.add(entry.getName() + ": " + text.stringValue());
                    }
                }
            }
        }
        assertThat(found).isEmpty();
    }

    private static Set<String> keywords() {
        ModuleLayeringIT.class.getModule().addUses(AddressProvider.class);
        ModuleFinder finder = ModuleFinder.of(MODULES);
        ModuleLayer boot = ModuleLayer.boot();
        Configuration configuration =
                boot.configuration()
                        .resolve(
                                ModuleFinder.of(),
                                finder,
                                finder.findAll().stream()
                                        .map(reference -> reference.descriptor().name())
                                        .filter(name -> name.startsWith(PLUGIN))
                                        .toList());
        ModuleLayer layer =
                boot.defineModulesWithOneLoader(configuration, ClassLoader.getSystemClassLoader());
        return ServiceLoader.load(layer, AddressProvider.class).stream()
                .filter(provider -> provider.type().getModule().getName().startsWith(PLUGIN))
                .flatMap(provider -> provider.get().addressTypes().stream())
                .flatMap(type -> Stream.concat(Stream.of(type.name()), type.aliases().stream()))
                .filter(keyword -> Character.isLetter(keyword.charAt(0)))
                .map(keyword -> keyword.toLowerCase(Locale.ROOT))
                .collect(toSet());
    }

    private List<ModuleDescriptor> plugins() {
        return modules.values().stream()
                .filter(module -> module.name().startsWith(PLUGIN))
                .toList();
    }

    private static List<String> requires(ModuleDescriptor module) {
        return module.requires().stream().map(Requires::name).toList();
    }

    private static boolean isJdk(String module) {
        return module.startsWith("java.") || module.startsWith("jdk.");
    }

    private static Set<String> describedHere() throws IOException {
        try (Stream<Path> files = Files.walk(DESCRIBED)) {
            return files.filter(file -> file.endsWith("module-info.java"))
                    .map(ModuleLayeringIT::moduleName)
                    .collect(toSet());
        }
    }

    private static String moduleName(Path source) {
        try {
            return Files.readString(source).replaceFirst("(?s).*?module ([\\w.]+) \\{.*", "$1");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
