/**
 * jsocat inside other programs: {@link org.jsocat.xio.Xio} joins two addresses, or opens one as a
 * channel.
 *
 * <p>The addresses are those of the command line, with the options and plugins that it has. The
 * plugins are the modules of the program that provide them; the JVM must be started with {@code
 * --enable-native-access=org.jsocat.spi}.
 *
 * @since 1.0
 */
package org.jsocat.xio;
