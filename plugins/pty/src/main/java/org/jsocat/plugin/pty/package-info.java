/**
 * Pseudo terminals and terminal settings: the address PTY, the option groups PTY and TERMIOS, and
 * the endpoint over a pseudo terminal's master that EXEC and its kin share.
 */
package org.jsocat.plugin.pty;
