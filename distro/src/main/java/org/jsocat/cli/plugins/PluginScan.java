package org.jsocat.cli.plugins;

import org.jsocat.core.plan.PluginManifest;
import org.pf4j.DefaultPluginStatusProvider;
import org.pf4j.DefaultVersionManager;
import org.pf4j.PluginStatusProvider;
import org.pf4j.VersionManager;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
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
    private final PluginChoices choices;
    private final Map<String, Plugin> own = new HashMap<>();

    PluginScan(PluginFolders folders, PluginChoices choices) {
        this.folders = folders;
        this.choices = choices;
        Plugins.own().forEach(plugin -> own.put(plugin.description().id(), plugin));
    }

    Plugins run() {
        folders.folders().forEach(this::readFolder);
        dropDisabled();
        dropOtherVersions();
        dropBuiltIn();
        Dependencies dependencies =
                new Dependencies(candidates, versions, outcomes, List.copyOf(own.values()));
        List<Candidate> order = dependencies.order(this::refuse);
        Replacement replacement = replacement(order);
        PluginLayers layers = new PluginLayers(replacement.layer());
        for (Candidate candidate : order) {
            try {
                if (!own.containsKey(candidate.id())) {
                    // Something that it needs may have failed a moment ago.
                    dependencies.unmet(candidate).ifPresent(PluginScan::unfit);
                    use(candidate, layers.load(candidate, dependencies.of(candidate)));
                }
            } catch (PluginException unfit) {
                refuse(candidate, unfit.getMessage());
            }
        }
        return new Plugins(
                List.copyOf(outcomes.values()), replacement, List.copyOf(problems), choices);
    }

    private Replacement replacement(List<Candidate> order) {
        Replacement replacement = Replacement.NONE;
        for (Candidate candidate : order) {
            Plugin builtIn = own.get(candidate.id());
            try {
                if (builtIn != null) {
                    replacement = replacement.with(candidate, builtIn.description().module());
                }
            } catch (PluginException unfit) {
                refuse(candidate, unfit.getMessage());
            }
        }
        for (Candidate candidate : replacement.replaced()) {
            use(candidate, replacement.services().get(candidate.module().name()));
        }
        return replacement;
    }

    private void use(Candidate candidate, Plugin.Services services) {
        outcomes.put(
                candidate.id(),
                new Plugin(candidate.description(), Plugin.State.ACTIVE, "", services));
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
                Candidate taken = isChosen(candidate) && !isChosen(other) ? candidate : other;
                Candidate left = taken == candidate ? other : candidate;
                candidates.put(taken.id(), taken);
                problems.add(left.label() + " is not used: " + taken.jar() + " has the same id");
            }
        } catch (PluginException unfit) {
            problems.add("plugin " + jar + " is not used: " + unfit.getMessage());
        }
    }

    /** Whether the user wants this version in place of the built-in one. */
    private boolean isChosen(Candidate candidate) {
        return candidate.descriptor().getVersion().equals(choices.versions().get(candidate.id()));
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
        for (Candidate candidate : List.copyOf(candidates.values())) {
            PluginManifest.objection(candidate.descriptor().getRequires())
                    .ifPresent(reason -> refuse(candidate, reason));
        }
    }

    /** Those that are built in too are used where the user says so. */
    private void dropBuiltIn() {
        for (Candidate candidate : List.copyOf(candidates.values())) {
            Plugin builtIn = own.get(candidate.id());
            if (builtIn == null || isChosen(candidate)) {
                continue;
            }
            candidates.remove(candidate.id());
            String version = builtIn.description().version();
            String reason = "version " + version + " is built in";
            outcomes.put(
                    candidate.id(),
                    new Plugin(
                            candidate.description(),
                            Plugin.State.UNUSED,
                            reason,
                            Plugin.Services.NONE));
            if (!PluginChoices.BUILT_IN.equals(choices.versions().get(candidate.id()))) {
                problems.add(
                        candidate.label()
                                + " is not used: "
                                + reason
                                + "; decide with: jsocat plugins prefer "
                                + candidate.id()
                                + " "
                                + candidate.descriptor().getVersion()
                                + " (or "
                                + PluginChoices.BUILT_IN
                                + ")");
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
