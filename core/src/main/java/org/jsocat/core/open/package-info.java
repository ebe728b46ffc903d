/**
 * Opens a plan: {@link org.jsocat.core.open.AddressOpening} is the entrance, a {@link
 * org.jsocat.core.relay.Side} what comes out.
 */
package org.jsocat.core.open;
