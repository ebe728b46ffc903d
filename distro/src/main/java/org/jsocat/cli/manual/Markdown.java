package org.jsocat.cli.manual;

import java.util.ArrayList;
import java.util.List;

/**
 * Reads the part of Markdown that the chapters use: headings, paragraphs, lists of one level,
 * tables and fenced code.
 */
final class Markdown {
    private final List<Block> blocks = new ArrayList<>();
    private final List<String> items = new ArrayList<>();
    private final List<String> rows = new ArrayList<>();
    private final StringBuilder paragraph = new StringBuilder();

    private Markdown() {}

    static List<Block> parse(String text) {
        Markdown reader = new Markdown();
        List<String> code = null;
        String language = "";
        for (String line : text.split("\n", -1)) {
            if (line.startsWith("```")) {
                if (code == null) {
                    reader.end();
                    language = line.substring(3).strip();
                    code = new ArrayList<>();
                } else {
                    reader.blocks.add(Block.code(language, code));
                    code = null;
                }
            } else if (code != null) {
                code.add(line);
            } else {
                reader.line(line);
            }
        }
        reader.end();
        return reader.blocks;
    }

    private void line(String line) {
        if (line.isBlank()) {
            end();
        } else if (line.startsWith("#")) {
            end();
            int level = line.indexOf(' ');
            blocks.add(Block.heading(level, line.substring(level + 1)));
        } else if (line.startsWith("|")) {
            rows.add(line);
        } else if (line.startsWith("- ")) {
            endParagraph();
            items.add(line.substring(2));
        } else if (!items.isEmpty() && line.startsWith("  ")) {
            items.set(items.size() - 1, items.getLast() + " " + line.strip());
        } else {
            paragraph.append(paragraph.isEmpty() ? "" : " ").append(line.strip());
        }
    }

    private void endParagraph() {
        if (!paragraph.isEmpty()) {
            blocks.add(Block.paragraph(paragraph.toString()));
            paragraph.setLength(0);
        }
    }

    private void end() {
        endParagraph();
        if (!items.isEmpty()) {
            blocks.add(Block.list(items));
            items.clear();
        }
        if (!rows.isEmpty()) {
            blocks.add(Block.table(rows));
            rows.clear();
        }
    }

    /** The cells of a table's row; a bar behind a backslash belongs to a cell. */
    static List<String> cells(String row) {
        List<String> cells = new ArrayList<>();
        StringBuilder cell = new StringBuilder();
        for (int i = 1; i < row.length(); i++) {
            char c = row.charAt(i);
            if (c == '\\' && i + 1 < row.length() && row.charAt(i + 1) == '|') {
                cell.append('|');
                i++;
            } else if (c == '|') {
                cells.add(cell.toString().strip());
                cell.setLength(0);
            } else {
                cell.append(c);
            }
        }
        return cells;
    }

    /** Whether a row only separates the heading of a table from the rest. */
    static boolean isRule(String row) {
        return row.chars().allMatch(c -> c == '|' || c == '-' || c == ' ' || c == ':');
    }
}
