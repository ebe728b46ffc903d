package org.jsocat.core.run;

import static org.assertj.core.api.Assertions.assertThat;

import org.jsocat.core.relay.Peer;
import org.jsocat.core.relay.RecordingLog;
import org.jsocat.core.relay.RelaySettings;
import org.jsocat.core.relay.Tap;
import org.jsocat.spi.Direction;
import org.jsocat.spi.Settings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.event.Level;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Whole command lines, with addresses of the test. */
@Timeout(300)
class SessionTest {
    private static final Duration LONG = Duration.ofHours(1);

    private final TestAddresses addresses = new TestAddresses();
    private final RecordingLog log = new RecordingLog(Level.TRACE);
    private Session session;
    private RelaySettings settings = settings(Direction.BOTH, LONG, null);

    private static RelaySettings settings(
            Direction direction, Duration close, Duration inactivity) {
        return new RelaySettings(
                direction, 0, close, Optional.ofNullable(inactivity), Optional.empty(), false);
    }

    private CompletableFuture<Integer> run(String first, String second) {
        session = new Session(addresses.catalog(), Settings.DEFAULT, settings, false, log);
        CompletableFuture<Integer> end = new CompletableFuture<>();
        Thread.ofPlatform()
                .daemon()
                .start(
                        () -> {
                            try {
                                end.complete(session.run(first, second));
                            } catch (Throwable failure) {
                                end.completeExceptionally(failure);
                            }
                        });
        return end;
    }

    @Test
    void allMistakesOfBothAddressesAreToldWithTheirPlaces() throws Exception {
        assertThat(run("LEFT,crlff,readbytes=x", "rihgt,ignoreeof").get()).isOne();
        assertThat(log.lines().stream().filter(line -> line.startsWith("E")))
                .satisfiesExactly(
                        line ->
                                assertThat(line)
                                        .isEqualTo(
                                                "E unknown option \"crlff\" (address 1, column 6);"
                                                        + " did you mean \"crlf\"?"),
                        line ->
                                assertThat(line)
                                        .startsWith("E option \"readbytes\"")
                                        .contains("(address 1, column 12)"),
                        line ->
                                assertThat(line)
                                        .isEqualTo(
                                                "E unknown device/address \"rihgt\" (address 2,"
                                                        + " column 1); did you mean \"RIGHT\"?"));
    }

    @Test
    void nothingOpensWhereTheSecondAddressIsWrong() throws Exception {
        assertThat(run("FAILS", "RIGHT:1").get()).isOne();
        assertThat(addresses.attempts).isZero();
        assertThat(log.lines())
                .anyMatch(line -> line.contains("wrong number of parameters (1 instead of 0)"));
    }

    @Test
    void optionsOfOtherGroupsAreRefused() throws Exception {
        assertThat(run("LEFT,retry=3", "RIGHT").get()).isOne();
        assertThat(log.lines())
                .anyMatch(
                        line ->
                                line.startsWith(
                                        "E option \"retry\" not supported with this address type"));
    }

    @Test
    void forkInHalfOfADualAddressIsRefused() throws Exception {
        assertThat(run("RIGHT,fork!!LEFT", "ECHO").get()).isOne();
    }

    @Test
    void readBytesEndTheInputAtOnce() throws Exception {
        CompletableFuture<Integer> end = run("LEFT,readbytes=5", "RIGHT");
        addresses.left.send("12345678");
        assertThat(addresses.right.receiveAll()).isEqualTo("12345");
        addresses.right.shutdown();
        assertThat(end.get()).isZero();
    }

    @Test
    void escapeEndsTheInputEvenWhereItsEndIsIgnored() throws Exception {
        CompletableFuture<Integer> end = run("LEFT,escape=27,ignoreeof", "RIGHT");
        addresses.left.send("before\u001bbehind");
        assertThat(addresses.right.receiveAll()).isEqualTo("before");
        addresses.right.shutdown();
        assertThat(end.get()).isZero();
        assertThat(log.lines()).contains("I escape char found in input");
    }

    @Test
    void ignoredEndsAreLookedAtAgainEverySecond(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("growing");
        Files.writeString(file, "one");
        settings = settings(Direction.READ, LONG, Duration.ofSeconds(3));
        final long start = System.nanoTime();
        CompletableFuture<Integer> end = run("FILE:" + file + ",ignoreeof", "RIGHT");
        assertThat(addresses.right.receive(3)).isEqualTo("one");
        append(file, "two");
        assertThat(addresses.right.receive(3)).isEqualTo("two");
        assertThat(end.get()).isZero();
        assertThat(System.nanoTime() - start).isGreaterThan(3_000_000_000L);
        assertThat(log.lines())
                .contains("N inactivity timeout triggered")
                .anyMatch(line -> line.matches("D socket 1 \\(fd \\d+\\) is at EOF, ignoring"));
        assertThat(log.lines().stream().filter(line -> line.endsWith("ignoring")).count())
                .isBetween(3L, 6L);
    }

    private static void append(Path file, String text) throws IOException {
        Files.writeString(file, text, StandardOpenOption.APPEND);
    }

    @Test
    void lineEndsAreConvertedAcrossBlocks() throws Exception {
        CompletableFuture<Integer> end = run("LEFT,crnl", "RIGHT,cr");
        addresses.left.send("one\r");
        addresses.left.send("\ntwo\r\n").shutdown();
        assertThat(addresses.right.receiveAll()).isEqualTo("one\rtwo\r");
        addresses.right.send("three\rfour").shutdown();
        assertThat(addresses.left.receiveAll()).isEqualTo("three\r\nfour");
        assertThat(end.get()).isZero();
    }

    @Test
    void tapsSeeBlocksAfterConversionInTheSizeOfTheReference() throws Exception {
        List<Integer> sizes = new ArrayList<>();
        StringBuilder seen = new StringBuilder();
        settings =
                new RelaySettings(
                        Direction.READ,
                        0,
                        LONG,
                        Optional.empty(),
                        Optional.of(() -> tap(sizes, seen)),
                        false);
        String text = "x".repeat(20_000) + "\n";
        addresses.left.send(text).shutdown();
        CompletableFuture<Integer> end = run("LEFT", "RIGHT,crnl");
        assertThat(addresses.right.receiveAll()).isEqualTo("x".repeat(20_000) + "\r\n");
        assertThat(end.get()).isZero();
        assertThat(sizes).containsExactly(8192, 8192, 20_002 - 2 * 8192);
        assertThat(seen.toString()).isEqualTo("x".repeat(20_000) + "\r\n");
    }

    private static Tap tap(List<Integer> sizes, StringBuilder seen) {
        return new Tap() {
            @Override
            public void block(boolean leftToRight, ByteBuffer block) {
                sizes.add(block.remaining());
                for (int i = block.position(); i < block.limit(); i++) {
                    seen.append((char) block.get(i));
                }
            }

            @Override
            public void close() {}
        };
    }

    @Test
    void anAddressThatOnlyWritesGetsAReadingPartner() throws Exception {
        addresses.leftDirection = Direction.WRITE;
        CompletableFuture<Integer> end = run("LEFT", "RIGHT");
        addresses.right.send("x").shutdown();
        assertThat(addresses.left.receive(1)).isEqualTo("x");
        addresses.left.shutdown();
        assertThat(end.get()).isZero();
        assertThat(log.lines())
                .contains("W address is opened in read-write mode but only supports write-only");
    }

    @Test
    void dualAddressesReadTheFirstAndWriteTheSecond() throws Exception {
        CompletableFuture<Integer> end = run("LEFT!!RIGHT", "ECHO");
        addresses.left.send("round").shutdown();
        assertThat(addresses.right.receiveAll()).isEqualTo("round");
        assertThat(end.get()).isZero();
    }

    @Test
    void retriesAsOftenAsAsked() throws Exception {
        assertThat(run("FAILS,retry=3,interval=0.01", "RIGHT").get()).isOne();
        assertThat(addresses.attempts).isEqualTo(4);
        assertThat(log.lines()).contains("E attempt 4 failed").doesNotContain("E attempt 3 failed");
    }

    @Test
    void forkedRelaysRunSideBySide() throws Exception {
        CompletableFuture<Integer> end = run("PEERS,fork", "ECHO");
        List<Peer> peers = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            peers.add(addresses.connect());
        }
        addresses.noMore();
        for (Peer peer : peers.reversed()) {
            peer.send("echo").shutdown();
            assertThat(peer.receiveAll()).isEqualTo("echo");
        }
        assertThat(end.get()).isZero();
    }

    @Test
    void aDualAddressIsSharedByForkedRelays(@TempDir Path folder) throws Exception {
        Path file = Files.writeString(folder.resolve("file"), "hello");
        CompletableFuture<Integer> end = run("FILE:" + file + "!!LEFT", "PEERS,fork");
        Peer first = addresses.connect();
        assertThat(first.receive()).isEqualTo("hello");
        first.send("answer").shutdown();
        assertThat(addresses.left.receive(6)).isEqualTo("answer");
        assertThat(first.receiveAll()).isEmpty();
        addresses.noMore();
        assertThat(end.get()).isZero();
    }

    @Test
    void whatDoesNotBlockIsOpenedOnTheLoops() throws Exception {
        CompletableFuture<Integer> end = run("QUICK,fork", "ECHOED");
        List<Peer> peers = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            peers.add(addresses.connect());
        }
        for (Peer peer : peers.reversed()) {
            peer.send("echo").shutdown();
            assertThat(peer.receiveAll()).isEqualTo("echo");
        }
        assertThat(session.drain()).isTrue();
        assertThat(end.get()).isZero();
        assertThat(addresses.threads).isNotEmpty().allMatch(name -> name.startsWith("loop-"));
        assertThat(log.lines()).noneMatch(line -> line.startsWith("E"));
    }

    @Test
    void drainingTakesNoMorePeersAndLetsRelaysEnd() throws Exception {
        CompletableFuture<Integer> end = run("PEERS,fork", "ECHO");
        Peer peer = addresses.connect();
        peer.send("one");
        while (addresses.more.isEmpty()) {
            Thread.onSpinWait();
        }
        assertThat(session.drain()).isTrue();
        while (log.lines().stream().noneMatch(line -> line.contains("Waiting for child"))) {
            Thread.onSpinWait();
        }
        assertThat(end).isNotDone();
        peer.send("two").shutdown();
        assertThat(peer.receiveAll()).isEqualTo("onetwo");
        assertThat(end.get()).isZero();
    }

    @Test
    void oneChildThatCannotOpenHarmsNoOther() throws Exception {
        CompletableFuture<Integer> end = run("PEERS,fork", "FAILS");
        Peer first = addresses.connect();
        assertThat(first.receive()).isEmpty();
        Peer second = addresses.connect();
        assertThat(second.receive()).isEmpty();
        addresses.noMore();
        assertThat(end.get()).isZero();
        assertThat(addresses.attempts).isEqualTo(2);
        assertThat(log.lines()).contains("E attempt 1 failed", "E attempt 2 failed");
    }

    @Test
    void noMoreChildrenThanAllowed() throws Exception {
        CompletableFuture<Integer> end = run("PEERS,fork,max-children=1", "ECHO");
        Peer first = addresses.connect();
        Peer second = addresses.connect();
        addresses.noMore();
        second.send("two").shutdown();
        first.send("one");
        assertThat(second.here().isOpen()).isTrue();
        while (log.lines().stream().noneMatch(line -> line.contains("maxchildren are active"))) {
            Thread.onSpinWait();
        }
        assertThat(addresses.more).hasSizeLessThan(2);
        first.shutdown();
        assertThat(first.receiveAll()).isEqualTo("one");
        assertThat(second.receiveAll()).isEqualTo("two");
        assertThat(end.get()).isZero();
    }

    @Test
    void lockFilesLastAsLongAsTheAddress(@TempDir Path folder) throws Exception {
        Path lock = folder.resolve("lock");
        CompletableFuture<Integer> end = run("LEFT,lockfile=" + lock, "RIGHT");
        addresses.left.send("x");
        addresses.right.receive(1);
        assertThat(lock).exists();
        addresses.left.close();
        addresses.right.close();
        end.get();
        assertThat(lock).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "lockfile=@,lockfile=@",
                "waitlock=@,waitlock=@",
                "lockfile=@,waitlock=@2",
            })
    void onlyOneLockIsTaken(String options, @TempDir Path folder) throws Exception {
        String lock = folder.resolve("lock").toString();
        assertThat(run("LEFT," + options.replace("@", lock), "RIGHT").get()).isEqualTo(1);
        assertThat(log.lines())
                .anyMatch(line -> line.contains("only one use of options lockfile and waitlock"));
        assertThat(folder).isEmptyDirectory();
    }

    @ParameterizedTest
    @CsvSource({"'crnl,cr', 'a\r'", "'cr,crnl', 'a\r\n'"})
    void theLastLineEndCounts(String options, String line) throws Exception {
        CompletableFuture<Integer> end = run("LEFT," + options, "RIGHT");
        addresses.right.send("a\n");
        assertThat(addresses.left.receive(line.length())).isEqualTo(line);
        addresses.left.close();
        addresses.right.close();
        end.get();
    }

    @Test
    void thousandsOfMistakesAreCounted() {
        int status = run("%".repeat(5000) + "LEFT", "RIGHT").join();
        assertThat(status).isEqualTo(1);
        assertThat(log.lines()).hasSizeLessThan(60);
    }

    @Test
    void aBoundOfChildrenNeedsFork() throws Exception {
        assertThat(run("PEERS,max-children=1", "ECHO").get()).isEqualTo(1);
        assertThat(log.lines()).contains("E option max-children not allowed without option fork");
    }
}
