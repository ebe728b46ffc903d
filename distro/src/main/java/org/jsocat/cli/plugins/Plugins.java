package org.jsocat.cli.plugins;

import org.jsocat.core.plan.Catalog;
import org.jsocat.core.plan.PluginManifest;
import org.jsocat.spi.AddressProvider;
import org.jsocat.spi.OptionGroup;
import org.jsocat.spi.RelayListener;
import org.jsocat.spi.Subcommand;
import org.slf4j.Logger;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.stream.Stream;

/**
 * All plugins of a run: those of the distribution, which are modules of the boot layer, and those
 * of third parties.
 *
 * @param found the plugins of third parties, and jars that take the place of built-in ones
 * @param replacement what takes the place of built-in plugins
 * @param problems what is wrong with some of them or with their folders, a line each
 * @param choices what the user has decided about them
 */
public record Plugins(
        List<Plugin> found, Replacement replacement, List<String> problems, PluginChoices choices) {
    /** What makes a module of the boot layer a plugin. */
    private static final Set<String> SERVICES =
            Set.of(
                    AddressProvider.class.getName(),
                    OptionGroup.class.getName(),
                    Subcommand.class.getName(),
                    RelayListener.class.getName());

    /** Looks into the folders; loads the code of what is fit to be used. */
    public static Plugins load(PluginFolders folders) {
        PluginChoices choices = new PluginChoices(folders.choices());
        return folders.isEmpty()
                ? new Plugins(List.of(), Replacement.NONE, List.of(), choices)
                : new PluginScan(folders, choices).run();
    }

    /**
     * The catalog of all plugins. What is wrong with plugins of third parties is logged as
     * warnings: everything that does not need them works.
     */
    public static Catalog catalog(PluginFolders folders, Logger log) {
        Plugins plugins = load(folders);
        plugins.problems().forEach(log::warn);
        Catalog catalog = plugins.catalog();
        catalog.refused().forEach((plugin, reason) -> log.warn(refusal(plugin, reason)));
        for (String keyword : catalog.conflicts()) {
            log.warn(
                    "{}; decide with: jsocat plugins prefer {} PLUGIN",
                    catalog.conflict(keyword).orElseThrow(),
                    keyword);
        }
        return catalog;
    }

    private static String refusal(String plugin, String reason) {
        return "plugin " + plugin + " is not used: " + reason;
    }

    /** What is wrong with plugins, a line each, all of their tables looked at. */
    public List<String> allProblems() {
        List<String> all = new ArrayList<>(problems);
        Catalog catalog = catalog();
        catalog.groups();
        catalog.refused().forEach((plugin, reason) -> all.add(refusal(plugin, reason)));
        return all;
    }

    /** The catalog of all plugins. */
    public Catalog catalog() {
        if (found.isEmpty()) {
            return Catalog.load();
        }
        List<AddressProvider> addresses = new ArrayList<>();
        List<OptionGroup> options = new ArrayList<>();
        List<RelayListener> listeners = new ArrayList<>();
        for (Plugin.Services services : loaded()) {
            addresses.addAll(services.addresses());
            options.addAll(services.options());
            listeners.addAll(services.listeners());
        }
        return Catalog.load(
                addresses, options, listeners, choices.preferred(), replacement.modules());
    }

    /** What is provided by modules that are not in the boot layer. */
    private List<Plugin.Services> loaded() {
        List<Plugin.Services> all = new ArrayList<>();
        found.forEach(plugin -> all.add(plugin.services()));
        all.addAll(replacement.builtOnIt());
        return all;
    }

    /** The plugins of the distribution, then the others; those that are not used, too. */
    public List<Plugin> all() {
        List<Plugin> all = new ArrayList<>();
        own().forEach(plugin -> all.add(replacement.seen(plugin)));
        all.addAll(found);
        return all;
    }

    /** The plugins of the distribution. */
    static List<Plugin> own() {
        Plugin.Services all =
                new Plugin.Services(
                        all(AddressProvider.class),
                        all(OptionGroup.class),
                        all(Subcommand.class),
                        all(RelayListener.class));
        return ModuleLayer.boot().modules().stream()
                .filter(Plugins::isOwn)
                .map(module -> own(module, all))
                .sorted((a, b) -> a.description().id().compareTo(b.description().id()))
                .toList();
    }

    private static boolean isOwn(Module module) {
        return module != Catalog.class.getModule()
                && module != AddressProvider.class.getModule()
                && module.getDescriptor().provides().stream()
                        .anyMatch(provided -> SERVICES.contains(provided.service()));
    }

    private static Plugin own(Module module, Plugin.Services all) {
        Plugin.Services services =
                new Plugin.Services(
                        of(module, all.addresses()),
                        of(module, all.options()),
                        of(module, all.subcommands()),
                        of(module, all.listeners()));
        Object any =
                Stream.of(
                                services.addresses(),
                                services.options(),
                                services.subcommands(),
                                services.listeners())
                        .flatMap(List::stream)
                        .findFirst()
                        .orElseThrow();
        PluginManifest manifest = PluginManifest.of(any.getClass());
        Plugin.Description description =
                new Plugin.Description(
                        manifest.id(),
                        manifest.version(),
                        module.getName(),
                        Plugin.BUILT_IN,
                        manifest.requires(),
                        manifest.dependencies().isEmpty()
                                ? List.of()
                                : List.of(manifest.dependencies().split(" *, *")),
                        manifest.description(),
                        manifest.provider(),
                        manifest.license());
        Optional<String> objection = manifest.objection();
        return objection.isEmpty()
                ? new Plugin(description, Plugin.State.ACTIVE, "", services)
                : new Plugin(
                        description, Plugin.State.REFUSED, objection.get(), Plugin.Services.NONE);
    }

    private static <S> List<S> of(Module module, List<S> services) {
        return services.stream()
                .filter(service -> module.equals(service.getClass().getModule()))
                .toList();
    }

    private static <S> List<S> all(Class<S> service) {
        return ServiceLoader.load(service).stream().map(ServiceLoader.Provider::get).toList();
    }

    /** The version of the contract that this program has. */
    public static String spiVersion() {
        return PluginManifest.spiVersion().orElse("0.0.0");
    }

    /** The subcommands that plugins add to {@code jsocat}, the distribution's first. */
    public List<Subcommand> subcommands() {
        List<Subcommand> all = new ArrayList<>();
        ServiceLoader.load(Subcommand.class).stream()
                .filter(own -> !replacement.modules().contains(own.type().getModule().getName()))
                .forEach(own -> all.add(own.get()));
        loaded().forEach(services -> all.addAll(services.subcommands()));
        return all;
    }
}
