package org.jsocat.bench;

import org.jsocat.core.parse.Address;
import org.jsocat.core.parse.AddressParser;
import org.jsocat.core.parse.Parsed;
import org.jsocat.core.parse.Vocabulary;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

import java.util.Locale;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** What it costs to parse an address. */
@State(Scope.Thread)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class ParserBenchmark {
    private static final Set<String> KEYWORDS = Set.of("TCP", "TCP-LISTEN", "SOCKS5", "OPENSSL");

    private final AddressParser parser = new AddressParser(new Names());

    /** Knows these keywords and takes no operator for data. */
    private static final class Names implements Vocabulary {
        @Override
        public boolean isKeyword(String name) {
            return KEYWORDS.contains(name.toUpperCase(Locale.ROOT));
        }

        @Override
        public boolean accepts(Address address) {
            return false;
        }

        @Override
        public Iterable<String> keywords() {
            return KEYWORDS;
        }
    }

    /** An address with options. */
    @Benchmark
    public Parsed address() {
        return parser.parse("TCP-LISTEN:8080,bind=[::1],reuseaddr,fork,range=\"10.0.0.0/8\"");
    }

    /** A chain of three. */
    @Benchmark
    public Parsed chain() {
        return parser.parse("OPENSSL,verify=0|SOCKS5:example.org:443|TCP:proxy.example.org:1080");
    }
}
