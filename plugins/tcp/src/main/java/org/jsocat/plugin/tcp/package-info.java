/** The addresses and options of TCP. */
package org.jsocat.plugin.tcp;
