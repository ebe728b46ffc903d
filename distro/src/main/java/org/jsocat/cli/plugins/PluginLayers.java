package org.jsocat.cli.plugins;

import org.jsocat.spi.AddressProvider;
import org.jsocat.spi.OptionGroup;
import org.jsocat.spi.RelayListener;
import org.jsocat.spi.Subcommand;

import java.lang.module.Configuration;
import java.lang.module.FindException;
import java.lang.module.ModuleFinder;
import java.lang.module.ResolutionException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * Loads each plugin's module into a layer of its own, over the boot layer and the layers of what it
 * needs. Those that take the place of built-in ones come first, all in one layer.
 */
final class PluginLayers {
    private final Map<String, ModuleLayer> layers = new HashMap<>();
    private final List<ModuleLayer> below;

    /**
     * Begins to load.
     *
     * @param replacing the layer of what takes the place of built-in plugins, where there is any
     */
    PluginLayers(Optional<ModuleLayer> replacing) {
        below = new ArrayList<>(replacing.stream().toList());
        below.add(ModuleLayer.boot());
    }

    /**
     * Loads a plugin whose needs are loaded.
     *
     * @throws PluginException when its code does not fit; the message says why, without the name of
     *     the plugin
     */
    Plugin.Services load(Candidate candidate, List<Candidate> needs) {
        return guarded(
                () -> {
                    ModuleLayer layer = layer(candidate, needs);
                    Plugin.Services services = services(layer, module -> true);
                    if (services.equals(Plugin.Services.NONE)) {
                        unfit(
                                "its module provides no service of jsocat: module-info.java has no"
                                        + " provides with AddressProvider, OptionGroup, Subcommand"
                                        + " or RelayListener");
                    }
                    layers.put(candidate.id(), layer);
                    return services;
                });
    }

    /** Turns whatever goes wrong in loading into a reason. */
    static <T> T guarded(Supplier<T> loading) {
        try {
            return loading.get();
        } catch (FindException | ResolutionException | LayerInstantiationException unresolved) {
            throw new PluginException("its module cannot be resolved: " + oneLine(unresolved));
        } catch (PluginException told) {
            throw told;
        } catch (RuntimeException | Error failure) {
            throw new PluginException("its code fails: " + oneLine(failure));
        }
    }

    /**
     * The services of a layer's own modules; a loader of services looks into the layers below too.
     *
     * @throws PluginException when a table is not whole: a plugin that was compiled against
     *     something else fails here rather than in the midst of a relay
     */
    static Plugin.Services services(ModuleLayer layer, Predicate<Module> wanted) {
        Predicate<Module> own = wanted.and(module -> module.getLayer() == layer);
        Plugin.Services services =
                new Plugin.Services(
                        services(ServiceLoader.load(layer, AddressProvider.class), own),
                        services(ServiceLoader.load(layer, OptionGroup.class), own),
                        services(ServiceLoader.load(layer, Subcommand.class), own),
                        services(ServiceLoader.load(layer, RelayListener.class), own));
        for (AddressProvider provider : services.addresses()) {
            whole(provider.addressTypes(), "addresses");
            provider.addressTypes().stream()
                    .map(TableCheck::keyword)
                    .filter(objection -> !objection.isEmpty())
                    .findFirst()
                    .ifPresent(PluginLayers::unfit);
        }
        for (OptionGroup group : services.options()) {
            whole(group.options(), "options");
        }
        return services;
    }

    private static <S> List<S> services(ServiceLoader<S> loader, Predicate<Module> wanted) {
        return loader.stream()
                .filter(provider -> wanted.test(provider.type().getModule()))
                .map(ServiceLoader.Provider::get)
                .toList();
    }

    private static void unfit(String reason) {
        throw new PluginException(reason);
    }

    private static void whole(List<?> rows, String of) {
        if (rows == null || rows.stream().anyMatch(Objects::isNull)) {
            throw new PluginException("its table of " + of + " is null or has a null");
        }
    }

    private ModuleLayer layer(Candidate candidate, List<Candidate> needs) {
        String name = candidate.module().name();
        if (ModuleLayer.boot().findModule(name).isPresent()) {
            throw new PluginException("its module " + name + " is there already");
        }
        List<ModuleLayer> parents = new ArrayList<>(below);
        // What is optional may not be loaded yet.
        needs.stream()
                .map(Candidate::id)
                .filter(layers::containsKey)
                .map(layers::get)
                .forEach(parents::add);
        List<Configuration> known = parents.stream().map(ModuleLayer::configuration).toList();
        Configuration configuration =
                Configuration.resolve(
                        ModuleFinder.of(candidate.jar()), known, ModuleFinder.of(), Set.of(name));
        return ModuleLayer.defineModulesWithOneLoader(
                        configuration, parents, ClassLoader.getSystemClassLoader())
                .layer();
    }

    private static String oneLine(Throwable failure) {
        Throwable cause = failure;
        while (cause.getCause() != null
                && (cause instanceof ServiceConfigurationError
                        || cause instanceof ExceptionInInitializerError)) {
            cause = cause.getCause();
        }
        String message = String.valueOf(cause.getMessage()).lines().findFirst().orElse("");
        boolean namesNothing = cause instanceof LinkageError || cause.getMessage() == null;
        return namesNothing || cause != failure
                ? cause.getClass().getSimpleName() + ": " + message
                : message;
    }
}
