package org.jsocat.bench;

import org.jsocat.core.relay.EventLoop;
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

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * What it costs to hand something to an event loop that waits, and to hear of it: two hand-overs
 * between threads.
 */
@State(Scope.Thread)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class LoopBenchmark {
    private final EventLoop loop = new EventLoop();
    private Thread runner;
    private volatile boolean done;

    /** Starts the loop. */
    @Setup
    public void start() {
        runner = Thread.ofPlatform().daemon().start(loop::run);
    }

    /** Ends it. */
    @TearDown
    public void stop() throws InterruptedException {
        loop.stop();
        runner.join();
        loop.close();
    }

    /** A task that wakes the thread that gave it. */
    @Benchmark
    public void thereAndBack() {
        Thread caller = Thread.currentThread();
        done = false;
        loop.execute(
                () -> {
                    done = true;
                    LockSupport.unpark(caller);
                });
        while (!done) {
            LockSupport.park(this);
        }
    }
}
