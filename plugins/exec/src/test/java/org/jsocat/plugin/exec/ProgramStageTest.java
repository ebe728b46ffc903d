package org.jsocat.plugin.exec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.jsocat.core.relay.Pump;
import org.jsocat.spi.AddressException;
import org.jsocat.spi.BlockingView;
import org.jsocat.spi.DescriptorEndpoint;
import org.jsocat.spi.Direction;
import org.jsocat.spi.Endpoint;
import org.jsocat.spi.posix.Fd;
import org.jsocat.spi.posix.Libc;
import org.jsocat.spi.posix.Linux;
import org.jsocat.spi.posix.PosixException;
import org.jsocat.testkit.Opening;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;

@Timeout(300)
class ProgramStageTest {
    private Fd far;
    private Endpoint stage;
    private BlockingView view;

    @AfterEach
    void close() {
        if (view != null) {
            view.close();
        }
        if (far != null) {
            far.close();
        }
    }

    private void open(Opening opening) {
        int[] pair = new int[2];
        PosixException.check(
                Libc.socketpair(Linux.AF_UNIX, Linux.SOCK_STREAM, 0, pair), "socketpair()");
        far = new Fd(pair[0]);
        Fd near = new Fd(pair[1]);
        near.setNonBlocking(true);
        opening.viewing(Pump::descriptors);
        stage = opening.stage(DescriptorEndpoint.over(near, opening.direction()).socket().build());
        view = new BlockingView(stage, opening.wakeups());
        view.within(Duration.ofSeconds(30));
    }

    private void write(String text) throws IOException {
        view.write(ByteBuffer.wrap(text.getBytes(UTF_8)));
    }

    private String sent() {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        byte[] bytes = new byte[1000];
        long count;
        while ((count = Libc.read(far.number(), bytes, 0, bytes.length)) > 0) {
            all.write(bytes, 0, (int) count);
        }
        return all.toString(UTF_8);
    }

    private void send(String text) {
        Libc.write(far.number(), text.getBytes(UTF_8), 0, text.length());
        Libc.shutdown(far.number(), Linux.SHUT_WR);
    }

    private String received() throws IOException {
        return new String(view.inputStream().readAllBytes(), UTF_8);
    }

    @Test
    void aProgramHasTwoDescriptorsForEachSide() throws IOException {
        open(ProgramFixture.system("read a; echo \"to the right: $a\" >&4; cat <&3"));
        write("left\n");
        send("from the right\n");
        assertThat(received()).isEqualTo("from the right\n");
        view.shutdownOutput();
        assertThat(sent()).isEqualTo("to the right: left\n");
    }

    @ParameterizedTest
    @CsvSource({
        "leftfdin, 7, cat <&7 >&4",
        "leftfd, 8, cat <&8 >&4",
        "rightfdout, 9, cat >&9",
        "rightfd, 5, cat >&5"
    })
    void optionsChangeTheNumbers(String option, String number, String command) throws IOException {
        open(ProgramFixture.system(command).with(option, number).toward(Direction.WRITE));
        write("text");
        view.shutdownOutput();
        assertThat(sent()).isEqualTo("text");
    }

    @Test
    void descriptorsOfOneNumberAreRefused() {
        Opening opening = ProgramFixture.exec("cat").with("leftfdout", "3");
        assertThatThrownBy(() -> open(opening))
                .isInstanceOf(AddressException.class)
                .hasMessage("the left and the right side need descriptors of different numbers");
    }

    @Test
    void aOneWayProgramReadsOnTheLeftAndWritesOnTheRight() throws IOException {
        open(ProgramFixture.one("EXEC1", "tr a-z A-Z").toward(Direction.WRITE));
        write("text");
        view.shutdownOutput();
        assertThat(sent()).isEqualTo("TEXT");
    }

    @Test
    void whatAProgramPutsOutAfterItsInputHasEndedIsWaitedFor() throws IOException {
        open(ProgramFixture.one("SYSTEM1", "cat; sleep 0.3; echo end").toward(Direction.WRITE));
        write("text ");
        view.finish(Duration.ofSeconds(20));
        assertThat(stage.hasUnflushed()).isFalse();
        view.close();
        assertThat(sent()).isEqualTo("text end\n");
    }

    @Test
    void aProgramThatIsNotThereIsAnError() {
        Opening opening = ProgramFixture.exec("/nonexistent/program");
        assertThatThrownBy(() -> open(opening))
                .isInstanceOf(PosixException.class)
                .hasMessageContaining("/nonexistent/program");
        assertThat(sent()).isEmpty();
    }
}
