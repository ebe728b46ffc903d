/** What the protocols of IP share: resolving, ranges and wrappers, ports, the options of IP. */
package org.jsocat.plugin.inet;
