/**
 * Serial ports by jSerialComm: lines, modem lines, devices that vanish and come back.
 *
 * <p>Nothing of jSerialComm is loaded before a port is opened or the ports are listed.
 */
package org.jsocat.plugin.serial;
