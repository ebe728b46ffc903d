package org.jsocat.core.relay;

import java.util.Optional;

/**
 * Where an endpoint comes from: the address that the user wrote and the plugin whose code runs, for
 * messages about defects.
 *
 * @param address as the user may recognise it, secrets left out
 * @param plugin the name of the plugin
 * @param service an object of the plugin
 * @param inner of what is to the right in a chain
 */
public record Origin(String address, String plugin, Object service, Optional<Origin> inner) {
    /** Where nothing is known. */
    static final Origin UNKNOWN = new Origin("", "", Origin.class, Optional.empty());

    /**
     * What went wrong in foreign code, in one line that names the address and the plugin: the first
     * one in the chain whose code stands in the trace.
     */
    public String describe(Throwable failure) {
        Origin origin = culprit(failure).orElse(this);
        return (origin.address.isEmpty() ? "" : "address \"" + origin.address + "\": ")
                + (origin.plugin.isEmpty() ? "" : "plugin " + origin.plugin + ": ")
                + (failure instanceof Defect ? failure.getMessage() : "failed: " + failure);
    }

    /** This one, then another. */
    public Origin and(Origin next) {
        return new Origin(
                address,
                plugin,
                service,
                Optional.of(inner.map(own -> own.and(next)).orElse(next)));
    }

    /** Whether its code stands in the trace. */
    boolean isBehind(Throwable failure) {
        return culprit(failure).isPresent();
    }

    private Optional<Origin> culprit(Throwable failure) {
        for (StackTraceElement frame : failure.getStackTrace()) {
            for (Origin at = this; at != null; at = at.inner.orElse(null)) {
                if (at.has(frame)) {
                    return Optional.of(at);
                }
            }
        }
        return Optional.empty();
    }

    private boolean has(StackTraceElement frame) {
        Class<?> type = service instanceof Class<?> known ? known : service.getClass();
        if (type.getModule().isNamed()) {
            return type.getModule().getName().equals(frame.getModuleName());
        }
        return frame.getModuleName() == null
                && frame.getClassName().startsWith(type.getPackageName());
    }
}
