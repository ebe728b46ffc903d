package org.jsocat.cli.plugins;

import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Where plugins of third parties are looked for, in this order: {@code plugins} in the folder of
 * the program, the user's data folder, the folders of the variable {@code JSOCAT_PLUGIN_PATH},
 * those of {@code --plugin-path}.
 *
 * @param folders the places; one may be absent
 * @param userFolder the place that belongs to the user, where plugins are installed
 * @param choices the folder that keeps what the user has decided about plugins
 */
public record PluginFolders(List<Path> folders, Path userFolder, Path choices) {
    /** Adds folders; separated by colons. */
    public static final String VARIABLE = "JSOCAT_PLUGIN_PATH";

    private static final String SUFFIX = ".jar";

    /**
     * The folders by the environment (XDG Base Directory Specification 0.8) and the command line.
     *
     * @param environment the program's
     * @param programFolder where the program is installed, where that is known
     * @param path what {@code --plugin-path} says, separated by colons
     */
    public static PluginFolders of(
            Map<String, String> environment,
            Optional<String> programFolder,
            Optional<String> path) {
        Path home = home(environment);
        Path data = base(environment, "XDG_DATA_HOME", home.resolve(".local/share"));
        Path config = base(environment, "XDG_CONFIG_HOME", home.resolve(".config"));
        List<Path> folders = new ArrayList<>();
        Optional.ofNullable(environment.get("JSOCAT_HOME"))
                .filter(folder -> folder.startsWith("/"))
                .or(() -> programFolder)
                .ifPresent(folder -> folders.add(Path.of(folder, "plugins").normalize()));
        Path user = data.resolve("jsocat/plugins");
        folders.add(user);
        addAll(folders, environment.getOrDefault(VARIABLE, ""));
        addAll(folders, path.orElse(""));
        return new PluginFolders(
                folders.stream().distinct().toList(), user, config.resolve("jsocat/plugins"));
    }

    /**
     * Never the current folder, which is anybody's: a HOME that is no path from the root is none.
     */
    private static Path home(Map<String, String> environment) {
        String home = environment.getOrDefault("HOME", "");
        String known = home.startsWith("/") ? home : System.getProperty("user.home", "");
        return Path.of(known.startsWith("/") ? known : "/nonexistent");
    }

    /** The specification says that a relative path is to be ignored. */
    private static Path base(Map<String, String> environment, String variable, Path otherwise) {
        String value = environment.getOrDefault(variable, "");
        return value.startsWith("/") ? Path.of(value) : otherwise;
    }

    private static void addAll(List<Path> folders, String path) {
        for (String folder : path.split(":")) {
            if (!folder.isEmpty()) {
                folders.add(Path.of(folder).toAbsolutePath().normalize());
            }
        }
    }

    /**
     * Whether no folder holds anything. This is what each start pays for: a listing of each folder
     * that there is.
     */
    public boolean isEmpty() {
        for (Path folder : folders) {
            if (!jars(folder).isEmpty()) {
                return false;
            }
        }
        return true;
    }

    /**
     * The jars in a folder, by name; none where there is no such folder. What is no regular file is
     * none: opening a named pipe would wait for ever.
     */
    static List<Path> jars(Path folder) {
        // java.io.File, because the JVM has it loaded anyway.
        String[] names = folder.toFile().list(PluginFolders::isJar);
        if (names == null) {
            return List.of();
        }
        Arrays.sort(names);
        return Arrays.stream(names).map(folder::resolve).toList();
    }

    private static boolean isJar(File folder, String name) {
        return name.endsWith(SUFFIX) && new File(folder, name).isFile();
    }
}
