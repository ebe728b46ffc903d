/**
 * Plugins of third parties: where they lie, which of them are fit to be used, and their modules.
 *
 * <p>PF4J reads the descriptors and compares the versions. Its classes are named in {@link
 * org.jsocat.cli.plugins.PluginScan} and what that uses only, so that a start without such plugins
 * never loads them.
 */
package org.jsocat.cli.plugins;
