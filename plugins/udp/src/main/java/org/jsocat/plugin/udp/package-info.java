/** The addresses and options of UDP and UDP-Lite. */
package org.jsocat.plugin.udp;
