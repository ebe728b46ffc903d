package org.jsocat.core.plan;

import java.util.ArrayList;
import java.util.List;

/**
 * A range of versions, as plugins state the versions of the SPI that they work with: {@code ~0.1},
 * {@code >=0.1.0 & <0.2.0}, {@code 0.1.x | 0.3.x}. {@code &} binds closer than {@code |}. A version
 * with parts left out, or with {@code x} or {@code *} in their place, is all that begin so.
 * Pre-releases count as the version that they precede.
 *
 * @param text as it was written
 * @param alternatives what is between bars; a version is in the range when all of one hold
 */
record VersionRange(String text, List<List<Bound>> alternatives) {
    private static final int PARTS = 3;

    /** All versions from one to below another, or all but those. */
    private record Bound(long[] from, long[] to, boolean inside) {
        boolean holds(long[] version) {
            boolean in = compare(version, from) >= 0 && compare(version, to) < 0;
            return in == inside;
        }
    }

    /**
     * Reads a range.
     *
     * @throws IllegalArgumentException when it cannot be understood
     */
    static VersionRange of(String text) {
        List<List<Bound>> alternatives = new ArrayList<>();
        for (String alternative : text.split("\\|", -1)) {
            List<Bound> bounds = new ArrayList<>();
            for (String bound : alternative.split("&", -1)) {
                bounds.add(bound(bound.strip()));
            }
            alternatives.add(bounds);
        }
        return new VersionRange(text, alternatives);
    }

    private static Bound bound(String text) {
        int length = 0;
        while (length < text.length() && "<>=!~^".indexOf(text.charAt(length)) >= 0) {
            length++;
        }
        String operator = text.substring(0, length);
        String[] written = text.substring(length).strip().split("[-+]", 2)[0].split("\\.", -1);
        long[] from = new long[PARTS];
        int given = read(written, from);
        long[] all = {Long.MAX_VALUE, 0, 0};
        long[] next = next(from, given);
        return switch (operator) {
            case "", "=" -> new Bound(from, next, true);
            case "!=" -> new Bound(from, next, false);
            case ">=" -> new Bound(from, all, true);
            case ">" -> new Bound(next, all, true);
            case "<" -> new Bound(new long[PARTS], from, true);
            case "<=" -> new Bound(new long[PARTS], next, true);
            case "~" -> new Bound(from, next(from, Math.min(given, 2)), true);
            case "^" -> new Bound(from, next(from, compatible(from, given)), true);
            default -> throw new IllegalArgumentException(text);
        };
    }

    /** How many parts must stay as they are: up to the first that is not 0. */
    private static int compatible(long[] version, int given) {
        for (int i = 0; i < given; i++) {
            if (version[i] != 0) {
                return i + 1;
            }
        }
        return given;
    }

    /** Reads the parts of a version; returns how many are given. */
    private static int read(String[] written, long[] version) {
        if (written.length > PARTS) {
            throw new IllegalArgumentException(String.join(".", written));
        }
        int given = 0;
        for (String part : written) {
            if (part.equals("x") || part.equals("X") || part.equals("*")) {
                return given;
            }
            version[given++] = Long.parseUnsignedLong(part);
        }
        return given;
    }

    /** The first version behind all that begin like this one. */
    private static long[] next(long[] version, int given) {
        long[] next = new long[PARTS];
        System.arraycopy(version, 0, next, 0, given);
        if (given == 0) {
            next[0] = Long.MAX_VALUE;
        } else {
            next[given - 1]++;
        }
        return next;
    }

    private static int compare(long[] one, long[] other) {
        for (int i = 0; i < PARTS; i++) {
            if (one[i] != other[i]) {
                return Long.compare(one[i], other[i]);
            }
        }
        return 0;
    }

    /**
     * Whether a version is in the range.
     *
     * @throws IllegalArgumentException when it is none
     */
    boolean contains(String version) {
        long[] parts = new long[PARTS];
        read(version.split("[-+]", 2)[0].split("\\.", -1), parts);
        for (List<Bound> bounds : alternatives) {
            boolean all = true;
            for (Bound bound : bounds) {
                all &= bound.holds(parts);
            }
            if (all) {
                return true;
            }
        }
        return false;
    }
}
