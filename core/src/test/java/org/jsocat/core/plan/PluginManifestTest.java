package org.jsocat.core.plan;

import static org.assertj.core.api.Assertions.assertThat;

import org.jsocat.spi.AddressProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;

/** What plugins say about themselves, those on the class path too. */
final class PluginManifestTest {
    private static final String CLASS = "org/jsocat/core/plan/PackedProvider.class";

    @TempDir private Path folder;

    private Path jar(Map<String, String> attributes) throws IOException {
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        attributes.forEach((name, value) -> manifest.getMainAttributes().putValue(name, value));
        Path jar = folder.resolve("packed.jar");
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar), manifest);
                InputStream code =
                        PackedProvider.class.getResourceAsStream("PackedProvider.class")) {
            out.putNextEntry(new JarEntry(CLASS));
            code.transferTo(out);
        }
        return jar;
    }

    /** Finds the class in a jar, where the parent would find the one of the tests. */
    private static final class JarLoader extends URLClassLoader {
        JarLoader(URL jar) {
            super(new URL[] {jar}, PluginManifestTest.class.getClassLoader());
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            return name.equals(PackedProvider.class.getName())
                    ? findClass(name)
                    : super.loadClass(name, resolve);
        }
    }

    private interface Check {
        void on(AddressProvider provider) throws Exception;
    }

    private void packed(Map<String, String> attributes, Check check) throws Exception {
        try (JarLoader loader = new JarLoader(jar(attributes).toUri().toURL())) {
            check.on(
                    (AddressProvider)
                            loader.loadClass(PackedProvider.class.getName())
                                    .getConstructor()
                                    .newInstance());
        }
    }

    @Test
    void aJarOnTheClassPathSaysWhoItIs() throws Exception {
        packed(
                Map.of(
                        "Plugin-Id", "org.example.packed",
                        "Plugin-Version", "1.2.3",
                        "Plugin-Requires", "~0.1",
                        "Plugin-Dependencies", "org.example.other@~1.0",
                        "Plugin-Description", "packed by a test",
                        "Plugin-Provider", "the test",
                        "Plugin-License", "none"),
                provider -> {
                    assertThat(PluginManifest.of(provider.getClass()))
                            .isEqualTo(
                                    new PluginManifest(
                                            "org.example.packed",
                                            "1.2.3",
                                            "~0.1",
                                            "org.example.other@~1.0",
                                            "packed by a test",
                                            "the test",
                                            "none"));
                    Catalog catalog = new Catalog(List.of(provider), List.of(), Map.of());
                    assertThat(catalog.address("packed").orElseThrow().plugin())
                            .isEqualTo("org.example.packed");
                });
    }

    @Test
    void aFolderOfClassesIsNamedByItsModuleOrClass() {
        Class<?> type = PackedProvider.class;
        assertThat(PluginManifest.of(type).id())
                .isEqualTo(
                        type.getModule().isNamed() ? type.getModule().getName() : type.getName());
        assertThat(PluginManifest.of(type).objection()).isEmpty();
    }

    @Test
    void anotherVersionOfTheSpiIsAnObjection() {
        assertThat(PluginManifest.objection("~0.1", "0.1.7")).isEmpty();
        assertThat(PluginManifest.objection(">=9.0.0", "0.1.0"))
                .contains("it works with versions >=9.0.0 of the SPI, and this is 0.1.0");
        assertThat(PluginManifest.objection("new", "0.1.0"))
                .contains("its range of SPI versions cannot be understood: new");
    }

    @Test
    void anAddressOfAPluginForAnotherSpiIsNotUsed() throws Exception {
        packed(
                Map.of("Plugin-Id", "org.example.future", "Plugin-Requires", ">=9.0.0"),
                provider -> {
                    Catalog catalog = new Catalog(List.of(provider), List.of(), Map.of());
                    // A folder of classes has no version, so that nothing can be compared.
                    assertThat(
                                    catalog.address("PACKED")
                                            .orElseThrow()
                                            .unavailabilityCause()
                                            .isPresent())
                            .isEqualTo(PluginManifest.spiVersion().isPresent());
                });
    }
}
