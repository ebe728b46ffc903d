package org.jsocat.spi.posix;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

class FdTest {

    @Test
    void closesOnce() {
        Fd fd = Fd.open("/dev/null", Linux.O_RDONLY, 0);
        int number = fd.number();
        assertThat(fd).hasToString(Integer.toString(number));
        fd.close();
        try (Fd next = Fd.open("/dev/null", Linux.O_RDONLY, 0)) {
            fd.close();
            assertThat(next.isOpen()).isTrue();
            assertThat(Libc.fcntl(next.number(), Linux.F_GETFD, 0)).isNotNegative();
        }
        assertThat(fd.isOpen()).isFalse();
        assertThat(fd).hasToString("closed");
        assertThatThrownBy(fd::number).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(fd::release).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void closesOnceFromManyThreads() throws InterruptedException {
        for (int round = 0; round < 200; round++) {
            Fd fd = Fd.open("/dev/null", Linux.O_RDONLY, 0);
            AtomicInteger released = new AtomicInteger();
            CountDownLatch go = new CountDownLatch(1);
            List<Thread> threads = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                threads.add(
                        Thread.ofPlatform()
                                .start(
                                        () -> {
                                            try {
                                                go.await();
                                                Libc.close(fd.release());
                                                released.incrementAndGet();
                                            } catch (IllegalStateException lost) {
                                                // another thread was first
                                            } catch (InterruptedException e) {
                                                throw new AssertionError(e);
                                            }
                                        }));
            }
            go.countDown();
            for (Thread thread : threads) {
                thread.join();
            }
            assertThat(released).hasValue(1);
        }
    }

    @Test
    void modes() {
        try (Pipe pipe = Pipe.open(0)) {
            Fd fd = pipe.reader();
            assertThat(fd.isNonBlocking()).isFalse();
            fd.setNonBlocking(true);
            assertThat(fd.isNonBlocking()).isTrue();
            assertThat(Libc.read(fd.number(), new byte[1], 0, 1)).isEqualTo(-Errno.EAGAIN);
            try (Fd duplicate = fd.duplicate()) {
                assertThat(duplicate.isNonBlocking()).isTrue();
                assertThat(duplicate.number()).isNotEqualTo(fd.number());
            }
            fd.setNonBlocking(false);
            assertThat(fd.isNonBlocking()).isFalse();
            fd.setCloseOnExec(false);
            assertThat(Libc.fcntl(fd.number(), Linux.F_GETFD, 0)).isZero();
            fd.setCloseOnExec(true);
            assertThat(Libc.fcntl(fd.number(), Linux.F_GETFD, 0)).isEqualTo(Linux.FD_CLOEXEC);
        }
    }

    @Test
    void failuresAreWordedAsInC() {
        assertThatThrownBy(() -> Fd.open("/no/such/file", Linux.O_WRONLY | Linux.O_CREAT, 0644))
                .isInstanceOf(PosixException.class)
                .hasMessage("open(\"/no/such/file\", 0101, 0644): No such file or directory");
        assertThatThrownBy(() -> new Fd(-1)).isInstanceOf(IllegalArgumentException.class);
        Fd gone = Fd.open("/dev/null", Linux.O_RDONLY, 0);
        Libc.close(gone.number());
        assertThatThrownBy(gone::isNonBlocking)
                .hasMessageEndingWith("F_GETFL): Bad file descriptor");
        gone.release();
    }
}
