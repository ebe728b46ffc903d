package org.jsocat.core.open;

import static org.assertj.core.api.Assertions.assertThat;

import org.jsocat.spi.Direction;
import org.jsocat.spi.Endpoint;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Two directions of one endpoint, each with a loop of its own. */
@Timeout(60)
class HalfEndpointTest {
    /** Stays in a call until the other side has tried one. */
    private static final class Slow implements Endpoint {
        final CountDownLatch reading = new CountDownLatch(1);
        final CountDownLatch written = new CountDownLatch(1);
        final AtomicInteger closed = new AtomicInteger();
        volatile boolean wasAlone;

        @Override
        public int read(ByteBuffer target) {
            reading.countDown();
            try {
                wasAlone = !written.await(500, TimeUnit.MILLISECONDS);
            } catch (InterruptedException interrupted) {
                throw new IllegalStateException(interrupted);
            }
            return 0;
        }

        @Override
        public int write(ByteBuffer source) {
            written.countDown();
            return 0;
        }

        @Override
        public int readDescriptor() {
            return NONE;
        }

        @Override
        public int writeDescriptor() {
            return NONE;
        }

        @Override
        public void shutdownOutput() {}

        @Override
        public void close() {
            closed.incrementAndGet();
        }
    }

    @Test
    void theLoopsTakeTurnsAndTheLastOneCloses() throws Exception {
        Slow whole = new Slow();
        AtomicInteger users = new AtomicInteger(2);
        Endpoint left = new HalfEndpoint(whole, Direction.READ, users);
        Endpoint right = new HalfEndpoint(whole, Direction.WRITE, users);
        CompletableFuture<Integer> read =
                CompletableFuture.supplyAsync(() -> left.read(ByteBuffer.allocate(1)));
        whole.reading.await();
        assertThat(right.write(ByteBuffer.allocate(1))).isZero();
        assertThat(read.get()).isZero();
        assertThat(whole.wasAlone).as("nobody wrote while another one read").isTrue();
        left.close();
        left.close();
        assertThat(whole.closed).hasValue(0);
        right.close();
        assertThat(whole.closed).hasValue(1);
    }
}
