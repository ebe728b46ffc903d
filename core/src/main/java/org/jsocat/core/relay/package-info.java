/**
 * Moves bytes between opened endpoints: one {@link org.jsocat.core.relay.EventLoop} per thread, one
 * small state machine, the {@link org.jsocat.core.relay.Relay}, per pair of endpoints, and a {@link
 * org.jsocat.core.relay.Flow} for each of its directions. The loop that saw the event moves the
 * bytes.
 */
package org.jsocat.core.relay;
