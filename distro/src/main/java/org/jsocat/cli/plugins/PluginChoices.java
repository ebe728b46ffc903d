package org.jsocat.cli.plugins;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * What the user has decided: in the file {@code preferred.txt} where plugins claim the same
 * keyword, each line a keyword and a plugin; in {@code versions.txt} where a plugin lies there that
 * is built in too, each line a plugin and a version. (What is enabled is kept by PF4J in {@code
 * disabled.txt} beside them.)
 */
public final class PluginChoices {
    /** In place of a version: the one of the distribution. */
    public static final String BUILT_IN = "built-in";

    private final Path keywords;
    private final Path versions;

    /** The decisions that are kept in a folder, which need not be there. */
    public PluginChoices(Path folder) {
        keywords = folder.resolve("preferred.txt");
        versions = folder.resolve("versions.txt");
    }

    /** The plugin for each keyword, keywords in upper case. */
    public Map<String, String> preferred() {
        Map<String, String> preferred = new TreeMap<>();
        read(keywords)
                .forEach(
                        (keyword, plugin) ->
                                preferred.put(keyword.toUpperCase(Locale.ROOT), plugin));
        return preferred;
    }

    /** The version to use of plugins that are built in, or {@link #BUILT_IN}. */
    public Map<String, String> versions() {
        return read(versions);
    }

    private static Map<String, String> read(Path file) {
        Map<String, String> pairs = new TreeMap<>();
        for (String line : lines(file)) {
            String[] words = line.strip().split("\\s+");
            if (words.length == 2 && !words[0].startsWith("#")) {
                pairs.put(words[0], words[1]);
            }
        }
        return pairs;
    }

    private static List<String> lines(Path file) {
        try {
            return Files.exists(file)
                    ? new String(Files.readAllBytes(file), StandardCharsets.UTF_8).lines().toList()
                    : List.of();
        } catch (IOException unreadable) {
            throw new PluginException("cannot read " + file + ": " + unreadable.getMessage());
        }
    }

    /** From now on a keyword is the plugin's. */
    public void prefer(String keyword, String plugin) {
        Map<String, String> preferred = preferred();
        preferred.put(keyword.toUpperCase(Locale.ROOT), plugin);
        write(keywords, preferred);
    }

    /** From now on this version of a plugin is used, which may be {@link #BUILT_IN}. */
    public void preferVersion(String plugin, String version) {
        Map<String, String> preferred = versions();
        preferred.put(plugin, version);
        write(versions, preferred);
    }

    private static void write(Path file, Map<String, String> pairs) {
        List<String> lines = new ArrayList<>();
        pairs.forEach((key, value) -> lines.add(key + " " + value));
        try {
            Files.createDirectories(file.getParent());
            Files.write(file, lines);
        } catch (IOException unwritable) {
            throw new PluginException("cannot write " + file + ": " + unwritable.getMessage());
        }
    }
}
