package org.jsocat.cli.plugins;

import org.jsocat.spi.AddressProvider;
import org.jsocat.spi.OptionGroup;
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
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.Set;

/**
 * Loads each plugin's module into a layer of its own, over the boot layer and the layers of what it
 * needs.
 */
final class PluginLayers {
    private final Map<String, ModuleLayer> layers = new HashMap<>();

    /**
     * Loads a plugin whose needs are loaded.
     *
     * @throws PluginException when its code does not fit; the message says why, without the name of
     *     the plugin
     */
    Plugin.Services load(Candidate candidate, List<Candidate> needs) {
        try {
            ModuleLayer layer = layer(candidate, needs);
            Plugin.Services services =
                    new Plugin.Services(
                            services(ServiceLoader.load(layer, AddressProvider.class), layer),
                            services(ServiceLoader.load(layer, OptionGroup.class), layer),
                            services(ServiceLoader.load(layer, Subcommand.class), layer));
            // A plugin that was compiled against something else fails here rather than in the midst
            // of a relay.
            for (AddressProvider provider : services.addresses()) {
                whole(provider.addressTypes(), "addresses");
            }
            for (OptionGroup group : services.options()) {
                whole(group.options(), "options");
            }
            layers.put(candidate.id(), layer);
            return services;
        } catch (FindException | ResolutionException | LayerInstantiationException unresolved) {
            throw new PluginException("its module cannot be resolved: " + oneLine(unresolved));
        } catch (PluginException told) {
            throw told;
        } catch (RuntimeException | Error failure) {
            throw new PluginException("its code fails: " + oneLine(failure));
        }
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
        List<ModuleLayer> parents = new ArrayList<>(List.of(ModuleLayer.boot()));
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

    /**
     * The services of the layer's own module; a loader of services looks into the layers below too.
     */
    private static <S> List<S> services(ServiceLoader<S> loader, ModuleLayer layer) {
        return loader.stream()
                .filter(provider -> provider.type().getModule().getLayer() == layer)
                .map(ServiceLoader.Provider::get)
                .toList();
    }

    private static String oneLine(Throwable failure) {
        Throwable cause =
                failure instanceof ServiceConfigurationError && failure.getCause() != null
                        ? failure.getCause()
                        : failure;
        String message = String.valueOf(cause.getMessage()).lines().findFirst().orElse("");
        return cause instanceof LinkageError || cause.getMessage() == null
                ? cause.getClass().getSimpleName() + ": " + message
                : message;
    }
}
