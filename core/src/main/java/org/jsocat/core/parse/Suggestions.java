package org.jsocat.core.parse;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Finds the names that somebody may have meant by one that does not exist.
 *
 * <p>The measure is Damerau's and Levenshtein's distance (optimal string alignment: insert, delete,
 * replace a character, swap two neighbours), regardless of case.
 */
public final class Suggestions {

    private static final int MOST = 2;
    private static final int LONGEST = 64;

    private Suggestions() {}

    /** The nearest candidates, best first, at most two; none if nothing is near. */
    public static List<String> nearest(String unknown, Iterable<String> candidates) {
        List<String> best = new ArrayList<>(MOST + 1);
        if (unknown.isEmpty() || unknown.length() > LONGEST) {
            return best;
        }
        String name = unknown.toLowerCase(Locale.ROOT);
        int tolerance = Math.max(1, name.length() / 3);
        List<Integer> distances = new ArrayList<>(MOST + 1);
        for (String candidate : candidates) {
            if (Math.abs(candidate.length() - name.length()) > tolerance
                    || best.contains(candidate)) {
                continue;
            }
            int distance = distance(name, candidate.toLowerCase(Locale.ROOT));
            // A name that shares no character with what was typed is not near, however short both
            // are.
            if (distance > tolerance || distance >= Math.max(name.length(), candidate.length())) {
                continue;
            }
            int place = best.size();
            while (place > 0 && distances.get(place - 1) > distance) {
                place--;
            }
            best.add(place, candidate);
            distances.add(place, distance);
            if (best.size() > MOST) {
                best.removeLast();
                distances.removeLast();
            }
        }
        return List.copyOf(best);
    }

    /** The question {@code did you mean "a" or "b"?}; empty if nothing is near. */
    public static String question(String unknown, Iterable<String> candidates) {
        List<String> nearest = nearest(unknown, candidates);
        return switch (nearest.size()) {
            case 0 -> "";
            case 1 -> "did you mean \"" + nearest.getFirst() + "\"?";
            default ->
                    "did you mean \"" + nearest.getFirst() + "\" or \"" + nearest.getLast() + "\"?";
        };
    }

    static int distance(String a, String b) {
        int[] beforeLast = new int[b.length() + 1];
        int[] last = new int[b.length() + 1];
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            last[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int replaced = last[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                row[j] = Math.min(replaced, 1 + Math.min(last[j], row[j - 1]));
                if (i > 1
                        && j > 1
                        && a.charAt(i - 1) == b.charAt(j - 2)
                        && a.charAt(i - 2) == b.charAt(j - 1)) {
                    row[j] = Math.min(row[j], 1 + beforeLast[j - 2]);
                }
            }
            int[] oldest = beforeLast;
            beforeLast = last;
            last = row;
            row = oldest;
        }
        return last[b.length()];
    }
}
