/** The addresses of raw sockets of IP. */
package org.jsocat.plugin.rawip;
