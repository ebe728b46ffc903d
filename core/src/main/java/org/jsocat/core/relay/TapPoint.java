package org.jsocat.core.relay;

/** A place of a chain that the user wants to be looked at instead of the relay: option tap. */
interface TapPoint {
    /**
     * Looks at what passes.
     *
     * @param tap the relay's, which closes it
     * @param left whether the chain is the first address of the relay
     */
    void tap(Tap tap, boolean left);
}
