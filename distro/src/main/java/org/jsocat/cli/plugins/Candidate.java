package org.jsocat.cli.plugins;

import com.github.zafarkhaja.semver.Version;

import org.pf4j.ManifestPluginDescriptorFinder;
import org.pf4j.PluginDependency;
import org.pf4j.PluginDescriptor;

import java.io.IOException;
import java.lang.module.FindException;
import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleFinder;
import java.lang.module.ModuleReference;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.jar.JarFile;

/**
 * A jar that says it is a plugin.
 *
 * @param jar where it is
 * @param descriptor what its manifest says, read by PF4J
 * @param module what its module says
 */
record Candidate(Path jar, PluginDescriptor descriptor, ModuleDescriptor module) {
    private static final String ANY_VERSION = "*";

    /**
     * Reads a jar; runs none of its code.
     *
     * @throws PluginException when it is no plugin; the message says why, without the name of the
     *     jar
     */
    static Candidate of(Path jar) {
        try {
            refuse(Ownership.objection(jar));
            checkJar(jar);
        } catch (IOException broken) {
            throw new PluginException("it is not a jar or is corrupt: " + broken.getMessage());
        }
        PluginDescriptor descriptor = new ManifestPluginDescriptorFinder().find(jar);
        if (descriptor.getPluginId() == null || descriptor.getPluginId().isBlank()) {
            throw new PluginException("it is no plugin: its manifest has no Plugin-Id");
        }
        if (descriptor.getVersion() == null || !Version.isValid(descriptor.getVersion())) {
            throw new PluginException("its Plugin-Version is missing or not of the form 1.2.3");
        }
        if (descriptor.getRequires() == null || descriptor.getRequires().equals(ANY_VERSION)) {
            throw new PluginException(
                    "it does not say which versions of the SPI it works with (Plugin-Requires)");
        }
        return new Candidate(jar, descriptor, module(jar));
    }

    private static void refuse(Optional<String> objection) {
        objection.ifPresent(
                text -> {
                    throw new PluginException(text);
                });
    }

    private static void checkJar(Path jar) throws IOException {
        try (JarFile file = new JarFile(jar.toFile())) {
            if (file.getManifest() == null) {
                throw new PluginException("it is no plugin: it has no manifest");
            }
        }
    }

    private static ModuleDescriptor module(Path jar) {
        Set<ModuleReference> modules;
        try {
            modules = ModuleFinder.of(jar).findAll();
        } catch (FindException broken) {
            throw new PluginException("its module cannot be read: " + broken.getMessage());
        }
        for (ModuleReference module : modules) {
            if (!module.descriptor().isAutomatic()) {
                return module.descriptor();
            }
        }
        throw new PluginException("it is not a module: it has no module-info.class");
    }

    String id() {
        return descriptor.getPluginId();
    }

    /** As messages name it. */
    String label() {
        return "plugin " + id() + " (" + jar + ")";
    }

    Plugin.Description description() {
        List<String> dependencies =
                descriptor.getDependencies().stream().map(Candidate::text).toList();
        return new Plugin.Description(
                id(),
                descriptor.getVersion(),
                module.name(),
                jar.toString(),
                descriptor.getRequires(),
                dependencies,
                descriptor.getPluginDescription(),
                Optional.ofNullable(descriptor.getProvider()).orElse(""),
                Optional.ofNullable(descriptor.getLicense()).orElse(""));
    }

    private static String text(PluginDependency dependency) {
        String range = dependency.getPluginVersionSupport();
        return dependency.getPluginId()
                + (dependency.isOptional() ? "?" : "")
                + (range.equals(ANY_VERSION) ? "" : "@" + range);
    }
}
