package org.jsocat.plugin.filter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import org.jsocat.spi.AddressException;
import org.jsocat.spi.BlockingView;
import org.jsocat.spi.DescriptorEndpoint;
import org.jsocat.spi.Direction;
import org.jsocat.spi.OptionGroup;
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

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;

@Timeout(300)
class CodecStagesTest {
    private static final List<OptionGroup> GROUPS = List.of(new GzipOptions(), new RecodeOptions());

    private Fd far;
    private BlockingView view;

    private void open(Opening opening) {
        int[] pair = new int[2];
        PosixException.check(
                Libc.socketpair(Linux.AF_UNIX, Linux.SOCK_STREAM, 0, pair), "socketpair()");
        far = new Fd(pair[0]);
        Fd near = new Fd(pair[1]);
        near.setNonBlocking(true);
        view =
                new BlockingView(
                        opening.stage(
                                DescriptorEndpoint.over(near, Direction.BOTH).socket().build()),
                        opening.wakeups());
        view.within(Duration.ofSeconds(20));
    }

    private static Opening stage(String keyword, String... parameters) {
        return Opening.of(new FilterStages(), keyword, GROUPS, parameters);
    }

    @AfterEach
    void close() {
        if (view != null) {
            view.close();
            far.close();
        }
    }

    private void send(byte... bytes) {
        assertThat(Libc.write(far.number(), bytes, 0, bytes.length)).isEqualTo(bytes.length);
    }

    private void sendEnd() {
        Libc.shutdown(far.number(), Linux.SHUT_WR);
    }

    private byte[] received() {
        byte[] bytes = new byte[4096];
        int count = (int) Libc.read(far.number(), bytes, 0, bytes.length);
        return Arrays.copyOf(bytes, count);
    }

    private byte[] readAll() throws IOException {
        return view.inputStream().readAllBytes();
    }

    private static byte[] octets(int... values) {
        byte[] bytes = new byte[values.length];
        for (int i = 0; i < values.length; i++) {
            bytes[i] = (byte) values[i];
        }
        return bytes;
    }

    @Test
    void aPeerCanReadEachCompressedBlockAtOnce() throws IOException {
        open(stage("GZIP"));
        view.write(ByteBuffer.wrap("request".getBytes(UTF_8)));
        byte[] wire = received();
        ByteBuffer plain = ByteBuffer.allocate(100);
        try (Codec decoder = new GzipDecoder()) {
            decoder.convert(ByteBuffer.wrap(wire), plain);
        }
        assertThat(new String(plain.array(), 0, plain.position(), UTF_8)).isEqualTo("request");
    }

    @Test
    void membersFollowEachOtherAndZerosMayPad() throws IOException {
        open(stage("GZIP"));
        send(GzipStageContractTest.compressed("one ".getBytes(UTF_8)));
        send(GzipStageContractTest.compressed("two".getBytes(UTF_8)));
        send(new byte[512]);
        sendEnd();
        assertThat(readAll()).asString().isEqualTo("one two");
    }

    @Test
    void compressedDataThatEndTooEarlyAreAnError() {
        open(stage("GZIP"));
        byte[] whole = GzipStageContractTest.compressed("text".getBytes(UTF_8));
        send(Arrays.copyOf(whole, whole.length - 1));
        sendEnd();
        assertThatThrownBy(this::readAll)
                .isInstanceOf(IOException.class)
                .hasMessage("the compressed data end too early");
    }

    @Test
    void dataThatAreNotCompressedAreAnError() {
        open(stage("GZIP"));
        send("HTTP/1.1 200 OK\r\n".getBytes(UTF_8));
        assertThatThrownBy(this::readAll)
                .isInstanceOf(IOException.class)
                .hasMessage("the data are not in the format of gzip");
    }

    @ParameterizedTest
    @CsvSource({"1, 9", "9, 1"})
    void theLevelIsThatOfTheOption(String level, String other) throws IOException {
        byte[] text = "some words, and some more words, and words\n".repeat(60).getBytes(UTF_8);
        assertThat(compressed(text, level)).isNotEqualTo(compressed(text, other));
    }

    private int compressed(byte[] text, String level) throws IOException {
        open(stage("GZIP").with("level", level));
        view.write(ByteBuffer.wrap(text));
        int length = received().length;
        close();
        return length;
    }

    @Test
    void charactersOfSeveralBytesMayComeInPieces() throws IOException {
        open(stage("RECODE", "ISO-8859-15", "UTF-8"));
        for (byte octet : "10 € für ë".getBytes(UTF_8)) {
            send(octet);
        }
        sendEnd();
        assertThat(readAll()).isEqualTo("10 \u00a4 für ë".getBytes(ISO_8859_1));
    }

    @ParameterizedTest
    @CsvSource({"skip, a b", "replace, a ?b"})
    void whatDoesNotConvertIsTreatedAsTold(String action, String expected) throws IOException {
        open(stage("RECODE", "US-ASCII", "UTF-8").with("unconvertible", action));
        send("a €b".getBytes(UTF_8));
        sendEnd();
        assertThat(readAll()).asString().isEqualTo(expected);
    }

    @Test
    void whatDoesNotConvertIsAnErrorOtherwise() {
        open(stage("RECODE", "US-ASCII", "UTF-8"));
        send("a €b".getBytes(UTF_8));
        assertThatThrownBy(this::readAll)
                .isInstanceOf(IOException.class)
                .hasMessageContaining("US-ASCII");
    }

    @Test
    void halfACharacterAtTheEndIsAnError() {
        open(stage("RECODE", "US-ASCII", "UTF-8"));
        send((byte) 0xc3);
        sendEnd();
        assertThatThrownBy(this::readAll)
                .isInstanceOf(IOException.class)
                .hasMessageContaining("UTF-8");
    }

    @Test
    void aCharacterSetThatIsNotThereIsRefused() {
        Opening opening = stage("RECODE", "utf-8", "klingon");
        assertThatThrownBy(() -> open(opening))
                .isInstanceOf(AddressException.class)
                .hasMessage("RECODE: unknown character set \"klingon\"");
    }

    @Test
    void telnetAgreesToAFewOptionsAndDeclinesTheRest() throws IOException {
        open(stage("TELNET"));
        send(octets(255, 251, 1, 255, 253, 24, 255, 251, 3, 255, 251, 31, 'o', 'k'));
        assertThat(read(2)).asString().isEqualTo("ok");
        assertThat(received())
                .isEqualTo(octets(255, 253, 1, 255, 252, 24, 255, 253, 3, 255, 254, 31));
    }

    @Test
    void whatIsAgreedOnIsNotAnsweredAgain() throws IOException {
        open(stage("TELNET"));
        send(octets(255, 251, 1, 255, 251, 1, 255, 252, 1, 255, 252, 1, 'x'));
        assertThat(read(1)).asString().isEqualTo("x");
        assertThat(received()).isEqualTo(octets(255, 253, 1, 255, 254, 1));
    }

    @Test
    void subnegotiationsAndOtherCommandsAreNoData() throws IOException {
        open(stage("TELNET"));
        send(octets('a', 255, 250, 24, 1, 255, 255, 240, 255, 240, 'b', 255, 249, 'c', 255, 255));
        assertThat(read(4)).isEqualTo(octets('a', 'b', 'c', 255));
    }

    @Test
    void carriageReturnsAreFilledUntilBinaryIsAgreedOn() throws IOException {
        open(stage("TELNET"));
        view.write(ByteBuffer.wrap(octets('\r', 'x', '\r', '\n')));
        assertThat(received()).isEqualTo(octets('\r', 0, 'x', '\r', '\n'));
        send(octets('\r', 0, 255, 251, 0, '\r', 0));
        assertThat(read(3)).isEqualTo(octets('\r', '\r', 0));
    }

    private byte[] read(int count) throws IOException {
        return view.inputStream().readNBytes(count);
    }
}
