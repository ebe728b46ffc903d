package org.jsocat.cli;

import org.jsocat.spi.Direction;
import org.jsocat.spi.RelayInfo;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What {@code --statistics} and SIGUSR1 print. */
final class Statistics {
    /** How they are told. */
    enum Form {
        TEXT,
        JSON
    }

    /** What has gone in one direction. */
    private record Way(long blocks, long bytes) {
        static Way right(RelayInfo relay) {
            return new Way(relay.blocksToSecond(), relay.bytesToSecond());
        }

        static Way left(RelayInfo relay) {
            return new Way(relay.blocksToFirst(), relay.bytesToFirst());
        }
    }

    private Statistics() {}

    /** What one relay has transferred, on one line. */
    static String json(RelayInfo relay) {
        return Json.line(
                Map.of(
                        "statistics",
                        List.of(
                                way("left to right", Way.right(relay)),
                                way("right to left", Way.left(relay)))));
    }

    private static Map<String, Object> way(String name, Way transferred) {
        Map<String, Object> way = new LinkedHashMap<>();
        way.put("direction", name);
        way.put("blocks", transferred.blocks());
        way.put("bytes", transferred.bytes());
        return way;
    }

    /** The lines for one relay; numbers are padded to the same width. */
    static List<String> lines(RelayInfo relay, Direction direction) {
        Way right = Way.right(relay);
        Way left = Way.left(relay);
        int blocks =
                width(direction == Direction.WRITE ? 0 : Math.max(right.blocks(), left.blocks()));
        int bytes = width(direction == Direction.WRITE ? 0 : Math.max(right.bytes(), left.bytes()));
        String rightward = line("left to right", right, blocks, bytes);
        String leftward = line("right to left", left, blocks, bytes);
        return switch (direction) {
            case READ -> List.of(rightward);
            case WRITE -> List.of(leftward);
            case BOTH -> List.of(rightward, leftward);
        };
    }

    private static int width(long number) {
        return Long.toString(number).length();
    }

    private static String line(String way, Way transferred, int blocks, int bytes) {
        return "STATISTICS: "
                + way
                + ": "
                + padded(transferred.blocks(), blocks)
                + " packets(s), "
                + padded(transferred.bytes(), bytes)
                + " byte(s)";
    }

    private static String padded(long number, int width) {
        String digits = Long.toString(number);
        return " ".repeat(Math.max(0, width - digits.length())) + digits;
    }
}
