package org.jsocat.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.regex.Pattern;

/** Services that talk in datagrams, by their own clients. */
@Timeout(300)
@ExtendWith(ShowsPrograms.class)
final class DatagramServicesIT {
    private static final Pattern LISTENING = Pattern.compile("listening on UDP AF=2 ");
    private static final Pattern TRANSFERRING = Pattern.compile("starting data transfer loop");

    @TempDir private Path folder;

    /** Queries go by UDP to a relay, by TCP to another one, and by UDP to the resolver. */
    @Test
    void namesAreResolvedThroughTwoRelays() throws Exception {
        assumeTrue(RunningSocat.isThere("dnsmasq"), "dnsmasq is missing");
        assumeTrue(RunningSocat.isThere("dig"), "dig is missing");
        String own = Integer.toString(Ports.free());
        String relayed = Integer.toString(Ports.free());
        Process resolver =
                new ProcessBuilder(
                                "dnsmasq",
                                "--keep-in-foreground",
                                "--conf-file=/dev/null",
                                "--pid-file=" + folder.resolve("pid"),
                                "--user=root",
                                "--port=" + own,
                                "--listen-address=127.0.0.1",
                                "--bind-interfaces",
                                "--no-resolv",
                                "--no-hosts",
                                "--address=/relay.test/192.0.2.7")
                        .redirectErrorStream(true)
                        .redirectOutput(folder.resolve("log").toFile())
                        .start();
        try (RunningSocat inner =
                        RunningSocat.start(
                                "TCP4-LISTEN:0,bind=127.0.0.1,fork", "UDP4:127.0.0.1:" + own);
                RunningSocat outer =
                        RunningSocat.start(
                                "UDP4-LISTEN:" + relayed + ",bind=127.0.0.1,fork",
                                "TCP4:127.0.0.1:" + inner.port());
                RunningSocat streams =
                        RunningSocat.start(
                                "TCP4-LISTEN:0,bind=127.0.0.1,fork", "TCP4:127.0.0.1:" + own)) {
            outer.await(LISTENING);
            for (int i = 0; i < 5; i++) {
                assertThat(ask(relayed, "host" + i + ".relay.test")).isEqualTo("192.0.2.7\n");
            }
            assertThat(ask(Integer.toString(streams.port()), "relay.test", "+tcp"))
                    .isEqualTo("192.0.2.7\n");
        } finally {
            resolver.destroy();
            resolver.waitFor();
        }
    }

    /** The resolver may not be there at first: the client asks again. */
    private static String ask(String port, String name, String... options) throws Exception {
        String[] command = {
            "dig", "@127.0.0.1", "-p", port, name, "+short", "+tries=4", "+timeout=10"
        };
        String[] all = Arrays.copyOf(command, command.length + options.length);
        System.arraycopy(options, 0, all, command.length, options.length);
        return RunningSocat.run(all);
    }

    @Test
    void messagesOfTheSystemAreCollected() throws Exception {
        assumeTrue(RunningSocat.isThere("logger"), "logger is missing");
        Path device = folder.resolve("log");
        Path collected = folder.resolve("messages");
        String port = Integer.toString(Ports.free());
        String file = "OPEN:" + collected + ",creat,append";
        try (RunningSocat local = RunningSocat.start("-u", "UNIX-RECV:" + device, file);
                RunningSocat remote =
                        RunningSocat.start("-u", "UDP4-RECV:" + port + ",bind=127.0.0.1", file)) {
            local.await(TRANSFERRING);
            remote.await(TRANSFERRING);
            RunningSocat.run("logger", "-u", device.toString(), "-t", "near", "from here");
            RunningSocat.run(
                    "logger", "-n", "127.0.0.1", "-P", port, "-d", "-t", "far", "from elsewhere");
            RunningSocat.await(
                    "both messages are there",
                    () -> {
                        String text = Files.readString(collected);
                        return text.contains("from here") && text.contains("from elsewhere");
                    });
            assertThat(Files.readString(collected)).contains("near: from here", "far");
        }
    }
}
