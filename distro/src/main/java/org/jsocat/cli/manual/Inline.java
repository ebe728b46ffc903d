package org.jsocat.cli.manual;

/** Walks through a text with its inline marks: code in backquotes, emphasis in stars, links. */
abstract class Inline {
    final StringBuilder out = new StringBuilder();

    /** Plain text. */
    abstract void plain(String text);

    /** Something to be typed as it is. */
    abstract void code(String text);

    /** A word that matters. */
    abstract void emphasis(String text);

    /** A reference. */
    abstract void link(String text, String target);

    final String render(String text) {
        int plain = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            int end =
                    switch (c) {
                        case '`' -> text.indexOf('`', i + 1);
                        case '*' -> text.indexOf('*', i + 1);
                        case '[' -> text.indexOf("](", i + 1);
                        default -> -1;
                    };
            if (end < 0) {
                continue;
            }
            int close = c == '[' ? text.indexOf(')', end) : end;
            if (close < 0) {
                continue;
            }
            plain(text.substring(plain, i));
            String inner = text.substring(i + 1, end);
            switch (c) {
                case '`' -> code(inner);
                case '*' -> emphasis(inner);
                default -> link(inner, text.substring(end + 2, close));
            }
            i = close;
            plain = close + 1;
        }
        plain(text.substring(plain));
        return out.toString();
    }
}
