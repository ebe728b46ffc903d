package org.jsocat.core.plan;

import org.jsocat.spi.AddressProvider;
import org.jsocat.spi.AddressType;
import org.jsocat.spi.Option;
import org.jsocat.spi.OptionGroup;
import org.jsocat.spi.RelayListener;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * All addresses and options that the plugins at hand provide. Immutable once made; may be shared by
 * threads.
 *
 * <p>Keywords and option names are matched without regard to case.
 */
public final class Catalog {
    private final Map<String, Entry> keywords = new HashMap<>(256);
    private final Map<String, List<Entry>> conflicts = new TreeMap<>();
    private final List<Entry> entries = new ArrayList<>();
    private final Map<String, List<OptionGroup>> groups = new HashMap<>();
    private final List<OptionGroup> universal = new ArrayList<>();
    private final Map<String, String> refused = new TreeMap<>();
    private final Iterable<OptionGroup> options;
    private Iterable<RelayListener> listeners = List.of();
    private boolean tablesMade;

    /**
     * An address and the plugin it comes from.
     *
     * @param type its description
     * @param provider its plugin's service
     */
    public record Entry(AddressType type, AddressProvider provider) {
        /** The id of the plugin. */
        public String plugin() {
            return pluginOf(provider);
        }

        /**
         * Why it cannot work, or empty where it can: the plugin works with another SPI, or this
         * machine lacks something.
         */
        public Optional<String> unavailabilityCause() {
            PluginManifest manifest = PluginManifest.of(provider.getClass());
            Optional<String> cause =
                    manifest.objection()
                            .map(text -> "plugin " + manifest.id() + " is not used: " + text)
                            .or(provider::unavailabilityCause);
            return cause.isPresent() ? cause : type.unavailabilityCause();
        }
    }

    /**
     * A catalog of these services.
     *
     * @param preferred for a keyword (upper case) that several plugins claim, the plugin to take; a
     *     keyword with several claims and no preference cannot be used ({@link #conflict})
     */
    public Catalog(
            Iterable<AddressProvider> addresses,
            Iterable<OptionGroup> options,
            Map<String, String> preferred) {
        for (AddressProvider provider : services(addresses)) {
            for (AddressType type : table(provider, "addresses", provider::addressTypes)) {
                Entry entry = new Entry(type, provider);
                boolean taken = claim(type.name(), entry, preferred);
                for (String alias : type.aliases()) {
                    taken |= claim(alias, entry, preferred);
                }
                if (taken) {
                    entries.add(entry);
                }
            }
        }
        this.options = options;
    }

    /** Makes the tables when an option is first looked for: many command lines have none. */
    private synchronized Map<String, List<OptionGroup>> tables() {
        if (!tablesMade) {
            for (OptionGroup group : services(options)) {
                if (table(group, "options", group::options).isEmpty()) {
                    continue;
                }
                groups.computeIfAbsent(group.name(), name -> new ArrayList<>(1)).add(group);
                if (group.appliesToAll()) {
                    universal.add(group);
                }
            }
            tablesMade = true;
        }
        return groups;
    }

    /** Those services that can be had; the others are {@link #refused}. */
    private <S> Iterable<S> services(Iterable<S> wanted) {
        List<S> found = new ArrayList<>();
        Iterator<S> all = wanted.iterator();
        while (true) {
            try {
                if (!all.hasNext()) {
                    return found;
                }
                found.add(all.next());
            } catch (ServiceConfigurationError | LinkageError unfit) {
                refused.put(
                        String.valueOf(unfit.getMessage()).lines().findFirst().orElse(""),
                        "cannot be loaded" + cause(unfit));
            }
        }
    }

    private static String cause(Throwable failure) {
        return failure.getCause() == null ? "" : ": " + failure.getCause();
    }

    /** A table of a plugin, or none where the plugin does not keep its contract. */
    private <T> List<T> table(Object service, String rows, Supplier<List<T>> table) {
        try {
            List<T> found = table.get();
            if (isWhole(found)) {
                return found;
            }
            refused.put(pluginOf(service), "its table of " + rows + " is null or has a null");
        } catch (RuntimeException | Error failure) {
            refused.put(pluginOf(service), "its table of " + rows + " fails: " + failure);
        }
        return List.of();
    }

    private static boolean isWhole(List<?> rows) {
        if (rows == null) {
            return false;
        }
        for (Object row : rows) {
            if (row == null) {
                return false;
            }
        }
        return true;
    }

    /**
     * The plugins that are not used, or not wholly, with the reason; those whose options are at
     * fault once the options have been asked for.
     */
    public Map<String, String> refused() {
        return Collections.unmodifiableMap(refused);
    }

    private List<OptionGroup> universal() {
        tables();
        return universal;
    }

    /** The catalog of the plugins in the boot layer. */
    public static Catalog load() {
        ModuleLayer layer = Catalog.class.getModule().getLayer();
        if (layer == null) {
            return new Catalog(
                            ServiceLoader.load(AddressProvider.class),
                            ServiceLoader.load(OptionGroup.class),
                            Map.of())
                    .listening(ServiceLoader.load(RelayListener.class));
        }
        // Asked by layer, ServiceLoader does not look for META-INF/services, which takes 2 ms of a
        // start.
        return new Catalog(
                        ServiceLoader.load(layer, AddressProvider.class),
                        ServiceLoader.load(layer, OptionGroup.class),
                        Map.of())
                .listening(ServiceLoader.load(layer, RelayListener.class));
    }

    /** Has relays told to these; to be called before it is used. */
    public Catalog listening(Iterable<RelayListener> told) {
        listeners = told;
        return this;
    }

    /** Those who want to be told of relays. */
    public List<RelayListener> relayListeners() {
        List<RelayListener> fit = new ArrayList<>(0);
        for (RelayListener listener : services(listeners)) {
            if (fits(listener)) {
                fit.add(listener);
            }
        }
        return fit;
    }

    /** The catalog of the plugins that a class loader finds. */
    public static Catalog load(ClassLoader loader) {
        return new Catalog(
                ServiceLoader.load(AddressProvider.class, loader),
                ServiceLoader.load(OptionGroup.class, loader),
                Map.of());
    }

    /**
     * The catalog of the plugins in the boot layer and of some more services.
     *
     * @param preferred as for the constructor
     * @param replaced the modules of the boot layer whose services are not taken, because others
     *     take their place
     */
    public static Catalog load(
            List<AddressProvider> addresses,
            List<OptionGroup> options,
            List<RelayListener> listeners,
            Map<String, String> preferred,
            Set<String> replaced) {
        return new Catalog(
                        both(ServiceLoader.load(AddressProvider.class), replaced, addresses),
                        both(ServiceLoader.load(OptionGroup.class), replaced, options),
                        preferred)
                .listening(both(ServiceLoader.load(RelayListener.class), replaced, listeners));
    }

    private static <S> Iterable<S> both(ServiceLoader<S> own, Set<String> replaced, List<S> more) {
        return () -> {
            Iterator<S> first =
                    own.stream()
                            .filter(
                                    service ->
                                            !replaced.contains(
                                                    service.type().getModule().getName()))
                            .map(ServiceLoader.Provider::get)
                            .iterator();
            Iterator<S> second = more.iterator();
            return new Iterator<>() {
                @Override
                public boolean hasNext() {
                    return first.hasNext() || second.hasNext();
                }

                @Override
                public S next() {
                    return first.hasNext() ? first.next() : second.next();
                }
            };
        };
    }

    private boolean claim(String keyword, Entry entry, Map<String, String> preferred) {
        Entry other = keywords.putIfAbsent(keyword, entry);
        if (other == null) {
            return true;
        }
        String choice = preferred.get(keyword);
        if (other.plugin().equals(choice)) {
            return false;
        }
        if (entry.plugin().equals(choice)) {
            keywords.put(keyword, entry);
            conflicts.remove(keyword);
            return true;
        }
        conflicts.computeIfAbsent(keyword, key -> new ArrayList<>(List.of(other))).add(entry);
        return true;
    }

    /** What is wrong with a keyword that several plugins claim, in one line that names them. */
    public Optional<String> conflict(String keyword) {
        return Optional.ofNullable(conflicts.get(keyword.toUpperCase(Locale.ROOT)))
                .map(
                        claims ->
                                "address \""
                                        + keyword
                                        + "\" is claimed by "
                                        + claims.stream()
                                                .map(claim -> "plugin " + claim.plugin())
                                                .collect(Collectors.joining(" and by ")));
    }

    /**
     * The keywords that several plugins claim and the user has not decided about, in alphabetical
     * order.
     */
    public Collection<String> conflicts() {
        return Collections.unmodifiableSet(conflicts.keySet());
    }

    /** The id of the plugin that a service comes from. */
    public static String pluginOf(Object service) {
        return PluginManifest.of(service.getClass()).id();
    }

    /** Whether some address has this keyword. */
    public boolean isKeyword(String keyword) {
        return keywords.containsKey(keyword.toUpperCase(Locale.ROOT));
    }

    /** The address with this keyword or alias. */
    public Optional<Entry> address(String keyword) {
        return Optional.ofNullable(keywords.get(keyword.toUpperCase(Locale.ROOT)));
    }

    /** All addresses, in no particular order. */
    public Collection<Entry> addresses() {
        return Collections.unmodifiableCollection(entries);
    }

    /** All keywords with aliases, in alphabetical order. */
    public Map<String, Entry> keywords() {
        return new TreeMap<>(keywords);
    }

    /** All option groups that are provided, by name. */
    public Map<String, List<OptionGroup>> groups() {
        return Collections.unmodifiableMap(tables());
    }

    /** The option of this name among those of some groups and those of every address. */
    public Optional<Option<?>> option(List<String> names, String name) {
        for (String group : names) {
            Optional<Option<?>> found = find(tables().getOrDefault(group, List.of()), name);
            if (found.isPresent()) {
                return found;
            }
        }
        return find(universal(), name);
    }

    /** Whether an option stands in one of these groups. */
    public boolean isIn(Collection<String> names, Option<?> option) {
        for (String group : names) {
            if (contain(tables().getOrDefault(group, List.of()), option)) {
                return true;
            }
        }
        return false;
    }

    /** Whether every address accepts an option. */
    boolean isForAll(Option<?> option) {
        return contain(universal(), option);
    }

    private static boolean contain(List<OptionGroup> tables, Option<?> option) {
        for (OptionGroup table : tables) {
            if (table.options().contains(option)) {
                return true;
            }
        }
        return false;
    }

    /** The option of this name in any group. */
    public Optional<Option<?>> option(String name) {
        for (List<OptionGroup> group : tables().values()) {
            Optional<Option<?>> found = find(group, name);
            if (found.isPresent()) {
                return found;
            }
        }
        return Optional.empty();
    }

    /** Whether some group has an option of this name, but not on this system. */
    boolean isElsewhere(String name) {
        for (List<OptionGroup> tables : tables().values()) {
            for (OptionGroup table : tables) {
                if (table.elsewhere().contains(name.toLowerCase(Locale.ROOT))) {
                    return true;
                }
            }
        }
        return false;
    }

    /** All options that an address accepts, in any of its forms. */
    public List<Option<?>> options(AddressType type) {
        Set<String> names = new LinkedHashSet<>(type.groups());
        names.addAll(type.stageGroups());
        return options(names);
    }

    /** All options of some groups and those of every address. */
    public List<Option<?>> options(Collection<String> names) {
        List<Option<?>> all = new ArrayList<>();
        for (String group : names) {
            tables().getOrDefault(group, List.of()).forEach(table -> all.addAll(table.options()));
        }
        universal().forEach(table -> all.addAll(table.options()));
        return all;
    }

    private Optional<Option<?>> find(List<OptionGroup> tables, String name) {
        for (OptionGroup table : tables) {
            for (Option<?> option : table.options()) {
                if (isNamed(option, name) && fits(table)) {
                    return Optional.of(option);
                }
            }
        }
        return Optional.empty();
    }

    /** Asked only of services that are used: most are not, and each costs the reading of a file. */
    private boolean fits(Object service) {
        PluginManifest manifest = PluginManifest.of(service.getClass());
        Optional<String> objection = manifest.objection();
        objection.ifPresent(reason -> refused.put(manifest.id(), reason));
        return objection.isEmpty();
    }

    private static boolean isNamed(Option<?> option, String name) {
        if (option.name().equalsIgnoreCase(name)) {
            return true;
        }
        if (option.usualName().isPresent() && option.usualName().get().equalsIgnoreCase(name)) {
            return true;
        }
        for (String alias : option.aliases()) {
            if (alias.equalsIgnoreCase(name)) {
                return true;
            }
        }
        return false;
    }
}
