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
 * What the user has decided where plugins claim the same keyword: the file {@code preferred.txt},
 * each line a keyword and a plugin. (What is enabled is kept by PF4J in {@code disabled.txt} beside
 * it.)
 */
public final class PluginChoices {
    private final Path file;

    /** The decisions that are kept in a folder, which need not be there. */
    public PluginChoices(Path folder) {
        file = folder.resolve("preferred.txt");
    }

    /** The plugin for each keyword, keywords in upper case. */
    public Map<String, String> preferred() {
        Map<String, String> preferred = new TreeMap<>();
        for (String line : lines()) {
            String[] words = line.strip().split("\\s+");
            if (words.length == 2 && !words[0].startsWith("#")) {
                preferred.put(words[0].toUpperCase(Locale.ROOT), words[1]);
            }
        }
        return preferred;
    }

    private List<String> lines() {
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
        List<String> lines = new ArrayList<>();
        preferred.forEach((key, value) -> lines.add(key + " " + value));
        try {
            Files.createDirectories(file.getParent());
            Files.write(file, lines);
        } catch (IOException unwritable) {
            throw new PluginException("cannot write " + file + ": " + unwritable.getMessage());
        }
    }
}
