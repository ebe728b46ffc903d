/** Sockets between virtual machines and their host (vsock(7)). */
package org.jsocat.plugin.vsock;
