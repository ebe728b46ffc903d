package org.jsocat.cli.manual;

import java.util.List;

/**
 * A part of a chapter.
 *
 * @param kind what it is
 * @param level of a heading, from 1
 * @param text of a heading or paragraph, with its inline marks; the language of code
 * @param lines of code; items of a list; rows of a table, whose cells are separated by bars
 */
record Block(Kind kind, int level, String text, List<String> lines) {
    /** Kinds of parts. */
    enum Kind {
        HEADING,
        PARAGRAPH,
        CODE,
        LIST,
        TABLE
    }

    static Block heading(int level, String text) {
        return new Block(Kind.HEADING, level, text, List.of());
    }

    static Block paragraph(String text) {
        return new Block(Kind.PARAGRAPH, 0, text, List.of());
    }

    static Block code(String language, List<String> lines) {
        return new Block(Kind.CODE, 0, language, List.copyOf(lines));
    }

    static Block list(List<String> items) {
        return new Block(Kind.LIST, 0, "", List.copyOf(items));
    }

    static Block table(List<String> rows) {
        return new Block(Kind.TABLE, 0, "", List.copyOf(rows));
    }
}
