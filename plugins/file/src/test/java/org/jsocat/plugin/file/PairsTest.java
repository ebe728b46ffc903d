package org.jsocat.plugin.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.jsocat.plugin.file.FileFixture.opening;
import static org.jsocat.plugin.file.FileFixture.read;
import static org.jsocat.plugin.file.FileFixture.write;

import org.jsocat.spi.Direction;
import org.jsocat.spi.Endpoint;
import org.jsocat.spi.Option;
import org.jsocat.spi.posix.Errno;
import org.jsocat.spi.posix.Fd;
import org.jsocat.spi.posix.Libc;
import org.jsocat.spi.posix.Linux;
import org.jsocat.spi.posix.Pipe;
import org.jsocat.spi.posix.PosixException;
import org.jsocat.testkit.Opening;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.ByteBuffer;
import java.util.List;

@Timeout(300)
class PairsTest {
    @Test
    void anUnnamedPipeGivesBackWhatIsWritten() {
        try (Endpoint pipe = opening("ECHO").open()) {
            assertThat(pipe.read(ByteBuffer.allocateDirect(1))).isZero();
            write(pipe, "echo");
            pipe.shutdownOutput();
            assertThat(read(pipe)).isEqualTo("echo");
            assertThat(pipe.read(ByteBuffer.allocateDirect(1))).isEqualTo(Endpoint.END);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {Linux.SOCK_STREAM, Linux.SOCK_DGRAM, Linux.SOCK_SEQPACKET})
    void aSocketPairGivesBackWhatIsWritten(int type) {
        Opening opening = opening("SOCKETPAIR").with("socktype", Integer.toString(type));
        try (Endpoint pair = opening.open()) {
            write(pair, "one");
            write(pair, "two");
            boolean packets = type != Linux.SOCK_STREAM;
            assertThat(pair.keepsPackets()).isEqualTo(packets);
            assertThat(read(pair)).isEqualTo(packets ? "one" : "onetwo");
        }
        assertThat(opening.unused()).isEmpty();
    }

    @Test
    void aStallNeitherGivesNorTakes() {
        try (Endpoint stall = opening("STALL").open()) {
            assertThat(stall.read(ByteBuffer.allocateDirect(1))).isZero();
            assertThat(stall.write(ByteBuffer.allocateDirect(1))).isZero();
            assertThat(Libc.poll(stall.writeDescriptor(), Linux.POLLOUT, 0)).isZero();
        }
    }

    @Test
    void aTextEnds() {
        String text = "x".repeat(100_000);
        try (Endpoint endpoint = opening("TEXT", text).toward(Direction.READ).open()) {
            StringBuilder all = new StringBuilder();
            for (String part = read(endpoint); !part.isEmpty(); part = read(endpoint)) {
                all.append(part);
            }
            assertThat(all).hasToString(text);
        }
    }

    @Test
    void thePipesSizeIsSetOnOpening() {
        try (Endpoint pipe = opening("PIPE").with("pipesz", "4096").open()) {
            assertThat(Libc.fcntl(pipe.writeDescriptor(), Linux.F_GETPIPE_SZ, 0)).isEqualTo(4096);
        }
    }

    @Test
    void bothEndsOfAPairGetAnOption() {
        Opening opening = opening("PIPE").with("async");
        try (Endpoint pipe = opening.open()) {
            for (int end : List.of(pipe.readDescriptor(), pipe.writeDescriptor())) {
                assertThat(Libc.fcntl(end, Linux.F_GETFL, 0) & Linux.O_ASYNC)
                        .isEqualTo(Linux.O_ASYNC);
            }
        }
    }

    @Test
    void anInheritedDescriptorStaysOpenAndBlocking() {
        try (Pipe pipe = Pipe.open(0)) {
            Fd reader = pipe.reader();
            reader.setCloseOnExec(false);
            Libc.write(pipe.writer().number(), new byte[] {'a'}, 0, 1);
            Opening opening = opening("FD", reader.toString()).toward(Direction.READ);
            try (Endpoint endpoint = opening.open()) {
                assertThat(read(endpoint)).isEqualTo("a");
                assertThat(read(endpoint)).as("would have to wait").isEmpty();
                endpoint.shutdownOutput();
            }
            assertThat(reader.isNonBlocking()).isFalse();
            assertThat(Libc.fcntl(reader.number(), Linux.F_GETFD, 0)).isEqualTo(Linux.FD_CLOEXEC);
        }
    }

    @Test
    void aDescriptorOfTheProgramsOwnIsNone() {
        try (Pipe pipe = Pipe.open(0)) {
            String number = pipe.reader().toString();
            Opening opening = opening("FD", number);
            assertThatThrownBy(opening::open)
                    .isInstanceOfSatisfying(
                            PosixException.class,
                            refused -> assertThat(refused.errno()).isEqualTo(Errno.EBADF));
            assertThat(opening.lines())
                    .contains("W fcntl(" + number + ", F_SETFD, FD_CLOEXEC): Bad file descriptor");
        }
    }

    @Test
    void aWordIsNoDescriptor() {
        assertThatThrownBy(() -> opening("FD", "7x").open())
                .hasMessage("error in FD number \"7x\"");
    }

    /** No option that help lists for an address without a name is ignored. */
    @ParameterizedTest
    @ValueSource(strings = {"STALL", "SOCKETPAIR"})
    void everyOptionListedIsUsed(String keyword) {
        for (Option<?> option : FilesTest.listed(keyword).toList()) {
            org.jsocat.testkit.OptionUse.require(opening(keyword), option);
        }
    }
}
