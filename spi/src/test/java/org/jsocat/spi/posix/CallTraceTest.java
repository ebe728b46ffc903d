package org.jsocat.spi.posix;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.lang.reflect.Field;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;

/** What is told of calls, to a listener that makes calls itself. */
final class CallTraceTest {
    private final List<String> lines = new ArrayList<>();
    private final Thread self = Thread.currentThread();

    private void listen() {
        CallTrace.to(
                line -> {
                    if (Thread.currentThread() == self) {
                        lines.add(line);
                        Libc.access("/another/path/than/before", 0);
                    }
                });
    }

    @AfterEach
    void stop() {
        CallTrace.to(null);
    }

    @Test
    void callsAreToldWithArgumentsAndResults() {
        listen();
        assertThat(Libc.access("/", 4)).isZero();
        assertThat(Libc.open("/nonexistent", Linux.O_RDWR, 0640)).isEqualTo(-Errno.ENOENT);
        assertThat(Libc.close(-1)).isEqualTo(-Errno.EBADF);
        assertThat(lines)
                .containsExactly(
                        "access(\"/\", 4)",
                        "access() -> 0",
                        "open(\"/nonexistent\", 0x80002, 0640)",
                        "open() -> -1 (No such file or directory)",
                        "close(-1)",
                        "close() -> -1 (Bad file descriptor)");
    }

    @Test
    void addressesAreShownAsText() {
        int fd = Libc.socket(Linux.AF_INET, Linux.SOCK_STREAM, 0);
        listen();
        Libc.connect(fd, SocketAddress.of(InetAddress.getLoopbackAddress(), 1));
        assertThat(lines.getFirst()).isEqualTo("connect(" + fd + ", AF=2 127.0.0.1:1, 16)");
        Libc.close(fd);
    }

    @Test
    void everyFunctionHasItsFormat() throws ReflectiveOperationException {
        CallTrace.to(line -> {});
        CallTrace trace = CallTrace.current();
        List<String> unknown = new ArrayList<>();
        for (Class<?> type :
                List.of(Libc.class, NameService.class, SignalPipe.class, MachineCode.class)) {
            for (Field field : type.getDeclaredFields()) {
                field.setAccessible(true);
                if (field.getType() == Symbol.class
                        && !trace.knows(((Symbol) field.get(null)).name())) {
                    unknown.add(field.getName());
                }
            }
        }
        assertThat(unknown).isEmpty();
    }
}
