package org.jsocat.cli.descriptors;

import org.jsocat.spi.posix.SocketAddress;

import java.util.List;
import java.util.Optional;

/**
 * What a socket is.
 *
 * @param local its own address; empty where the kernel tells none
 * @param peer the address at the other end; empty where it has none
 * @param socket options of SOL_SOCKET
 * @param ip options of IPPROTO_IP; none where it is no socket of IP
 * @param tcp options of IPPROTO_TCP; none where it is no socket of TCP
 * @param ipv6 options of IPPROTO_IPV6; none where it is no socket of IPv6
 */
public record SocketFacts(
        Optional<SocketAddress> local,
        Optional<SocketAddress> peer,
        List<OptionReading> socket,
        List<OptionReading> ip,
        List<OptionReading> tcp,
        List<OptionReading> ipv6) {}
