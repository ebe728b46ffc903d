/**
 * The address READLINE: line editing with history on standard input.
 *
 * <p>Nothing of JLine is loaded before a line is edited on a terminal.
 */
package org.jsocat.plugin.readline;
