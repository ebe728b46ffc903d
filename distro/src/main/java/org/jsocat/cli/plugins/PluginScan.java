package org.jsocat.cli.plugins;

import org.pf4j.DefaultPluginStatusProvider;
import org.pf4j.DefaultVersionManager;
import org.pf4j.PluginStatusProvider;
import org.pf4j.VersionManager;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Finds out which plugins of third parties are fit to be used, and loads those. Each one that is
 * not costs one line and harms no other.
 */
final class PluginScan {
    private final PluginFolders folders;
    private final VersionManager versions = new DefaultVersionManager();
    private final Map<String, Candidate> candidates = new LinkedHashMap<>();
    private final Map<String, Plugin> outcomes = new TreeMap<>();
    private final List<String> problems = new ArrayList<>();

    PluginScan(PluginFolders folders) {
        this.folders = folders;
    }

    Plugins run(PluginChoices choices) {
        folders.folders().forEach(this::readFolder);
        dropDisabled();
        dropOtherVersions();
        Dependencies dependencies = new Dependencies(candidates, versions, outcomes);
        List<Candidate> order = dependencies.order(this::refuse);
        PluginLayers layers = new PluginLayers();
        for (Candidate candidate : order) {
            try {
                // Something that it needs may have failed a moment ago.
                dependencies.unmet(candidate).ifPresent(PluginScan::unfit);
                Plugin.Services services = layers.load(candidate, dependencies.of(candidate));
                outcomes.put(
                        candidate.id(),
                        new Plugin(candidate.description(), Plugin.State.ACTIVE, "", services));
            } catch (PluginException unfit) {
                refuse(candidate, unfit.getMessage());
            }
        }
        return new Plugins(List.copyOf(outcomes.values()), List.copyOf(problems), choices);
    }

    private void readFolder(Path folder) {
        List<Path> jars = PluginFolders.jars(folder);
        if (jars.isEmpty()) {
            return;
        }
        try {
            // What is checked is what is read, whatever becomes of a link on the way.
            Path real = folder.toRealPath();
            Ownership.objection(real).ifPresent(PluginScan::unfit);
            jars = PluginFolders.jars(real);
        } catch (IOException | PluginException unsafe) {
            problems.add("plugin folder " + folder + " is not used: " + unsafe.getMessage());
            return;
        }
        for (Path jar : jars) {
            readJar(jar);
        }
    }

    private void readJar(Path jar) {
        try {
            Candidate candidate = Candidate.of(real(jar));
            Candidate other = candidates.putIfAbsent(candidate.id(), candidate);
            if (other != null && !same(jar, other.jar())) {
                problems.add(
                        candidate.label() + " is not used: " + other.jar() + " has the same id");
            }
        } catch (PluginException unfit) {
            problems.add("plugin " + jar + " is not used: " + unfit.getMessage());
        }
    }

    private static Path real(Path jar) {
        try {
            return jar.toRealPath();
        } catch (IOException gone) {
            throw new PluginException("it cannot be read: " + gone.getMessage());
        }
    }

    private static boolean same(Path one, Path other) {
        try {
            return Files.isSameFile(one, other);
        } catch (IOException gone) {
            return false;
        }
    }

    private void dropDisabled() {
        PluginStatusProvider status = new DefaultPluginStatusProvider(folders.choices());
        candidates
                .values()
                .removeIf(
                        candidate -> {
                            boolean disabled = status.isPluginDisabled(candidate.id());
                            if (disabled) {
                                outcomes.put(
                                        candidate.id(),
                                        new Plugin(
                                                candidate.description(),
                                                Plugin.State.DISABLED,
                                                "",
                                                Plugin.Services.NONE));
                            }
                            return disabled;
                        });
    }

    private void dropOtherVersions() {
        String present = Plugins.spiVersion();
        for (Candidate candidate : List.copyOf(candidates.values())) {
            String range = candidate.descriptor().getRequires();
            try {
                if (!versions.checkVersionConstraint(present, range)) {
                    refuse(
                            candidate,
                            "it works with versions "
                                    + range
                                    + " of the SPI, and this is "
                                    + present);
                }
            } catch (RuntimeException unreadable) {
                refuse(candidate, "its range of SPI versions cannot be understood: " + range);
            }
        }
    }

    private static void unfit(String reason) {
        throw new PluginException(reason);
    }

    private void refuse(Candidate candidate, String reason) {
        candidates.remove(candidate.id());
        problems.add(candidate.label() + " is not used: " + reason);
        outcomes.put(
                candidate.id(),
                new Plugin(
                        candidate.description(),
                        Plugin.State.REFUSED,
                        reason,
                        Plugin.Services.NONE));
    }
}
