package org.jsocat.bench;

import org.jsocat.spi.posix.Libc;
import org.jsocat.spi.posix.Linux;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.concurrent.TimeUnit;

/**
 * What a system call costs: the least one there is, and 64 bytes written to a socket and read from
 * its other end.
 */
@State(Scope.Thread)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class CallBenchmark {
    private static final int MESSAGE = 64;

    private final int[] pair = new int[2];
    private final Arena arena = Arena.ofShared();
    private final MemorySegment memory = arena.allocate(MESSAGE);

    /** Opens a pair of connected sockets. */
    @Setup
    public void open() {
        Libc.socketpair(Linux.AF_UNIX, Linux.SOCK_STREAM, 0, pair);
    }

    /** Closes them. */
    @TearDown
    public void close() {
        Libc.close(pair[0]);
        Libc.close(pair[1]);
        arena.close();
    }

    /** getppid(2). */
    @Benchmark
    public int least() {
        return Libc.getppid();
    }

    /** send(2) and recv(2). */
    @Benchmark
    public long sendAndReceive() {
        return Libc.send(pair[0], memory, 0, MESSAGE, Linux.MSG_NOSIGNAL)
                + Libc.recv(pair[1], memory, 0, MESSAGE, 0);
    }
}
