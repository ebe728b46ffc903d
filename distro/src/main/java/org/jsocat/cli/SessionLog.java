package org.jsocat.cli;

import org.jsocat.spi.RelayInfo;
import org.jsocat.spi.RelayListener;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/** One line of JSON for each relay that has ended: {@code --session-log}. */
final class SessionLog implements RelayListener {
    private static final double MILLIS = 1000.0;

    private final Consumer<String> out;

    /**
     * A log.
     *
     * @param out takes whole lines; called by several threads
     */
    SessionLog(Consumer<String> out) {
        this.out = out;
    }

    @Override
    public void ended(RelayInfo relay) {
        out.accept(line(relay, "ended", null, Instant.now()));
    }

    @Override
    public void failed(RelayInfo relay, Throwable cause) {
        out.accept(line(relay, "failed", cause, Instant.now()));
    }

    static String line(RelayInfo relay, String end, Throwable cause, Instant now) {
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("relay", relay.id());
        line.put("start", relay.start().truncatedTo(ChronoUnit.MILLIS).toString());
        line.put("seconds", Duration.between(relay.start(), now).toMillis() / MILLIS);
        line.put("bytesToSecond", relay.bytesToSecond());
        line.put("bytesToFirst", relay.bytesToFirst());
        line.put("end", end);
        if (cause != null) {
            line.put("cause", String.valueOf(cause.getMessage()));
        }
        Map<String, String> known = new TreeMap<>();
        relay.facts().forEach(fact -> fact.tell(known::put));
        line.put("known", known);
        return Json.line(line);
    }
}
