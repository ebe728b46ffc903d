package org.jsocat.core.relay;

/** Foreign code broke its contract. */
public final class Defect extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Side side;

    /**
     * A defect.
     *
     * @param message what was done
     * @param side whose endpoint did it
     */
    public Defect(String message, Side side) {
        super(message);
        this.side = side;
    }

    Side side() {
        return side;
    }
}
