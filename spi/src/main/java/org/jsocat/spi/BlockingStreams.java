package org.jsocat.spi;

import org.jsocat.spi.posix.Fd;
import org.jsocat.spi.posix.Linux;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
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
 * stream fails the endpoint's next read or write with its message, anything else that they throw
 * with a line that names the address and the plugin.
 *
 * <p><b>Closing.</b> {@link #close} does not wait. What was written is still given to the output
 * stream, for five seconds at most; the relay waits for that, because the endpoint {@linkplain
 * #hasUnflushed says so} after {@link #shutdownOutput} or {@link #finish}. Both streams are closed.
 *
 * @since 1.0
 */
public final class BlockingStreams extends ThreadedEndpoint {
    private static final int BLOCK = 8192;

    private BlockingStreams(
            OpenContext context, Fd[] pair, BlockingPort port, ThreadFactory threads) {
        super(context, over(context, pair[0]).socket(), pair[1], port, BLOCK, threads);
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
        BlockingStreams streams =
                new BlockingStreams(
                        context, pair(Linux.SOCK_STREAM), new StreamPort(input, output), threads);
        streams.start();
        return streams;
    }

    private static final class StreamPort implements BlockingPort {
        private final InputStream input;
        private final OutputStream output;
        private boolean outputClosed;

        StreamPort(InputStream input, OutputStream output) {
            this.input = input;
            this.output = output;
        }

        @Override
        public int receive(byte[] bytes) throws IOException {
            return input.read(bytes);
        }

        @Override
        public void send(byte[] bytes, int count) throws IOException {
            output.write(bytes, 0, count);
            output.flush();
        }

        @Override
        public void endOutput() throws IOException {
            closeOutput();
        }

        private synchronized void closeOutput() throws IOException {
            if (!outputClosed) {
                outputClosed = true;
                output.close();
            }
        }

        @Override
        public void close() throws IOException {
            try {
                input.close();
            } finally {
                closeOutput();
            }
        }
    }
}
