package org.jsocat.cli.manual;

import java.util.List;
import java.util.Locale;

/** Writes chapters as a manual page: man(7). */
final class Roff {
    private final StringBuilder out = new StringBuilder();

    private Roff() {}

    static String page(String name, String version, List<Block> blocks) {
        Roff roff = new Roff();
        roff.out.append("'\\\" made by jsocat manual\n");
        roff.out.append(".TH ").append(name.toUpperCase(Locale.ROOT)).append(" 1 \"\" \"jsocat ");
        roff.out.append(version).append("\" \"jsocat\"\n.ad l\n.nh\n");
        blocks.forEach(roff::block);
        return roff.out.toString();
    }

    private void block(Block block) {
        switch (block.kind()) {
            case HEADING -> heading(block);
            case PARAGRAPH -> out.append(".PP\n").append(line(block.text())).append('\n');
            case CODE -> {
                out.append(".PP\n.RS 4\n.nf\n");
                block.lines().forEach(text -> out.append(guarded(escaped(text))).append('\n'));
                out.append(".fi\n.RE\n");
            }
            case LIST -> block.lines().forEach(this::item);
            case TABLE -> table(block.lines());
        }
    }

    private void heading(Block block) {
        if (block.level() == 1) {
            String text = block.text().toUpperCase(Locale.ROOT);
            out.append(".SH \"").append(escaped(text)).append("\"\n");
        } else {
            out.append(".SS \"").append(escaped(block.text().replace("`", ""))).append("\"\n");
        }
    }

    /** An item that begins with code and a colon is a term and what it means. */
    private void item(String text) {
        int end = text.startsWith("`") ? text.indexOf("`: ") : -1;
        if (end < 0) {
            out.append(".IP \\(bu 2\n").append(line(text)).append('\n');
        } else {
            out.append(".TP\n").append(line(text.substring(0, end + 1))).append('\n');
            out.append(line(text.substring(end + 3))).append('\n');
        }
    }

    /** Each row as a term and what stands in the other cells. */
    private void table(List<String> rows) {
        List<String> names = Markdown.cells(rows.getFirst());
        for (String row : rows.subList(1, rows.size())) {
            if (Markdown.isRule(row)) {
                continue;
            }
            List<String> cells = Markdown.cells(row);
            out.append(".TP\n").append(line(cells.getFirst())).append('\n');
            StringBuilder rest = new StringBuilder();
            for (int i = 1; i < cells.size(); i++) {
                if (!cells.get(i).isEmpty()) {
                    String name = i < names.size() ? names.get(i) : "";
                    rest.append(rest.isEmpty() ? "" : "; ");
                    rest.append(name.isEmpty() ? "" : name + ": ").append(cells.get(i));
                }
            }
            out.append(line(rest.toString())).append('\n');
        }
    }

    private static String line(String text) {
        return guarded(new Marks().render(text));
    }

    private static String escaped(String text) {
        return text.replace("\\", "\\e").replace("-", "\\-").replace("\"", "\\(dq");
    }

    /** A line that begins like a request must not be one. */
    private static String guarded(String line) {
        return line.startsWith(".") || line.startsWith("'") ? "\\&" + line : line;
    }

    private static final class Marks extends Inline {
        @Override
        void plain(String text) {
            out.append(text.replace("\\", "\\e").replace("--", "\\-\\-"));
        }

        @Override
        void code(String text) {
            out.append("\\fB").append(escaped(text)).append("\\fR");
        }

        @Override
        void emphasis(String text) {
            out.append("\\fI").append(escaped(text)).append("\\fR");
        }

        @Override
        void link(String text, String target) {
            out.append(text);
            if (target.startsWith("http")) {
                out.append(" (").append(target).append(')');
            }
        }
    }
}
