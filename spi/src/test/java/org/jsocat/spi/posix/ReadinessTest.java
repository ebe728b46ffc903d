package org.jsocat.spi.posix;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

@Timeout(300)
class ReadinessTest {

    private static final byte[] BYTE = new byte[1];

    private static CompletableFuture<Integer> virtual(Callable<Integer> task) {
        CompletableFuture<Integer> result = new CompletableFuture<>();
        Thread.ofVirtual()
                .start(
                        () -> {
                            try {
                                result.complete(task.call());
                            } catch (Throwable e) {
                                result.completeExceptionally(e);
                            }
                        });
        return result;
    }

    /** Until the thread is parked. */
    private static void untilWaiting(Thread thread) {
        while (thread.getState() != Thread.State.WAITING
                && thread.getState() != Thread.State.TIMED_WAITING) {
            Thread.onSpinWait();
        }
    }

    @Test
    void platformThread() {
        try (Pipe pipe = Pipe.open(0)) {
            assertThat(Readiness.await(pipe.reader().number(), Linux.POLLIN, 0)).isZero();
            assertThat(Readiness.await(pipe.reader().number(), Linux.POLLIN, 1_000_000)).isZero();
            assertThat(Readiness.await(pipe.writer().number(), Linux.POLLOUT, -1))
                    .isEqualTo(Linux.POLLOUT);
            pipe.writer().close();
            assertThat(Readiness.await(pipe.reader().number(), Linux.POLLIN, -1))
                    .isEqualTo(Linux.POLLHUP);
            assertThat(Readiness.await(1_000_000, Linux.POLLIN, -1)).isEqualTo(Linux.POLLNVAL);
        }
    }

    @Test
    void virtualThreadIsWoken() throws Exception {
        try (Pipe pipe = Pipe.open(0)) {
            int fd = pipe.reader().number();
            for (int i = 0; i < 100; i++) {
                CompletableFuture<Integer> ready =
                        virtual(() -> Readiness.await(fd, Linux.POLLIN, -1));
                Libc.write(pipe.writer().number(), BYTE, 0, 1);
                assertThat(ready.get()).isEqualTo(Linux.POLLIN);
                Libc.read(fd, BYTE, 0, 1);
            }
        }
    }

    @Test
    void virtualThreadTimesOut() throws Exception {
        try (Pipe pipe = Pipe.open(0)) {
            int fd = pipe.reader().number();
            assertThat(virtual(() -> Readiness.await(fd, Linux.POLLIN, 2_000_000)).get()).isZero();
            assertThat(virtual(() -> Readiness.await(fd, Linux.POLLIN, 0)).get()).isZero();
            // The event that comes too late does not confuse the next wait.
            Libc.write(pipe.writer().number(), BYTE, 0, 1);
            assertThat(virtual(() -> Readiness.await(fd, Linux.POLLIN, -1)).get())
                    .isEqualTo(Linux.POLLIN);
            Libc.read(fd, BYTE, 0, 1);
            assertThat(virtual(() -> Readiness.await(fd, Linux.POLLIN, 2_000_000)).get()).isZero();
        }
    }

    @Test
    @SuppressWarnings("try") // closing is what is tested
    void severalThreadsWaitForOneDescriptor() throws Exception {
        int[] pair = new int[2];
        Libc.socketpair(Linux.AF_UNIX, Linux.SOCK_STREAM | Linux.SOCK_NONBLOCK, 0, pair);
        try (Fd a = new Fd(pair[0]);
                Fd b = new Fd(pair[1])) {
            int fd = a.number();
            List<CompletableFuture<Integer>> readers = new ArrayList<>();
            for (int i = 0; i < 10; i++) {
                readers.add(virtual(() -> Readiness.await(fd, Linux.POLLIN, -1)));
            }
            assertThat(virtual(() -> Readiness.await(fd, Linux.POLLOUT, -1)).get())
                    .isEqualTo(Linux.POLLOUT);
            Libc.write(b.number(), BYTE, 0, 1);
            for (CompletableFuture<Integer> reader : readers) {
                assertThat(reader.get()).isEqualTo(Linux.POLLIN);
            }
            CompletableFuture<Integer> hangUp =
                    virtual(() -> Readiness.await(fd, Linux.POLLPRI, -1));
            b.close();
            assertThat(hangUp.get() & Linux.POLLHUP).isNotZero();
        }
    }

    @Test
    void closingWakes() throws Exception {
        for (int round = 0; round < 50; round++) {
            try (Pipe pipe = Pipe.open(0)) {
                int fd = pipe.reader().number();
                CompletableFuture<Integer> ready = new CompletableFuture<>();
                Thread thread =
                        Thread.ofVirtual()
                                .start(() -> ready.complete(Readiness.await(fd, Linux.POLLIN, -1)));
                untilWaiting(thread);
                pipe.reader().close();
                assertThat(ready.get()).isEqualTo(Linux.POLLNVAL);
            }
        }
    }

    @Test
    void numbersAreUsedAgain() throws Exception {
        // A duplicate keeps the first file in the epoll set after its number belongs to another.
        Pipe first = Pipe.open(0);
        int fd = first.reader().number();
        Fd duplicate = first.reader().duplicate();
        assertThat(virtual(() -> Readiness.await(fd, Linux.POLLIN, 1_000_000)).get()).isZero();
        try (Pipe second = Pipe.open(0)) {
            Libc.dup3(second.reader().number(), fd, Linux.O_CLOEXEC);
            Libc.write(first.writer().number(), BYTE, 0, 1);
            assertThat(virtual(() -> Readiness.await(fd, Linux.POLLIN, 20_000_000)).get()).isZero();
            Libc.write(second.writer().number(), BYTE, 0, 1);
            assertThat(virtual(() -> Readiness.await(fd, Linux.POLLIN, -1)).get())
                    .isEqualTo(Linux.POLLIN);
        }
        duplicate.close();
        first.close();
    }

    @Test
    void interruptEndsTheWaitOfAVirtualThread() throws Exception {
        try (Pipe pipe = Pipe.open(0)) {
            int fd = pipe.reader().number();
            CompletableFuture<Integer> ready = new CompletableFuture<>();
            AtomicInteger flag = new AtomicInteger();
            Thread thread =
                    Thread.ofVirtual()
                            .start(
                                    () -> {
                                        int result = Readiness.await(fd, Linux.POLLIN, -1);
                                        flag.set(Thread.currentThread().isInterrupted() ? 1 : 0);
                                        ready.complete(result);
                                    });
            untilWaiting(thread);
            thread.interrupt();
            assertThat(ready.get()).isEqualTo(-Errno.EINTR);
            assertThat(flag).hasValue(1);
        }
    }

    @Test
    void filesThatAreAlwaysReady(@TempDir Path folder) throws Exception {
        Path file = Files.writeString(folder.resolve("f"), "x");
        try (Fd fd = Fd.open(file.toString(), Linux.O_RDONLY, 0)) {
            assertThat(virtual(() -> Readiness.await(fd.number(), Linux.POLLIN, -1)).get())
                    .isEqualTo(Linux.POLLIN);
        }
        assertThat(virtual(() -> Readiness.await(1_000_000, Linux.POLLIN, -1)).get())
                .isEqualTo(-Errno.EBADF);
        assertThat(virtual(() -> Readiness.await(-1, Linux.POLLIN, -1)).get())
                .isEqualTo(-Errno.EBADF);
    }

    @Test
    void manyVirtualThreads() throws Exception {
        int count = 400;
        List<Pipe> pipes = new ArrayList<>();
        List<CompletableFuture<Integer>> sums = new ArrayList<>();
        try {
            for (int i = 0; i < count; i++) {
                Pipe pipe = Pipe.open(Linux.O_NONBLOCK);
                pipes.add(pipe);
                sums.add(
                        virtual(
                                () -> {
                                    byte[] bytes = new byte[1];
                                    int sum = 0;
                                    while (true) {
                                        long n = Libc.read(pipe.reader().number(), bytes, 0, 1);
                                        if (n == 0) {
                                            return sum;
                                        }
                                        if (n == 1) {
                                            sum += bytes[0];
                                        } else {
                                            Readiness.await(
                                                    pipe.reader().number(), Linux.POLLIN, -1);
                                        }
                                    }
                                }));
            }
            byte[] bytes = new byte[1];
            for (byte round = 1; round <= 10; round++) {
                bytes[0] = round;
                for (Pipe pipe : pipes) {
                    assertThat(Libc.write(pipe.writer().number(), bytes, 0, 1)).isEqualTo(1);
                }
            }
            for (Pipe pipe : pipes) {
                pipe.writer().close();
            }
            for (CompletableFuture<Integer> sum : sums) {
                assertThat(sum.get(100, TimeUnit.SECONDS)).isEqualTo(55);
            }
        } finally {
            for (Pipe pipe : pipes) {
                pipe.close();
            }
        }
    }
}
