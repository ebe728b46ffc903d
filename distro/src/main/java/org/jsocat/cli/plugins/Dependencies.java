package org.jsocat.cli.plugins;

import org.pf4j.DefaultPluginDescriptor;
import org.pf4j.DependencyResolver;
import org.pf4j.PluginDependency;
import org.pf4j.PluginDescriptor;
import org.pf4j.VersionManager;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;

/** Which plugin needs which, by PF4J. The distribution's own plugins count too. */
final class Dependencies {
    private final Map<String, Candidate> candidates;
    private final VersionManager versions;
    private final Map<String, Plugin> outcomes;
    private final List<Plugin> own;

    /** What is fixed about a plugin of the distribution. */
    private static final class Own extends DefaultPluginDescriptor {
        Own(Plugin plugin) {
            setPluginId(plugin.description().id());
            setPluginVersion(plugin.description().version());
        }
    }

    Dependencies(
            Map<String, Candidate> candidates,
            VersionManager versions,
            Map<String, Plugin> outcomes,
            List<Plugin> own) {
        this.candidates = candidates;
        this.versions = versions;
        this.outcomes = outcomes;
        this.own = own;
    }

    /**
     * The candidates, each behind those that it needs; those whose needs are not met are refused,
     * and then those that need them.
     */
    List<Candidate> order(BiConsumer<Candidate, String> refuse) {
        while (true) {
            DependencyResolver.Result result =
                    new DependencyResolver(versions).resolve(descriptors());
            boolean fit = result.hasCyclicDependency() ? refuseCycles(refuse) : refuseUnmet(refuse);
            if (fit) {
                return result.getSortedPlugins().stream()
                        .filter(candidates::containsKey)
                        .map(candidates::get)
                        .toList();
            }
        }
    }

    private List<PluginDescriptor> descriptors() {
        List<PluginDescriptor> all = new ArrayList<>();
        candidates.values().forEach(candidate -> all.add(candidate.descriptor()));
        own.stream()
                .filter(plugin -> !candidates.containsKey(plugin.description().id()))
                .forEach(plugin -> all.add(new Own(plugin)));
        return all;
    }

    /** Returns whether nothing had to be refused. */
    private boolean refuseUnmet(BiConsumer<Candidate, String> refuse) {
        boolean fit = true;
        for (Candidate candidate : List.copyOf(candidates.values())) {
            Optional<String> unmet = unmet(candidate);
            unmet.ifPresent(reason -> refuse.accept(candidate, reason));
            fit &= unmet.isEmpty();
        }
        return fit;
    }

    /** What a candidate needs and cannot have. */
    Optional<String> unmet(Candidate candidate) {
        for (PluginDependency dependency : candidate.descriptor().getDependencies()) {
            Optional<String> version = version(dependency.getPluginId());
            String range = dependency.getPluginVersionSupport();
            if (version.isEmpty() && !dependency.isOptional()) {
                return Optional.of(
                        "it needs plugin "
                                + dependency.getPluginId()
                                + ", which "
                                + state(dependency.getPluginId()));
            }
            if (version.isPresent() && !satisfies(version.get(), range)) {
                return Optional.of(
                        "it needs plugin "
                                + dependency.getPluginId()
                                + " in version "
                                + range
                                + ", and version "
                                + version.get()
                                + " is there");
            }
        }
        return Optional.empty();
    }

    private boolean satisfies(String version, String range) {
        try {
            return versions.checkVersionConstraint(version, range);
        } catch (RuntimeException unreadable) {
            return false;
        }
    }

    private Optional<String> version(String id) {
        Candidate candidate = candidates.get(id);
        if (candidate != null) {
            return Optional.of(candidate.descriptor().getVersion());
        }
        return own.stream()
                .map(Plugin::description)
                .filter(own -> own.id().equals(id))
                .map(Plugin.Description::version)
                .findFirst();
    }

    private String state(String id) {
        Plugin outcome = outcomes.get(id);
        if (outcome == null) {
            return "is not there";
        }
        return outcome.state() == Plugin.State.DISABLED ? "is disabled" : "is refused itself";
    }

    private boolean refuseCycles(BiConsumer<Candidate, String> refuse) {
        for (Candidate candidate : List.copyOf(candidates.values())) {
            if (reachable(candidate).contains(candidate.id())) {
                refuse.accept(candidate, "it needs plugins that need it");
            }
        }
        return false;
    }

    private Set<String> reachable(Candidate candidate) {
        Set<String> reached = new HashSet<>();
        List<Candidate> open = new ArrayList<>(List.of(candidate));
        while (!open.isEmpty()) {
            for (Candidate needed : of(open.removeLast())) {
                if (reached.add(needed.id())) {
                    open.add(needed);
                }
            }
        }
        return reached;
    }

    /**
     * The plugins of third parties that a candidate needs itself, or could use, and that are there.
     */
    List<Candidate> of(Candidate candidate) {
        return candidate.descriptor().getDependencies().stream()
                .map(PluginDependency::getPluginId)
                .filter(candidates::containsKey)
                .map(candidates::get)
                .toList();
    }
}
