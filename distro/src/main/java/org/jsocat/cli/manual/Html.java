package org.jsocat.cli.manual;

import java.util.List;
import java.util.Locale;

/** Writes chapters as one page of HTML with a table of contents. */
final class Html {
    private static final String STYLE =
            """
            body { max-width: 60em; margin: 2em auto; padding: 0 1em; font: 16px/1.5 sans-serif; }
            code, pre { font-family: monospace; background: #f2f2f2; }
            pre { padding: .7em; overflow-x: auto; }
            table { border-collapse: collapse; } td, th { border: 1px solid #ccc; padding: .2em .5em; text-align: left; vertical-align: top; }
            dt { margin-top: .5em; }
            """;

    private final StringBuilder contents = new StringBuilder();
    private final StringBuilder body = new StringBuilder();

    private Html() {}

    static String page(String title, List<Block> blocks) {
        Html html = new Html();
        blocks.forEach(html::block);
        return "<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><title>"
                + escaped(title)
                + "</title>\n<style>\n"
                + STYLE
                + "</style></head><body>\n<nav><ul>\n"
                + html.contents
                + "</ul></nav>\n"
                + html.body
                + "</body></html>\n";
    }

    private void block(Block block) {
        switch (block.kind()) {
            case HEADING -> heading(block);
            case PARAGRAPH -> element("p", block.text());
            case CODE -> {
                body.append("<pre>");
                body.append(escaped(String.join("\n", block.lines()))).append("</pre>\n");
            }
            case LIST -> list(block.lines());
            case TABLE -> table(block.lines());
        }
    }

    private void heading(Block block) {
        String anchor = block.text().toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-");
        if (block.level() == 1) {
            contents.append("<li><a href=\"#").append(anchor).append("\">");
            contents.append(new Marks().render(block.text())).append("</a></li>\n");
        }
        body.append("<h").append(block.level()).append(" id=\"").append(anchor).append("\">");
        body.append(new Marks().render(block.text()));
        body.append("</h").append(block.level()).append(">\n");
    }

    private void list(List<String> items) {
        body.append("<ul>\n");
        items.forEach(item -> element("li", item));
        body.append("</ul>\n");
    }

    private void table(List<String> rows) {
        body.append("<table>\n");
        String cell = "th";
        for (String row : rows) {
            if (Markdown.isRule(row)) {
                continue;
            }
            body.append("<tr>");
            for (String text : Markdown.cells(row)) {
                element(cell, text);
            }
            body.append("</tr>\n");
            cell = "td";
        }
        body.append("</table>\n");
    }

    private void element(String name, String text) {
        body.append('<').append(name).append('>').append(new Marks().render(text));
        body.append("</").append(name).append(">\n");
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }

    private static final class Marks extends Inline {
        @Override
        void plain(String text) {
            out.append(escaped(text));
        }

        @Override
        void code(String text) {
            out.append("<code>").append(escaped(text)).append("</code>");
        }

        @Override
        void emphasis(String text) {
            out.append("<em>").append(escaped(text)).append("</em>");
        }

        @Override
        void link(String text, String target) {
            out.append("<a href=\"").append(escaped(target)).append("\">");
            out.append(escaped(text)).append("</a>");
        }
    }
}
