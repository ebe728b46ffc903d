/** Network interfaces: new ones whose packets pass through the relay, and raw access to others. */
package org.jsocat.plugin.tun;
