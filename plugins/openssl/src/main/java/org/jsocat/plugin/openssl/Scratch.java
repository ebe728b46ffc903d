package org.jsocat.plugin.openssl;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Room for one turn of encryption, so that a connection holds none while it is idle. Turns may be
 * nested (TLS within TLS), so each takes one and gives it back.
 */
final class Scratch {
    /** Some records of the largest size that RFC 8446 allows, and of what older versions add. */
    static final int CAPACITY = 4 * (16384 + 512);

    private static final ThreadLocal<Deque<Scratch>> FREE =
            ThreadLocal.withInitial(ArrayDeque::new);

    /** Off the heap, for the inner endpoint; of {@link #CAPACITY}. */
    final ByteBuffer direct = ByteBuffer.allocateDirect(CAPACITY);

    /** On the heap, for the engine; of {@link #CAPACITY}. */
    final ByteBuffer sealed = ByteBuffer.allocate(CAPACITY);

    /** On the heap, for the engine; of {@link #CAPACITY}. */
    final ByteBuffer plain = ByteBuffer.allocate(CAPACITY);

    private Scratch() {}

    /** Takes one of this thread; its buffers are cleared. */
    static Scratch take() {
        Scratch free = FREE.get().poll();
        Scratch taken = free == null ? new Scratch() : free;
        taken.direct.clear();
        taken.sealed.clear();
        taken.plain.clear();
        return taken;
    }

    /** Gives it back. */
    void give() {
        FREE.get().push(this);
    }
}
