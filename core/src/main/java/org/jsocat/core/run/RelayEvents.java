package org.jsocat.core.run;

import org.jsocat.core.open.RelayContext;
import org.jsocat.core.plan.Catalog;
import org.jsocat.spi.RelayInfo;
import org.jsocat.spi.RelayListener;
import org.slf4j.Logger;

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

    void opened(RelayContext context, RelayInfo relay) {
        if (!listeners.isEmpty()) {
            tell(context.log(), listener -> listener.opened(relay));
        }
    }

    /**
     * A relay has ended.
     *
     * @param cause what went wrong, if anything did
     */
    void over(RelayContext context, RelayInfo relay, Optional<Throwable> cause) {
        if (listeners.isEmpty()) {
            return;
        }
        if (cause.isPresent()) {
            tell(context.log(), listener -> listener.failed(relay, cause.get()));
        } else {
            tell(context.log(), listener -> listener.ended(relay));
        }
    }

    /** A relay could not be opened. */
    void failed(RelayContext context, Throwable cause) {
        if (!listeners.isEmpty()) {
            RelayInfo known = new KnownRelay(context);
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
