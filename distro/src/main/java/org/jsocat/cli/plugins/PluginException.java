package org.jsocat.cli.plugins;

/** A plugin cannot be used or handled as asked. The message is one line that names it. */
public final class PluginException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    PluginException(String message) {
        super(message, null, false, false);
    }
}
