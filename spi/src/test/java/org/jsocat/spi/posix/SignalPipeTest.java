package org.jsocat.spi.posix;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/** Signals that come faster than they are dealt with. */
final class SignalPipeTest {
    /** More than the 65,536 bytes of a pipe have room for. */
    private static final int MANY = 20_000;

    @Test
    @Timeout(value = 300, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void signalsThatFindNoRoomHoldNobodyUp() throws InterruptedException {
        CountDownLatch dealt = new CountDownLatch(1);
        CountDownLatch first = new CountDownLatch(1);
        AtomicInteger last = new AtomicInteger();
        SignalPipe.install(
                new int[] {Linux.SIGPWR},
                signal -> {
                    last.set(signal);
                    first.countDown();
                    try {
                        dealt.await();
                    } catch (InterruptedException ended) {
                        Thread.currentThread().interrupt();
                    }
                });
        int self = Libc.getpid();
        for (int i = 0; i < MANY; i++) {
            assertThat(Libc.kill(self, Linux.SIGPWR)).isZero();
        }
        first.await();
        assertThat(last).hasValue(Linux.SIGPWR);
        dealt.countDown();
    }
}
