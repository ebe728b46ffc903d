package org.jsocat.cli.manual;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The manual: written chapters, in which a line {@code {{name}}} stands for a part that is made
 * from tables.
 */
public final class Manual {
    /** The commands that have a manual page, which begins with the chapter of their name. */
    public static final List<String> PAGES = List.of("socat", "filan", "procan", "jsocat");

    /** The chapters of the HTML manual behind those of the commands. */
    public static final List<String> CHAPTERS =
            List.of("recipes", "running", "security", "embedding", "preload");

    private final String version;
    private final Map<String, String> parts;

    /**
     * A manual.
     *
     * @param version of the program
     * @param parts what is made from tables, in Markdown, by name
     */
    public Manual(String version, Map<String, String> parts) {
        this.version = version;
        this.parts = parts;
    }

    /** A chapter in Markdown, complete. */
    public String markdown(String chapter) {
        String text = read(chapter);
        for (Map.Entry<String, String> part : parts.entrySet()) {
            text = text.replace("{{" + part.getKey() + "}}\n", part.getValue());
        }
        return text;
    }

    /** A command's manual page, for man(1). */
    public String page(String command) {
        return Roff.page(command, version, Markdown.parse(markdown(command)));
    }

    /** All as one page of HTML. */
    public String html() {
        List<Block> blocks = new ArrayList<>();
        for (String page : PAGES) {
            blocks.add(Block.heading(1, page));
            for (Block block : Markdown.parse(markdown(page))) {
                blocks.add(
                        block.kind() == Block.Kind.HEADING
                                ? Block.heading(block.level() + 1, block.text())
                                : block);
            }
        }
        CHAPTERS.forEach(chapter -> blocks.addAll(Markdown.parse(markdown(chapter))));
        return Html.page("jsocat " + version, blocks);
    }

    private static String read(String chapter) {
        try (InputStream file = Manual.class.getResourceAsStream(chapter + ".md")) {
            if (file == null) {
                throw new IllegalArgumentException("there is no chapter " + chapter);
            }
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
