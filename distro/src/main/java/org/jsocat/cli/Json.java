package org.jsocat.cli;

import java.util.List;
import java.util.Map;

/** Writes maps, lists, texts, numbers and booleans as JSON (RFC 8259), indented by two spaces. */
final class Json {
    private final StringBuilder out = new StringBuilder();

    private Json() {}

    /** The text of a value, with a line end. */
    static String text(Object value) {
        Json json = new Json();
        json.value(value, "\n");
        return json.out.append('\n').toString();
    }

    /** The text of a value on one line, with a line end. */
    static String line(Object value) {
        return text(value).replaceAll("\n *", "") + "\n";
    }

    private void value(Object value, String lineEnd) {
        if (value instanceof Map<?, ?> map) {
            object(map, lineEnd);
        } else if (value instanceof List<?> list) {
            array(list, lineEnd);
        } else if (value instanceof Number || value instanceof Boolean) {
            out.append(value);
        } else {
            string(String.valueOf(value));
        }
    }

    private void object(Map<?, ?> map, String lineEnd) {
        String inner = lineEnd + "  ";
        out.append('{');
        boolean first = true;
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            out.append(first ? "" : ",").append(inner);
            string(String.valueOf(entry.getKey()));
            out.append(": ");
            value(entry.getValue(), inner);
            first = false;
        }
        out.append(first ? "}" : lineEnd + "}");
    }

    /** Lists of plain values stand on one line. */
    private void array(List<?> list, String lineEnd) {
        boolean plain =
                list.stream().noneMatch(item -> item instanceof Map || item instanceof List);
        String inner = plain ? "" : lineEnd + "  ";
        out.append('[');
        boolean first = true;
        for (Object item : list) {
            out.append(first ? "" : plain ? ", " : ",").append(inner);
            value(item, inner);
            first = false;
        }
        out.append(first || plain ? "]" : lineEnd + "]");
    }

    private void string(String text) {
        out.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '"' -> out.append("\\\"");
                case '\\' -> out.append("\\\\");
                case '\n' -> out.append("\\n");
                case '\t' -> out.append("\\t");
                default -> {
                    // lone surrogates stand for bytes that are no UTF-8
                    if (c < ' ' || c == 0x7f || Character.isSurrogate(c)) {
                        out.append(String.format("\\u%04x", (int) c));
                    } else {
                        out.append(c);
                    }
                }
            }
        }
        out.append('"');
    }
}
