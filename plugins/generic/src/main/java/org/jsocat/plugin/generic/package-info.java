/** The addresses of this plugin: sockets of any family. */
package org.jsocat.plugin.generic;
