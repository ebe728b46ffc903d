package org.jsocat.spi;

import org.jsocat.spi.posix.Errno;
import org.jsocat.spi.posix.Fd;
import org.jsocat.spi.posix.Libc;
import org.jsocat.spi.posix.Linux;
import org.jsocat.spi.posix.PosixException;
import org.jsocat.spi.posix.Readiness;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.ThreadFactory;

/**
 * An endpoint over a library that can only block: it owns an input and an output stream and a
 * thread for each, which move bytes between the stream and one end of a socket pair; the relay has
 * the other end.
 *
 * <p><b>Threads.</b> They are virtual unless {@link #onPlatformThreads} is asked for, which suits
 * streams that block in native code. Each stream is used by its thread alone; closing the input
 * stream comes from another thread and must end a read that waits, and the reading thread is
 * interrupted, too.
 *
 * <p><b>Ends.</b> The end of the input stream is the end of the endpoint. {@link #shutdownOutput}
 * closes the output stream once all bytes are written to it. An {@link IOException} of either
 * stream fails the endpoint's next read or write with its message.
 *
 * <p><b>Closing.</b> {@link #close} waits until the output stream has taken what was written, for
 * {@link #PATIENCE} at most: the one place where it may block, so that the last bytes are not lost
 * when the program ends. Both streams are closed.
 *
 * @since 1.0
 */
public final class BlockingStreams extends DescriptorEndpoint {
    /** How long closing waits for a slow output stream. */
    public static final Duration PATIENCE = Duration.ofSeconds(5);

    private static final int BLOCK = 8192;
    private static final int PEER_GONE = Linux.POLLHUP | Linux.POLLERR | Linux.POLLNVAL;

    private final Fd far;
    private final InputStream inputStream;
    private final OutputStream outputStream;
    private final Thread reader;
    private final Thread writer;
    private volatile String inputFailure = "";
    private volatile String outputFailure = "";
    private volatile boolean closing;

    private BlockingStreams(
            OpenContext context,
            Fd near,
            Fd far,
            InputStream input,
            OutputStream output,
            ThreadFactory threads) {
        super(over(context, near).socket());
        this.far = far;
        inputStream = input;
        outputStream = output;
        reader = threads.newThread(this::readAll);
        writer = threads.newThread(this::writeAll);
    }

    /**
     * Makes the endpoint and starts its threads.
     *
     * @param input what is read; the endpoint closes it
     * @param output what is written; the endpoint closes it
     */
    public static BlockingStreams over(
            OpenContext context, InputStream input, OutputStream output) {
        return start(
                context, input, output, Thread.ofVirtual().name("jsocat-stream-", 0).factory());
    }

    /** The same with platform threads. */
    public static BlockingStreams onPlatformThreads(
            OpenContext context, InputStream input, OutputStream output) {
        return start(
                context,
                input,
                output,
                Thread.ofPlatform().daemon().name("jsocat-stream-", 0).factory());
    }

    private static BlockingStreams start(
            OpenContext context, InputStream input, OutputStream output, ThreadFactory threads) {
        int[] pair = new int[2];
        PosixException.check(
                Libc.socketpair(Linux.AF_UNIX, Linux.SOCK_STREAM | Linux.SOCK_NONBLOCK, 0, pair),
                () -> "socketpair(1, 1, 0, ...)");
        BlockingStreams streams =
                new BlockingStreams(
                        context, new Fd(pair[0]), new Fd(pair[1]), input, output, threads);
        if (context.direction().reads()) {
            streams.reader.start();
        }
        streams.writer.start();
        return streams;
    }

    private void readAll() {
        byte[] bytes = new byte[BLOCK];
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment memory = arena.allocate(BLOCK);
            int count = inputStream.read(bytes);
            while (count >= 0 && send(memory, bytes, count)) {
                count = inputStream.read(bytes);
            }
        } catch (IOException | RuntimeException failure) {
            inputFailure = text(failure);
        } finally {
            Libc.shutdown(far.number(), Linux.SHUT_WR);
        }
    }

    /** Passes bytes on to the relay; whether it still takes any. */
    private boolean send(MemorySegment memory, byte[] bytes, int count) {
        MemorySegment.copy(bytes, 0, memory, ValueLayout.JAVA_BYTE, 0, count);
        int sent = 0;
        while (sent < count) {
            long result = Libc.send(far.number(), memory, sent, count - sent, Linux.MSG_NOSIGNAL);
            if (result >= 0) {
                sent += (int) result;
            } else if (result != -Errno.EAGAIN && result != -Errno.EINTR
                    || result == -Errno.EAGAIN && (await(Linux.POLLOUT) & PEER_GONE) != 0) {
                return false;
            }
        }
        return true;
    }

    private void writeAll() {
        byte[] bytes = new byte[BLOCK];
        try (Arena arena = Arena.ofConfined();
                OutputStream output = outputStream) {
            MemorySegment memory = arena.allocate(BLOCK);
            long count = Libc.recv(far.number(), memory, 0, BLOCK, 0);
            while (count != 0) {
                if (count > 0) {
                    MemorySegment.copy(memory, ValueLayout.JAVA_BYTE, 0, bytes, 0, (int) count);
                    output.write(bytes, 0, (int) count);
                    output.flush();
                } else if (count == -Errno.EAGAIN) {
                    await(Linux.POLLIN);
                } else if (count != -Errno.EINTR) {
                    return;
                }
                count = Libc.recv(far.number(), memory, 0, BLOCK, 0);
            }
        } catch (IOException | RuntimeException failure) {
            outputFailure = text(failure);
        } finally {
            Libc.shutdown(far.number(), Linux.SHUT_RD);
        }
    }

    private int await(int events) {
        return Readiness.await(far.number(), events, -1);
    }

    private static String text(Exception failure) {
        return failure.getMessage() == null ? failure.toString() : failure.getMessage();
    }

    @Override
    public int read(ByteBuffer target) {
        int count = super.read(target);
        if (count == END && !inputFailure.isEmpty()) {
            throw AddressException.fatal(inputFailure);
        }
        return count;
    }

    @Override
    public int write(ByteBuffer source) {
        try {
            return super.write(source);
        } catch (PosixException failure) {
            if (outputFailure.isEmpty()) {
                throw failure;
            }
            throw AddressException.fatal(outputFailure);
        }
    }

    @Override
    public void close() {
        if (closing) {
            return;
        }
        closing = true;
        Libc.shutdown(input().number(), Linux.SHUT_WR);
        ended(writer, PATIENCE);
        reader.interrupt();
        writer.interrupt();
        try {
            inputStream.close();
        } catch (IOException ignored) {
            // What could not be closed is of no more use to anyone.
        }
        super.close();
        // The descriptor must not be used by the threads after another file has got its number.
        if (ended(reader, Duration.ofMillis(200)) && ended(writer, Duration.ofMillis(200))) {
            far.close();
        }
    }

    private static boolean ended(Thread thread, Duration patience) {
        try {
            return thread.getState() == Thread.State.NEW || thread.join(patience);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** The relay must come by here for failures to be told. */
    @Override
    public int rawInput() {
        return NONE;
    }

    @Override
    public int rawOutput() {
        return NONE;
    }
}
