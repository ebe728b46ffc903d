package org.jsocat.cli;

import org.jsocat.cli.plugins.MavenArtifact;
import org.jsocat.cli.plugins.Plugin;
import org.jsocat.cli.plugins.PluginChoices;
import org.jsocat.cli.plugins.PluginFiles;
import org.jsocat.cli.plugins.Plugins;
import org.jsocat.spi.AddressType;
import org.jsocat.spi.OptionGroup;

import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeSet;

/** {@code jsocat plugins}: shows and changes which plugins there are. */
@Command(name = "plugins", description = "Lists, installs, removes, enables and disables plugins.")
final class PluginsCommand {
    @ParentCommand Jsocat jsocat;

    @Spec CommandSpec spec;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "print this help and exit")
    boolean help;

    private PrintWriter out() {
        return spec.commandLine().getOut();
    }

    private PrintWriter err() {
        return spec.commandLine().getErr();
    }

    private List<Plugin> all() {
        return jsocat.plugins().all();
    }

    @Command(
            name = "list",
            description =
                    "Lists all plugins; what is wrong with some of them goes to standard error.")
    int list() {
        List<String[]> rows = new ArrayList<>();
        rows.add(new String[] {"PLUGIN", "VERSION", "STATE", "PLACE"});
        for (Plugin plugin : all()) {
            Plugin.Description description = plugin.description();
            rows.add(
                    new String[] {
                        description.id(), description.version(), state(plugin), description.place()
                    });
        }
        Columns.print(rows, out());
        jsocat.plugins().allProblems().forEach(problem -> err().println("jsocat: " + problem));
        return ExitCode.OK;
    }

    private static String state(Plugin plugin) {
        return plugin.state().name().toLowerCase(Locale.ROOT);
    }

    @Command(
            name = "info",
            description = "Tells all that is known about a plugin, with its addresses and options.")
    int info(@Parameters(paramLabel = "PLUGIN") String id) {
        Optional<Plugin> found = find(id);
        if (found.isEmpty()) {
            return unknown(id);
        }
        Plugin plugin = found.get();
        Plugin.Description description = plugin.description();
        field("plugin", description.id());
        field("version", description.version());
        field("about", description.text());
        field("provider", description.provider());
        field("license", description.license());
        field("module", description.module());
        field("place", description.place());
        field("SPI versions", description.requires());
        field("needs", String.join(", ", description.dependencies()));
        field("state", state(plugin) + (plugin.reason().isEmpty() ? "" : ": " + plugin.reason()));
        plugin.services().addresses().stream()
                .flatMap(provider -> provider.addressTypes().stream())
                .forEach(
                        type ->
                                field(
                                        "address",
                                        Tables.syntax(type) + "  " + Tables.formNames(type)));
        for (OptionGroup group : plugin.services().options()) {
            group.options()
                    .forEach(
                            option ->
                                    field(
                                            "option",
                                            option.name()
                                                    + "  ("
                                                    + group.name()
                                                    + ", "
                                                    + option.type().name()
                                                    + ")"));
        }
        plugin.services().subcommands().forEach(added -> field("subcommand", added.name()));
        if (!plugin.services().listeners().isEmpty()) {
            field("service", "listens to relays");
        }
        return ExitCode.OK;
    }

    private void field(String name, String value) {
        if (!value.isEmpty()) {
            out().printf("%-14s%s%n", name, value);
        }
    }

    private Optional<Plugin> find(String id) {
        // Of two of one id, the one that is used.
        return all().stream()
                .filter(plugin -> plugin.description().id().equals(id))
                .min(Comparator.comparing(Plugin::state));
    }

    private int unknown(String id) {
        err().println(
                        "jsocat: there is no plugin "
                                + id
                                + "; jsocat plugins list shows those that there are");
        return ExitCode.SOFTWARE;
    }

    @Command(name = "enable", description = "Uses a plugin again.")
    int enable(@Parameters(paramLabel = "PLUGIN") String id) {
        return switchTo(id, true);
    }

    @Command(name = "disable", description = "Does not use a plugin, for this user.")
    int disable(@Parameters(paramLabel = "PLUGIN") String id) {
        return switchTo(id, false);
    }

    private int switchTo(String id, boolean enabled) {
        Optional<Plugin> plugin = find(id);
        if (plugin.isEmpty()) {
            return unknown(id);
        }
        if (isOwn(plugin.get())) {
            err().println(
                            "jsocat: "
                                    + id
                                    + " is part of the distribution and always used; another"
                                    + " version of it by: jsocat plugins prefer");
            return ExitCode.SOFTWARE;
        }
        new PluginFiles(jsocat.folders()).enable(plugin.get().description().id(), enabled);
        return ExitCode.OK;
    }

    private boolean isOwn(Plugin plugin) {
        String id = plugin.description().id();
        return all().stream()
                .anyMatch(other -> other.isBuiltIn() && other.description().id().equals(id));
    }

    @Command(
            name = "install",
            description = {
                "Copies a plugin into the user's folder, in place of another version that lies"
                        + " there.",
                "Coordinates (GROUP:ARTIFACT:VERSION) are looked for in the local Maven repository,"
                        + " and fetched by mvn otherwise."
            })
    int install(
            @Parameters(paramLabel = "JAR|COORDINATES") String what,
            @Option(
                            names = {"-Dmaven.repo.local", "--repository"},
                            paramLabel = "FOLDER",
                            description = "the local Maven repository instead of ~/.m2/repository")
                    Path repository) {
        String id = new PluginFiles(jsocat.folders()).install(jar(what, repository));
        Plugins after = Plugins.load(jsocat.folders());
        out().println("installed " + id + " in " + jsocat.folders().userFolder());
        after.problems().stream()
                .filter(problem -> problem.startsWith("plugin " + id + " "))
                .forEach(problem -> err().println("jsocat: " + problem));
        return ExitCode.OK;
    }

    private static Path jar(String what, Path repository) {
        Optional<MavenArtifact> artifact =
                Files.exists(Path.of(what)) ? Optional.empty() : MavenArtifact.of(what);
        return artifact.isEmpty()
                ? Path.of(what)
                : artifact.get()
                        .jar(
                                repository == null
                                        ? Path.of(System.getProperty("user.home"), ".m2/repository")
                                        : repository.toAbsolutePath());
    }

    @Command(name = "remove", description = "Deletes a plugin from the user's folder.")
    int remove(@Parameters(paramLabel = "PLUGIN") String id) {
        if (new PluginFiles(jsocat.folders()).remove(id)) {
            return ExitCode.OK;
        }
        err().println("jsocat: plugin " + id + " is not in " + jsocat.folders().userFolder());
        return ExitCode.SOFTWARE;
    }

    @Command(
            name = "prefer",
            description = {
                "Decides which plugin a keyword belongs to where several claim it,",
                "or which version of a plugin is used that is built in: one from a plugin folder,"
                        + " or built-in."
            })
    int prefer(
            @Parameters(paramLabel = "KEYWORD|PLUGIN") String what,
            @Parameters(paramLabel = "PLUGIN|VERSION") String choice) {
        return find(what).isPresent() ? preferVersion(what, choice) : preferPlugin(what, choice);
    }

    private int preferVersion(String id, String version) {
        List<Plugin> all =
                all().stream().filter(plugin -> plugin.description().id().equals(id)).toList();
        if (all.stream().noneMatch(Plugin::isBuiltIn)) {
            err().println("jsocat: " + id + " is not built in, so there is nothing to decide");
            return ExitCode.SOFTWARE;
        }
        boolean known =
                version.equals(PluginChoices.BUILT_IN)
                        || all.stream()
                                .anyMatch(
                                        plugin ->
                                                !plugin.isBuiltIn()
                                                        && plugin.description()
                                                                .version()
                                                                .equals(version));
        if (!known) {
            err().println(
                            "jsocat: version "
                                    + version
                                    + " of "
                                    + id
                                    + " is in no plugin folder; jsocat plugins list shows what is");
            return ExitCode.SOFTWARE;
        }
        jsocat.plugins().choices().preferVersion(id, version);
        return ExitCode.OK;
    }

    private int preferPlugin(String keyword, String id) {
        Optional<Plugin> plugin = find(id);
        if (plugin.isEmpty()) {
            return unknown(id);
        }
        TreeSet<String> keywords = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        for (AddressType type : types(plugin.get())) {
            keywords.add(type.name());
            keywords.addAll(type.aliases());
        }
        if (!keywords.contains(keyword)) {
            err().println("jsocat: plugin " + id + " has no address " + keyword);
            return ExitCode.SOFTWARE;
        }
        jsocat.plugins().choices().prefer(keyword, plugin.get().description().id());
        return ExitCode.OK;
    }

    private static List<AddressType> types(Plugin plugin) {
        return plugin.services().addresses().stream()
                .flatMap(provider -> provider.addressTypes().stream())
                .toList();
    }

    @Command(
            name = "path",
            description =
                    "Prints the folders that plugins are looked for in, those that are absent"
                            + " marked.")
    int path() {
        for (Path folder : jsocat.folders().folders()) {
            out().println(folder + (Files.isDirectory(folder) ? "" : "  (absent)"));
        }
        return ExitCode.OK;
    }
}
