package org.jsocat.spi.posix;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

import java.util.Locale;
import java.util.function.Supplier;

class ErrnoTest {

    @Test
    void namesAndTexts() {
        assertThat(Errno.name(Errno.ECONNREFUSED)).isEqualTo("ECONNREFUSED");
        assertThat(Errno.text(Errno.ECONNREFUSED)).isEqualTo("Connection refused");
        assertThat(Errno.name(Errno.EWOULDBLOCK)).isEqualTo("EAGAIN");
        assertThat(Errno.name(Errno.EHWPOISON)).isEqualTo("EHWPOISON");
        assertThat(Errno.text(Errno.EPIPE)).isEqualTo("Broken pipe");
    }

    @Test
    void numbersThatAreNotDefined() {
        assertThat(Errno.name(0)).isEqualTo("errno 0");
        assertThat(Errno.name(-1)).isEqualTo("errno -1");
        assertThat(Errno.name(41)).isEqualTo("errno 41");
        assertThat(Errno.name(4711)).isEqualTo("errno 4711");
        assertThat(Errno.text(4711)).isEqualTo("Unknown error 4711");
    }

    @Test
    void everyNameIsInUpperCaseAndHasAText() {
        for (int errno = 1; errno <= Errno.EHWPOISON; errno++) {
            String name = Errno.name(errno);
            if (!name.startsWith("errno")) {
                assertThat(name).isEqualTo(name.toUpperCase(Locale.ROOT)).startsWith("E");
                assertThat(Errno.text(errno)).doesNotStartWith("Unknown");
            }
        }
    }

    @Test
    void exceptionSaysWhatACProgramWouldPrint() {
        PosixException e =
                new PosixException(Errno.ECONNREFUSED, "connect(5, AF=2 127.0.0.1:9, 16)");

        assertThat(e).hasMessage("connect(5, AF=2 127.0.0.1:9, 16): Connection refused");
        assertThat(e.errno()).isEqualTo(Errno.ECONNREFUSED);
        assertThat(e.call()).isEqualTo("connect(5, AF=2 127.0.0.1:9, 16)");
        assertThat(e.getStackTrace()).isEmpty();
    }

    @Test
    void checkPassesResultsOnAndThrowsForErrors() {
        Supplier<String> call = () -> "call()";

        assertThat(PosixException.check(7, "call()")).isEqualTo(7);
        assertThat(PosixException.check(7L << 40, "call()")).isEqualTo(7L << 40);
        assertThat(PosixException.check(0, call)).isZero();
        assertThatThrownBy(() -> PosixException.check(-Errno.EPERM, call))
                .isInstanceOf(PosixException.class)
                .hasMessage("call(): Operation not permitted");
        assertThatThrownBy(() -> PosixException.check((long) -Errno.EPERM, "call()"))
                .isInstanceOf(PosixException.class)
                .hasMessage("call(): Operation not permitted");
    }
}
