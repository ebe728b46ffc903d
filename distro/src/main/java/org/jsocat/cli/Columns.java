package org.jsocat.cli;

import java.io.PrintWriter;
import java.util.List;

/** Prints rows of text in columns that are as wide as they must be. */
final class Columns {
    private static final int GAP = 2;

    private Columns() {}

    static void print(List<String[]> rows, PrintWriter out) {
        int[] widths = new int[rows.getFirst().length];
        for (String[] row : rows) {
            for (int i = 0; i < row.length; i++) {
                widths[i] = Math.max(widths[i], row[i].length() + GAP);
            }
        }
        for (String[] row : rows) {
            StringBuilder line = new StringBuilder();
            for (int i = 0; i < row.length; i++) {
                line.append(row[i]).repeat(' ', widths[i] - row[i].length());
            }
            out.println(line.toString().stripTrailing());
        }
    }
}
