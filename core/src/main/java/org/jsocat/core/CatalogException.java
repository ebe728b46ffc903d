package org.jsocat.core;

/** The plugins that were found do not fit together, for example two that claim the same keyword. */
public final class CatalogException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    CatalogException(String message) {
        super(message, null, false, false);
    }
}
