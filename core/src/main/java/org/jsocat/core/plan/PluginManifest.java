package org.jsocat.core.plan;

import org.jsocat.spi.AddressProvider;

import java.io.IOException;
import java.io.InputStream;
import java.lang.module.ModuleDescriptor;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.Optional;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.Manifest;

/**
 * What a plugin says about itself in the manifest of its jar: built-in ones and those of third
 * parties alike, on the module path, on the class path and in an image. What is not said is empty.
 *
 * @param id its name among plugins; where the manifest does not say it (a folder of classes), the
 *     name of the module or else of the class
 * @param version by Semantic Versioning
 * @param requires the versions of the SPI that it works with, a range
 * @param dependencies other plugins, separated by commas, each with a range of versions
 * @param description one line about it
 * @param provider who made it
 * @param license how it may be used
 */
public record PluginManifest(
        String id,
        String version,
        String requires,
        String dependencies,
        String description,
        String provider,
        String license) {
    private static final ClassValue<PluginManifest> READ =
            new ClassValue<>() {
                @Override
                protected PluginManifest computeValue(Class<?> service) {
                    return read(service);
                }
            };

    /** The manifest of the plugin that a class belongs to. */
    public static PluginManifest of(Class<?> service) {
        return READ.get(service);
    }

    private static PluginManifest read(Class<?> service) {
        Attributes attributes = new Attributes(0);
        try (InputStream bytes = open(service)) {
            if (bytes != null) {
                attributes = new Manifest(bytes).getMainAttributes();
            }
        } catch (IOException unreadable) {
            // What cannot be read says nothing.
            attributes = new Attributes(0);
        }
        Module module = service.getModule();
        String name = module.isNamed() ? module.getName() : service.getName();
        String version =
                module.isNamed() ? module.getDescriptor().rawVersion().orElse("0.0.0") : "0.0.0";
        return new PluginManifest(
                value(attributes, "Plugin-Id", name),
                value(attributes, "Plugin-Version", version),
                value(attributes, "Plugin-Requires", ""),
                value(attributes, "Plugin-Dependencies", ""),
                value(attributes, "Plugin-Description", ""),
                value(attributes, "Plugin-Provider", ""),
                value(attributes, "Plugin-License", ""));
    }

    private static String value(Attributes attributes, String name, String otherwise) {
        String value = attributes.getValue(name);
        return value == null || value.isBlank() ? otherwise : value.strip();
    }

    private static InputStream open(Class<?> service) throws IOException {
        if (service.getModule().isNamed()) {
            return service.getModule().getResourceAsStream(JarFile.MANIFEST_NAME);
        }
        // On the class path each jar has one, so it is read from the class's own.
        CodeSource source = service.getProtectionDomain().getCodeSource();
        if (source == null || source.getLocation() == null) {
            return null;
        }
        String place = source.getLocation().toString();
        if (!place.endsWith("/")) {
            return URI.create("jar:" + place + "!/" + JarFile.MANIFEST_NAME).toURL().openStream();
        }
        Path file = Path.of(URI.create(place)).resolve(JarFile.MANIFEST_NAME);
        return Files.exists(file) ? Files.newInputStream(file) : null;
    }

    /** The version of the SPI that is there, where that can be told: not of a folder of classes. */
    public static Optional<String> spiVersion() {
        ModuleDescriptor module = AddressProvider.class.getModule().getDescriptor();
        return module == null
                ? Optional.ofNullable(AddressProvider.class.getPackage().getImplementationVersion())
                : module.rawVersion();
    }

    /** Why the plugin does not work with the SPI that is there, or empty where it does. */
    public Optional<String> objection() {
        return requires.isEmpty() ? Optional.empty() : objection(requires);
    }

    /**
     * Why what works with a range of versions does not work with the SPI that is there, or empty
     * where it does or where the version cannot be told.
     *
     * @param requires versions of the SPI: {@code ~0.1}, {@code >=0.1.0 & <0.2.0}
     */
    public static Optional<String> objection(String requires) {
        return spiVersion().flatMap(present -> objection(requires, present));
    }

    static Optional<String> objection(String requires, String present) {
        try {
            return VersionRange.of(requires).contains(present)
                    ? Optional.empty()
                    : Optional.of(
                            "it works with versions "
                                    + requires
                                    + " of the SPI, and this is "
                                    + present);
        } catch (IllegalArgumentException unreadable) {
            return Optional.of("its range of SPI versions cannot be understood: " + requires);
        }
    }
}
