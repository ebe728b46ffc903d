package org.jsocat.cli.plugins;

import java.lang.module.Configuration;
import java.lang.module.ModuleFinder;
import java.lang.module.ModuleReference;
import java.lang.module.ResolvedModule;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Jars that take the place of built-in plugins. They are loaded into one layer, together with the
 * built-in plugins that are built on them, which are loaded once more: else those would go on with
 * the classes that are replaced.
 *
 * @param layer where they are, if there are any
 * @param replaced the plugins whose place is taken
 * @param services what each module of the layer provides
 */
record Replacement(
        Optional<ModuleLayer> layer,
        List<Candidate> replaced,
        Map<String, Plugin.Services> services) {
    /** Everything is as it is built in. */
    static final Replacement NONE = new Replacement(Optional.empty(), List.of(), Map.of());

    /**
     * The same with one more.
     *
     * @param module of the built-in plugin
     * @throws PluginException when it cannot be loaded
     */
    Replacement with(Candidate candidate, String module) {
        if (!candidate.module().name().equals(module)) {
            throw new PluginException(
                    "its module is "
                            + candidate.module().name()
                            + ", and that of the built-in one "
                            + module);
        }
        List<Candidate> all = new ArrayList<>(replaced);
        all.add(candidate);
        return PluginLayers.guarded(() -> load(all));
    }

    private static Replacement load(List<Candidate> all) {
        Set<String> names =
                all.stream()
                        .map(candidate -> candidate.module().name())
                        .collect(Collectors.toCollection(HashSet::new));
        Map<String, ModuleReference> builtOn = new HashMap<>();
        addBuiltOn(names, builtOn);
        ModuleFinder jars = ModuleFinder.of(all.stream().map(Candidate::jar).toArray(Path[]::new));
        Configuration configuration =
                ModuleLayer.boot()
                        .configuration()
                        .resolve(
                                ModuleFinder.compose(jars, new BuiltIn(builtOn)),
                                ModuleFinder.of(),
                                names);
        ModuleLayer layer =
                ModuleLayer.boot()
                        .defineModulesWithOneLoader(
                                configuration, ClassLoader.getSystemClassLoader());
        Map<String, Plugin.Services> services = new HashMap<>();
        for (Module module : layer.modules()) {
            services.put(
                    module.getName(),
                    PluginLayers.services(layer, provider -> provider.equals(module)));
        }
        return new Replacement(Optional.of(layer), all, services);
    }

    /** Adds the modules of the boot layer that read one of these, and so on. */
    private static void addBuiltOn(Set<String> names, Map<String, ModuleReference> builtOn) {
        boolean more = true;
        while (more) {
            more = false;
            for (ResolvedModule module : ModuleLayer.boot().configuration().modules()) {
                if (!names.contains(module.name())
                        && module.reads().stream().anyMatch(read -> names.contains(read.name()))) {
                    names.add(module.name());
                    builtOn.put(module.name(), module.reference());
                    more = true;
                }
            }
        }
    }

    /** Finds modules of the program itself. */
    private record BuiltIn(Map<String, ModuleReference> modules) implements ModuleFinder {
        @Override
        public Optional<ModuleReference> find(String name) {
            return Optional.ofNullable(modules.get(name));
        }

        @Override
        public Set<ModuleReference> findAll() {
            return Set.copyOf(modules.values());
        }
    }

    /** The modules of the boot layer whose services are not taken. */
    Set<String> modules() {
        return services.keySet();
    }

    /** A built-in plugin with what became of it. */
    Plugin seen(Plugin own) {
        return replaced.stream()
                .filter(candidate -> candidate.id().equals(own.description().id()))
                .findFirst()
                .map(
                        candidate ->
                                new Plugin(
                                        own.description(),
                                        Plugin.State.UNUSED,
                                        "version "
                                                + candidate.descriptor().getVersion()
                                                + " is preferred",
                                        Plugin.Services.NONE))
                .orElse(own);
    }

    /** What the built-in plugins provide that are built on the replaced ones. */
    List<Plugin.Services> builtOnIt() {
        Map<String, Plugin.Services> others = new HashMap<>(services);
        replaced.forEach(candidate -> others.remove(candidate.module().name()));
        return List.copyOf(others.values());
    }
}
