package org.jsocat.core.option;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.jsocat.spi.posix.PosixException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.helpers.NOPLogger;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

@Timeout(300)
class LockFileTest {
    private static final Logger LOG = NOPLogger.NOP_LOGGER;

    @TempDir private Path folder;
    private Path lock;

    @BeforeEach
    void path() {
        lock = folder.resolve("lock");
    }

    private LockFile take() {
        return LockFile.obtain(lock.toString(), false, LOG).orElseThrow();
    }

    @Test
    void namesItsHolderWhileItIsHeld() throws IOException {
        LockFile held = take();
        assertThat(lock).hasContent(ProcessHandle.current().pid() + "\n");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(lock)))
                .isEqualTo("rw-r--r--");
        assertThat(folder.toFile().list()).containsExactly("lock");
        assertThat(LockFile.obtain(lock.toString(), false, LOG)).isEmpty();
        held.release();
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void anothersLockIsLeft() throws IOException {
        LockFile held = take();
        Files.writeString(lock, "1\n");
        held.release();
        assertThat(lock).hasContent("1\n");
    }

    @Test
    void isGivenBackOnce() throws IOException {
        LockFile held = take();
        held.release();
        LockFile later = take();
        held.release();
        assertThat(lock).exists();
        later.release();
        assertThat(lock).doesNotExist();
    }

    @Test
    void aLinkThatLeadsNowhereIsALock() throws IOException {
        Files.createSymbolicLink(lock, folder.resolve("nowhere"));
        assertThat(LockFile.obtain(lock.toString(), false, LOG)).isEmpty();
        assertThat(folder.toFile().list()).containsExactly("lock");
    }

    @Test
    void whatCannotBeMadeIsTold() {
        assertThatThrownBy(() -> LockFile.obtain("/nonexistent/lock", true, LOG))
                .isInstanceOf(PosixException.class)
                .hasMessageContaining("No such file or directory");
    }

    @Test
    void oneOfManyObtainsIt() throws InterruptedException {
        CountDownLatch start = new CountDownLatch(1);
        AtomicInteger obtained = new AtomicInteger();
        Runnable attempt =
                () -> {
                    await(start);
                    LockFile.obtain(lock.toString(), false, LOG)
                            .ifPresent(_ -> obtained.incrementAndGet());
                };
        List<Thread> threads =
                IntStream.range(0, 8).mapToObj(_ -> Thread.ofPlatform().start(attempt)).toList();
        start.countDown();
        for (Thread thread : threads) {
            thread.join();
        }
        assertThat(obtained).hasValue(1);
        assertThat(folder.toFile().list()).containsExactly("lock");
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
