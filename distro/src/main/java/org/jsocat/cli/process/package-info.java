/**
 * What a process is: identity, session, terminal, limits; what its host has; the constants of the
 * system's C interface. Used by {@code procan}.
 */
package org.jsocat.cli.process;
