/**
 * Sockets of the UNIX domain (unix(7)). {@link org.jsocat.plugin.unix.UnixClient} also serves
 * whoever finds a socket under a name.
 */
package org.jsocat.plugin.unix;
