package org.jsocat.core.open;

import org.jsocat.spi.Arrival;
import org.jsocat.spi.Fact;
import org.jsocat.spi.Listener;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** A plugin's listener whose defects are errors of its address. */
final class GuardedListener implements Listener {
    private final OpeningContext context;
    private final Listener listener;

    GuardedListener(OpeningContext context, Listener listener) {
        this.context = context;
        this.listener = listener;
    }

    @Override
    public int descriptor() {
        return listener.descriptor();
    }

    @Override
    public Optional<Arrival> next() {
        return Foreign.call(context, "next()", listener::next);
    }

    @Override
    public Duration timeout() {
        return listener.timeout();
    }

    @Override
    public String text() {
        return listener.text();
    }

    @Override
    public List<Fact> facts() {
        return Foreign.call(context, "facts()", listener::facts);
    }

    @Override
    public void close() {
        listener.close();
    }
}
