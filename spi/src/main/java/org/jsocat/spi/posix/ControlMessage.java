package org.jsocat.spi.posix;

/**
 * A piece of ancillary data of a socket: cmsg(3).
 *
 * @param level SOL_SOCKET, SOL_IP and the like
 * @param type SCM_RIGHTS, IP_TTL and the like
 * @param data its bytes, in the machine's byte order; do not change them
 * @since 0.1
 */
@SuppressWarnings("ArrayRecordComponent") // read once by whoever asked for it, not compared
public record ControlMessage(int level, int type, byte[] data) {}
