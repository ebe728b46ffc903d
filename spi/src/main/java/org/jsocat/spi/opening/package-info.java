/**
 * What every {@link org.jsocat.spi.OpenContext} does in the same way: core's, and the test kit's.
 * Not for plugins.
 */
package org.jsocat.spi.opening;
