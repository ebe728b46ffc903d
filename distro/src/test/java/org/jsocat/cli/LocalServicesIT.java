package org.jsocat.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/** Services that are reached through sockets of the UNIX domain, by their own clients. */
@Timeout(300)
@ExtendWith(ShowsPrograms.class)
final class LocalServicesIT {
    private static final Pattern LISTENING = Pattern.compile("listening on AF=1 ");

    @TempDir private Path folder;

    private String socket(String name) {
        return folder.resolve(name).toString();
    }

    @Test
    void redisIsReachedBothWays() throws Exception {
        assumeTrue(RunningSocat.isThere("redis-server"), "redis-server is missing");
        assumeTrue(RunningSocat.isThere("redis-cli"), "redis-cli is missing");
        int port = Ports.free();
        Process redis =
                new ProcessBuilder(
                                "redis-server",
                                "--port",
                                Integer.toString(port),
                                "--bind",
                                "127.0.0.1",
                                "--unixsocket",
                                socket("own"),
                                "--save",
                                "",
                                "--dir",
                                folder.toString())
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start();
        try (RunningSocat toTcp =
                        RunningSocat.start(
                                "UNIX-LISTEN:" + socket("relayed") + ",fork,backlog=64",
                                "TCP4:127.0.0.1:" + port);
                RunningSocat toUnix =
                        RunningSocat.start(
                                "TCP4-LISTEN:0,bind=127.0.0.1,fork",
                                "UNIX-CONNECT:" + socket("own") + ",retry=600,interval=0.1")) {
            RunningSocat.await("redis is there", () -> Files.exists(folder.resolve("own")));
            toTcp.await(LISTENING);
            String relayed = Integer.toString(toUnix.port());
            assertThat(RunningSocat.run("redis-cli", "-s", socket("relayed"), "set", "a", "b"))
                    .isEqualTo("OK\n");
            assertThat(RunningSocat.run("redis-cli", "-p", relayed, "get", "a")).isEqualTo("b\n");
            String benchmark =
                    RunningSocat.run(
                            "redis-benchmark",
                            "-s",
                            socket("relayed"),
                            "-n",
                            "2000",
                            "-c",
                            "20",
                            "-t",
                            "set,get",
                            "-q");
            assertThat(benchmark).contains("SET: ", "GET: ").doesNotContain("rror");
        } finally {
            redis.destroy();
            redis.waitFor();
        }
    }

    /** The program is started when the first peer comes, and finds the socket as descriptor 3. */
    @Test
    void systemdPassesItsSocket() throws Exception {
        assumeTrue(
                RunningSocat.isThere("systemd-socket-activate"),
                "systemd-socket-activate is missing");
        Path log = folder.resolve("log");
        Process activation =
                new ProcessBuilder(
                                "systemd-socket-activate",
                                "-l",
                                socket("activated"),
                                "--setenv=PATH",
                                RunningSocat.PROGRAM.toString(),
                                "-t20",
                                "ACCEPT-FD:3,fork",
                                "PIPE")
                        .redirectError(log.toFile())
                        .start();
        try {
            RunningSocat.await(
                    "systemd listens", () -> Files.readString(log).contains("Listening on "));
            for (int i = 0; i < 3; i++) {
                assertThat(RunningSocat.echo(folder.resolve("activated"), "hello " + i))
                        .isEqualTo("hello " + i);
            }
        } finally {
            activation.toHandle().destroy();
            activation.waitFor(60, TimeUnit.SECONDS);
        }
    }

    /** A listener whose name was taken away still serves who is connected, and ends in peace. */
    @Test
    void theNameOfAListenerMayGo() throws Exception {
        try (RunningSocat socat =
                RunningSocat.start("UNIX-LISTEN:" + socket("gone") + ",fork", "PIPE")) {
            socat.await(LISTENING);
            List<SocketChannel> connected = new ArrayList<>();
            try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
                channel.connect(UnixDomainSocketAddress.of(folder.resolve("gone")));
                connected.add(channel);
                Files.delete(folder.resolve("gone"));
                channel.write(ByteBuffer.wrap(new byte[] {'x'}));
                ByteBuffer answer = ByteBuffer.allocate(1);
                assertThat(channel.read(answer)).isOne();
            }
            assertThat(connected).hasSize(1);
            RunningSocat.signal(socat.pid(), "TERM");
            assertThat(socat.log())
                    .anyMatch(
                            line -> line.contains("W unlink(\"" + socket("gone") + "\"): No such"));
        }
    }
}
