package org.jsocat.plugin.tun;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Tells where a packet ends from what it says of itself: a stream that carries packets keeps no
 * boundaries, and the kernel takes one packet with each write.
 */
enum Framing {
    /** Packets of IP. */
    IP,
    /** Packets of IP behind the header of four bytes that TUN puts before each (tuntap). */
    TAGGED_IP,
    /** Frames of Ethernet. */
    ETHERNET,
    /** Frames of Ethernet behind that header. */
    TAGGED_ETHERNET;

    /** There are too few bytes to tell. */
    static final int MORE = 0;

    /** What is there is no packet whose length is known. */
    static final int UNKNOWN = -1;

    /** What {@link #length} needs at most, bytes: two tags and the whole header of IPv4. */
    static final int MOST_HEADER_BYTES = 4 + 14 + 2 * 4 + 60;

    private static final int TAG_BYTES = 4;
    private static final int ETHERNET_BYTES = 14;
    private static final int ADDRESS_BYTES = 6;
    private static final int IPV4_BYTES = 20;
    private static final int IPV6_BYTES = 40;
    private static final int ARP_BYTES = 8;
    private static final int LEAST_TYPE = 0x600;

    /**
     * How long the packet is that begins at the position of a buffer, bytes; it may be longer than
     * what is there.
     *
     * @return its length, {@link #MORE} or {@link #UNKNOWN}
     */
    int length(ByteBuffer bytes) {
        ByteBuffer packet = bytes.slice().order(ByteOrder.BIG_ENDIAN);
        return switch (this) {
            case IP -> internet(packet, 0);
            case TAGGED_IP -> internet(packet, TAG_BYTES);
            case ETHERNET -> ethernet(packet, 0);
            case TAGGED_ETHERNET -> ethernet(packet, TAG_BYTES);
        };
    }

    /** RFC 791 and RFC 8200; a jumbogram does not say its length there. */
    private static int internet(ByteBuffer packet, int start) {
        if (packet.limit() <= start) {
            return MORE;
        }
        return switch (packet.get(start) >> 4 & 0xf) {
            case 4 -> version4(packet, start);
            case 6 -> version6(packet, start);
            default -> UNKNOWN;
        };
    }

    private static int version4(ByteBuffer packet, int start) {
        int header = (packet.get(start) & 0xf) * Integer.BYTES;
        if (header < IPV4_BYTES) {
            return UNKNOWN;
        }
        if (packet.limit() < start + header) {
            return MORE;
        }
        int length = packet.getShort(start + 2) & 0xffff;
        return length >= header && isSummed(packet, start, header) ? start + length : UNKNOWN;
    }

    /** RFC 1071: the sum of a header with its checksum is all ones. */
    private static boolean isSummed(ByteBuffer packet, int start, int length) {
        int sum = 0;
        for (int i = start; i < start + length; i += Short.BYTES) {
            sum += packet.getShort(i) & 0xffff;
        }
        while (sum > 0xffff) {
            sum = (sum & 0xffff) + (sum >>> 16);
        }
        return sum == 0xffff;
    }

    private static int version6(ByteBuffer packet, int start) {
        if (packet.limit() < start + IPV6_BYTES) {
            return MORE;
        }
        int payload = packet.getShort(start + 4) & 0xffff;
        return payload == 0 ? UNKNOWN : start + IPV6_BYTES + payload;
    }

    /** IEEE 802.3; types of it say nothing of the length but in what they carry. */
    private static int ethernet(ByteBuffer packet, int start) {
        if (isPadding(packet, start)) {
            return UNKNOWN;
        }
        int type = start + ETHERNET_BYTES - Short.BYTES;
        while (true) {
            int payload = type + Short.BYTES;
            if (packet.limit() < payload) {
                return MORE;
            }
            int value = packet.getShort(type) & 0xffff;
            switch (value) {
                case 0x8100, 0x88a8 -> type += TAG_BYTES;
                case 0x0800 -> {
                    return internet(packet, payload, 4);
                }
                case 0x86dd -> {
                    return internet(packet, payload, 6);
                }
                case 0x0806 -> {
                    return arp(packet, payload);
                }
                default -> {
                    return value < LEAST_TYPE ? payload + value : UNKNOWN;
                }
            }
        }
    }

    private static int internet(ByteBuffer packet, int start, int version) {
        if (packet.limit() <= start) {
            return MORE;
        }
        return packet.get(start) >> 4 == version ? internet(packet, start) : UNKNOWN;
    }

    /** RFC 826. */
    private static int arp(ByteBuffer packet, int start) {
        if (packet.limit() < start + ARP_BYTES) {
            return MORE;
        }
        int hardware = packet.get(start + 4) & 0xff;
        int protocol = packet.get(start + 5) & 0xff;
        return start + ARP_BYTES + 2 * (hardware + protocol);
    }

    /** No frame goes to the address of zeros: they fill short frames up. */
    private static boolean isPadding(ByteBuffer packet, int start) {
        int most = Math.min(packet.limit(), start + ADDRESS_BYTES);
        for (int i = start; i < most; i++) {
            if (packet.get(i) != 0) {
                return false;
            }
        }
        return most > start;
    }
}
