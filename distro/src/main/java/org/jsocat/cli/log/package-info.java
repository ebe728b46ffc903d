/**
 * The program's log lines: an SLF4J provider that prints them as socat does, to stderr, a file or
 * syslog.
 */
package org.jsocat.cli.log;
