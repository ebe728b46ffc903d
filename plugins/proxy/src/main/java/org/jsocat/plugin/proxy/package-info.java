/** HTTP CONNECT and SOCKS. */
package org.jsocat.plugin.proxy;
