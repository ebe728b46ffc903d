/**
 * Finds the plugins, checks a command line against their tables, opens its addresses and relays
 * between them. Knows no address family by name.
 */
package org.jsocat.core;
