package org.jsocat.bench;

import org.jsocat.bench.RelayProgram.Running;
import org.jsocat.spi.posix.Fd;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

import javax.net.ssl.SSLSocket;

/**
 * Runs relay programs side by side under the same load and prints medians and ratios.
 *
 * <p>The programs take turns within each round, so that what else the machine does meets all of
 * them alike.
 */
final class Compare {
    private static final int WARM_UP = 3000;
    private static final int CONNECTIONS = 8000;
    private static final int MESSAGES = 20_000;
    private static final double STREAM_SECONDS = 2;
    private static final int IDLE = 5000;
    private static final int STARTS = 10;
    private static final int HANDSHAKES_FIRST = 800;
    private static final int HANDSHAKES = 1600;
    private static final int SESSIONS = 500;

    private final int rounds;
    private final List<String> wanted;
    private final List<RelayProgram> programs;
    private final Load load = new Load();
    private final TlsLoad tls = new TlsLoad();
    private final Peer echo = Peer.echo();
    private final Peer sink = Peer.sink();
    private final Peer unixSink;

    /** For each measure, for each program, what each round gave. */
    private final Map<String, Map<String, List<Double>>> results = new LinkedHashMap<>();

    private Compare(int rounds, List<String> wanted, List<RelayProgram> programs, Path folder)
            throws IOException {
        this.rounds = rounds;
        this.wanted = wanted;
        this.programs = programs;
        unixSink = Peer.sink(Sockets.freePath(folder));
    }

    /**
     * Arguments: how many rounds, the measures (comma-separated: stream, connections, roundtrip,
     * idle, start, unix, nop, tls), the image's folder, then the names of the other programs:
     * direct, socat, haproxy.
     */
    public static void main(String[] args) throws IOException {
        Path folder = Files.createTempDirectory("jsocat-compare");
        List<RelayProgram> programs = new ArrayList<>();
        programs.add(new RelayProgram.Socat("jsocat", args[2] + "/bin/socat", folder));
        for (String name : List.of(args).subList(3, args.length)) {
            programs.add(
                    switch (name) {
                        case "direct" -> new RelayProgram.Direct();
                        case "haproxy" -> new RelayProgram.Haproxy(folder);
                        default ->
                                new RelayProgram.Socat(
                                        name.substring(0, name.indexOf('=')),
                                        name.substring(name.indexOf('=') + 1),
                                        folder);
                    });
        }
        new Compare(Integer.parseInt(args[0]), List.of(args[1].split(",")), programs, folder)
                .run(empty(folder, args[2]));
        System.exit(0);
    }

    /**
     * A copy of the launcher that has the JVM of the image do all but call the program's {@code
     * main} ({@code --dry-run}): what an empty program takes.
     */
    private static String empty(Path folder, String image) throws IOException {
        Path copy = folder.resolve("empty");
        String launcher = Files.readString(Path.of(image, "bin/socat"));
        Files.writeString(
                copy,
                launcher.replace("home=${self%/*}/..", "home=" + image)
                        .replace(" -m org", " --dry-run -m org"));
        Files.setPosixFilePermissions(copy, PosixFilePermissions.fromString("rwx------"));
        return copy.toString();
    }

    private void run(String empty) {
        // lets the compiler see the load's own code first
        load.connections(echo.address(), CONNECTIONS);
        load.roundTrip(echo.address(), MESSAGES);
        for (int round = 0; round < rounds; round++) {
            Collections.rotate(programs, 1);
            for (RelayProgram program : programs) {
                connections(program);
                streams(program);
                sessions(program);
            }
            if (wanted.contains("idle")) {
                programs.stream()
                        .filter(program -> !(program instanceof RelayProgram.Direct))
                        .forEach(this::idle);
            }
        }
        if (wanted.contains("start")) {
            starts(empty);
        }
        print();
    }

    private void connections(RelayProgram program) {
        if (!wanted.contains("connections") && !wanted.contains("roundtrip")) {
            return;
        }
        try (Running relay = program.start(Link.TCP, echo.address())) {
            load.connections(relay.address(), WARM_UP);
            if (wanted.contains("connections")) {
                double before = processorTime(relay);
                add(
                        "connections per second",
                        program.name(),
                        load.connections(relay.address(), CONNECTIONS));
                if (relay.process() != null) {
                    double spent = (processorTime(relay) - before) * 1e6 / CONNECTIONS;
                    add("processor time per connection, us", program.name(), spent);
                }
            }
            if (wanted.contains("roundtrip")) {
                load.roundTrip(relay.address(), MESSAGES);
                add("round trip, us", program.name(), load.roundTrip(relay.address(), MESSAGES));
            }
        }
    }

    private void streams(RelayProgram program) {
        if (wanted.contains("stream")) {
            stream(program, Link.TCP, "one stream", sink);
        }
        if (wanted.contains("nop")) {
            stream(program, Link.NOP, "one stream through NOP", sink);
        }
        if (wanted.contains("unix")) {
            stream(program, Link.UNIX, "one UNIX stream", unixSink);
        }
    }

    private void stream(RelayProgram program, Link link, String what, Peer sink) {
        if (!program.serves(link)) {
            return;
        }
        try (Running relay = program.start(link, sink.address())) {
            load.stream(relay.address(), sink, STREAM_SECONDS / 4);
            double before = processorTime(relay);
            long received = sink.received();
            double rate = load.stream(relay.address(), sink, STREAM_SECONDS);
            add(what + ", Gbit/s", program.name(), rate);
            addPerGibibyte(what, program, relay, before, sink.received() - received);
        }
    }

    private void addPerGibibyte(
            String what, RelayProgram program, Running relay, double before, long bytes) {
        if (relay.process() != null) {
            double spent = (processorTime(relay) - before) * 1e3 / (bytes / (double) (1 << 30));
            add(what + ", processor time per GiB, ms", program.name(), spent);
        }
    }

    /** TLS: what the relay ends. */
    private void sessions(RelayProgram program) {
        for (Link link : List.of(Link.RSA, Link.ECDSA)) {
            if (wanted.contains("tls") && program.serves(link)) {
                handshakes(program, link);
            }
        }
        if (wanted.contains("tls") && program.serves(Link.ECDSA)) {
            tlsStream(program);
            tlsIdle(program);
        }
    }

    private void handshakes(RelayProgram program, Link link) {
        String what = "handshakes with " + link;
        try (Running relay = program.start(link, echo.address())) {
            tls.handshakes(relay.address(), HANDSHAKES_FIRST);
            double before = processorTime(relay);
            add(what + " per second", program.name(), tls.handshakes(relay.address(), HANDSHAKES));
            double spent = (processorTime(relay) - before) * 1e6 / HANDSHAKES;
            add(what + ", processor time of each, us", program.name(), spent);
        }
    }

    private void tlsStream(RelayProgram program) {
        try (Running relay = program.start(Link.ECDSA, sink.address())) {
            tls.stream(relay.address(), sink, STREAM_SECONDS);
            double before = processorTime(relay);
            long received = sink.received();
            double rate = tls.stream(relay.address(), sink, STREAM_SECONDS);
            add("one TLS stream, Gbit/s", program.name(), rate);
            addPerGibibyte("one TLS stream", program, relay, before, sink.received() - received);
        }
    }

    private void tlsIdle(RelayProgram program) {
        try (Running relay = program.start(Link.ECDSA, echo.address())) {
            ProcessHandle process = relay.process().toHandle();
            tls.handshakes(relay.address(), HANDSHAKES_FIRST);
            long before = Footprint.memory(process);
            List<SSLSocket> sockets = tls.idle(relay.address(), SESSIONS);
            double grown = Footprint.memory(process) - before;
            sockets.forEach(TlsLoad::close);
            add("memory per idle TLS session, KiB", program.name(), grown / SESSIONS);
        }
    }

    private static double processorTime(Running relay) {
        return relay.process() == null ? 0 : Footprint.processorTime(relay.process().toHandle());
    }

    private void idle(RelayProgram program) {
        try (Running relay = program.start(Link.TCP, echo.address())) {
            ProcessHandle process = relay.process().toHandle();
            load.idle(relay.address(), 1).forEach(Fd::close);
            long before = Footprint.memory(process);
            List<Fd> sockets = load.idle(relay.address(), IDLE);
            long after = Footprint.memory(process);
            sockets.forEach(Fd::close);
            add("memory with no connection, MiB", program.name(), before / 1024.0);
            add("memory with " + IDLE + " idle connections, MiB", program.name(), after / 1024.0);
            add(
                    "memory per idle connection, KiB",
                    program.name(),
                    (after - before) / (double) IDLE);
        }
    }

    private void starts(String empty) {
        for (int i = 0; i < STARTS * rounds; i++) {
            for (RelayProgram program : programs) {
                if (program instanceof RelayProgram.Socat socat) {
                    String command = socat.command();
                    add(
                            "start to end, ms",
                            program.name(),
                            StartUp.run(List.of(command, "/dev/null", "/dev/null")));
                }
            }
            add("start to end, ms", "empty", StartUp.run(List.of(empty)));
        }
    }

    private void add(String measure, String program, double value) {
        results.computeIfAbsent(measure, name -> new TreeMap<>())
                .computeIfAbsent(program, name -> new ArrayList<>())
                .add(value);
        System.err.printf(Locale.ROOT, "%-40s %-8s %10.2f%n", measure, program, value);
    }

    private void print() {
        System.out.println("| what | program | median | least | greatest | to socat |");
        System.out.println("|---|---|---|---|---|---|");
        results.forEach(
                (measure, byProgram) -> {
                    double reference =
                            byProgram.containsKey("socat")
                                    ? median(byProgram.get("socat"))
                                    : Double.NaN;
                    byProgram.forEach(
                            (program, values) ->
                                    System.out.printf(
                                            Locale.ROOT,
                                            "| %s | %s | %.2f | %.2f | %.2f | %.2f |%n",
                                            measure,
                                            program,
                                            median(values),
                                            Collections.min(values),
                                            Collections.max(values),
                                            median(values) / reference));
                });
    }

    private static double median(List<Double> values) {
        List<Double> sorted = values.stream().sorted().toList();
        int middle = sorted.size() / 2;
        return sorted.size() % 2 == 1
                ? sorted.get(middle)
                : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
    }
}
