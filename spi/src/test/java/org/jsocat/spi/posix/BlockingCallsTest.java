package org.jsocat.spi.posix;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/** Calls that wait on virtual threads. */
@Timeout(300)
class BlockingCallsTest {
    @TempDir Path folder;

    private static <T> CompletableFuture<T> onVirtualThread(Supplier<T> work) {
        CompletableFuture<T> result = new CompletableFuture<>();
        Thread.ofVirtual().start(() -> result.complete(work.get()));
        return result;
    }

    @Test
    void manyThatWaitKeepNoVirtualThreadFromRunning() throws Exception {
        int count = 4 * Runtime.getRuntime().availableProcessors();
        List<String> fifos = new ArrayList<>();
        List<CompletableFuture<Integer>> readers = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            String fifo = folder.resolve("fifo" + i).toString();
            assertThat(Libc.mkfifo(fifo, 0600)).isZero();
            fifos.add(fifo);
            readers.add(onVirtualThread(() -> Libc.open(fifo, Linux.O_RDONLY, 0)));
        }
        assertThat(onVirtualThread(() -> "runs").get()).isEqualTo("runs");
        for (String fifo : fifos) {
            int writer = Libc.open(fifo, Linux.O_WRONLY, 0);
            assertThat(writer).isNotNegative();
            Libc.close(writer);
        }
        for (CompletableFuture<Integer> reader : readers) {
            assertThat(reader.get()).isNotNegative();
            Libc.close(reader.get());
        }
    }

    @Test
    void interruptingGivesTheCallUp() throws Exception {
        String fifo = folder.resolve("fifo").toString();
        assertThat(Libc.mkfifo(fifo, 0600)).isZero();
        CompletableFuture<Integer> result = new CompletableFuture<>();
        Thread thread =
                Thread.ofVirtual().start(() -> result.complete(Libc.open(fifo, Linux.O_RDONLY, 0)));
        while (thread.getState() != Thread.State.WAITING) {
            Thread.onSpinWait();
        }
        thread.interrupt();
        assertThat(result.get()).isEqualTo(-Errno.EINTR);
        int writer = Libc.open(fifo, Linux.O_WRONLY, 0); // the call that was given up ends
        Libc.close(writer);
    }

    @Test
    void hostHasANameOrNone() {
        SocketAddress nobody = new SocketAddress.Inet4(new byte[] {(byte) 192, 0, 2, 1}, 0);
        SocketAddress here = new SocketAddress.Inet4(new byte[] {127, 0, 0, 1}, 0);
        assertThat(NameService.hostName(nobody)).isEmpty();
        assertThat(NameService.hostName(here))
                .hasValueSatisfying(name -> assertThat(name).startsWith("localhost"));
    }
}
