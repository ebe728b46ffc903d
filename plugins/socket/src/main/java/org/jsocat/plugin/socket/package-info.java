/**
 * What all families of sockets share: opening, listening, checking peers, resolving names, and the
 * option groups SOCKET, IP4, IP6, LISTEN and RANGE. A family is a table of addresses that calls
 * {@link org.jsocat.plugin.socket.SocketOpening} and {@link
 * org.jsocat.plugin.socket.StreamListener} with its own kind of socket.
 *
 * <p>Everything here runs on opening threads and may block; a virtual thread parks meanwhile.
 */
package org.jsocat.plugin.socket;
