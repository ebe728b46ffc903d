package org.jsocat.cli.plugins;

import org.jsocat.core.plan.Catalog;
import org.jsocat.spi.AddressProvider;
import org.jsocat.spi.OptionGroup;
import org.jsocat.spi.Subcommand;
import org.slf4j.Logger;

import java.lang.module.ModuleDescriptor;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;

/**
 * All plugins of a run: those of the distribution, which are modules of the boot layer, and those
 * of third parties.
 *
 * @param found the plugins of third parties
 * @param problems what is wrong with some of them or with their folders, a line each
 * @param choices what the user has decided about them
 */
public record Plugins(List<Plugin> found, List<String> problems, PluginChoices choices) {
    /** Looks into the folders; loads the code of what is fit to be used. */
    public static Plugins load(PluginFolders folders) {
        PluginChoices choices = new PluginChoices(folders.choices());
        return folders.isEmpty()
                ? new Plugins(List.of(), List.of(), choices)
                : new PluginScan(folders).run(choices);
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
        for (Plugin plugin : found) {
            addresses.addAll(plugin.services().addresses());
            options.addAll(plugin.services().options());
        }
        return Catalog.load(addresses, options, preferred());
    }

    /** The catalog knows plugins by the names of their modules, users may write their ids. */
    private Map<String, String> preferred() {
        Map<String, String> modules = new HashMap<>();
        found.forEach(
                plugin -> modules.put(plugin.description().id(), plugin.description().module()));
        Map<String, String> preferred = new HashMap<>();
        choices.preferred()
                .forEach(
                        (keyword, plugin) ->
                                preferred.put(keyword, modules.getOrDefault(plugin, plugin)));
        return preferred;
    }

    /** The plugins of the distribution. */
    public static List<Plugin> own() {
        return ModuleLayer.boot().modules().stream()
                .filter(module -> isOwn(module.getDescriptor()))
                .map(Plugins::own)
                .sorted((a, b) -> a.description().id().compareTo(b.description().id()))
                .toList();
    }

    private static boolean isOwn(ModuleDescriptor descriptor) {
        return descriptor.name().startsWith("org.jsocat.plugin.");
    }

    private static Plugin own(Module module) {
        ModuleDescriptor descriptor = module.getDescriptor();
        Plugin.Description description =
                new Plugin.Description(
                        descriptor.name(),
                        descriptor.rawVersion().orElse("0.0.0"),
                        descriptor.name(),
                        "built in",
                        "",
                        List.of(),
                        "",
                        "jsocat",
                        "");
        Plugin.Services services =
                new Plugin.Services(
                        of(AddressProvider.class, module),
                        of(OptionGroup.class, module),
                        of(Subcommand.class, module));
        return new Plugin(description, Plugin.State.ACTIVE, "", services);
    }

    private static <S> List<S> of(Class<S> service, Module module) {
        return ServiceLoader.load(service).stream()
                .filter(provider -> provider.type().getModule() == module)
                .map(ServiceLoader.Provider::get)
                .toList();
    }

    /** The version of the contract that this program has. */
    public static String spiVersion() {
        return AddressProvider.class.getModule().getDescriptor().rawVersion().orElse("0.0.0");
    }

    /** The subcommands that plugins add to {@code jsocat}, the distribution's first. */
    public List<Subcommand> subcommands() {
        List<Subcommand> all = new ArrayList<>();
        ServiceLoader.load(Subcommand.class).forEach(all::add);
        found.forEach(plugin -> all.addAll(plugin.services().subcommands()));
        return all;
    }
}
