package org.jsocat.core.run;

import org.jsocat.core.open.RelayContext;
import org.jsocat.core.plan.Catalog;
import org.jsocat.core.relay.Relay;
import org.jsocat.spi.Fact;
import org.jsocat.spi.RelayInfo;
import org.jsocat.spi.RelayListener;
import org.slf4j.Logger;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Tells the listeners of plugins what becomes of relays. Safe for use by several threads. */
final class RelayEvents {
    private final List<RelayListener> listeners = new ArrayList<>(0);

    RelayEvents(Catalog catalog) {
        catalog.relayListeners().forEach(listeners::add);
    }

    /** Tells one more listener, of every relay that begins from now on. */
    void add(RelayListener listener) {
        listeners.add(listener);
    }

    /**
     * What is known of one relay.
     *
     * @param relay moves its bytes; empty where it was never open
     */
    private record Known(int id, Instant start, List<Fact> facts, Optional<Relay> relay)
            implements RelayInfo {
        static Known of(RelayContext context, Optional<Relay> relay) {
            return new Known(context.id(), context.start(), context.environment().facts(), relay);
        }

        @Override
        public long bytesToSecond() {
            return relay.map(open -> open.leftToRight().bytes()).orElse(0L);
        }

        @Override
        public long bytesToFirst() {
            return relay.map(open -> open.rightToLeft().bytes()).orElse(0L);
        }
    }

    void opened(RelayContext context, Relay relay) {
        if (!listeners.isEmpty()) {
            RelayInfo known = Known.of(context, Optional.of(relay));
            tell(context.log(), listener -> listener.opened(known));
        }
    }

    void over(RelayContext context, Relay relay) {
        if (listeners.isEmpty()) {
            return;
        }
        RelayInfo known = Known.of(context, Optional.of(relay));
        Optional<Throwable> cause = relay.cause();
        if (cause.isPresent()) {
            tell(context.log(), listener -> listener.failed(known, cause.get()));
        } else {
            tell(context.log(), listener -> listener.ended(known));
        }
    }

    void failed(RelayContext context, Throwable cause) {
        if (!listeners.isEmpty()) {
            RelayInfo known = Known.of(context, Optional.empty());
            tell(context.log(), listener -> listener.failed(known, cause));
        }
    }

    private void tell(Logger log, Consumer<RelayListener> event) {
        for (RelayListener listener : listeners) {
            try {
                event.accept(listener);
            } catch (RuntimeException | Error defect) {
                log.error(
                        "plugin {}: its listener failed: {}",
                        Catalog.pluginOf(listener),
                        defect.toString(),
                        defect);
            }
        }
    }
}
