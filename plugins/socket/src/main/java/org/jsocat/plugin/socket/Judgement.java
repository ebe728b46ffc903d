package org.jsocat.plugin.socket;

import org.jsocat.spi.Wakeup;

import java.util.function.BooleanSupplier;

/** Whether a packet may be taken, found out by a thread of its own. */
final class Judgement {
    private final Packet packet;
    private volatile boolean given;
    private volatile boolean permits;

    /**
     * Begins to find out.
     *
     * @param wakeup who is told when it is known
     */
    Judgement(Packet packet, BooleanSupplier judge, Wakeup wakeup) {
        this.packet = packet;
        Thread.ofPlatform()
                .name("judging")
                .daemon()
                .start(
                        () -> {
                            try {
                                permits = judge.getAsBoolean();
                            } finally {
                                given = true;
                                wakeup.now();
                            }
                        });
    }

    Packet packet() {
        return packet;
    }

    boolean isGiven() {
        return given;
    }

    boolean permits() {
        return permits;
    }
}
