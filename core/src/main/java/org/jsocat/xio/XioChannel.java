package org.jsocat.xio;

import org.jsocat.core.relay.Side;
import org.jsocat.spi.Endpoint;
import org.jsocat.spi.posix.EventFd;
import org.jsocat.spi.posix.Linux;
import org.jsocat.spi.posix.Poller;
import org.jsocat.spi.posix.PosixException;
import org.jsocat.spi.posix.Readiness;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.ByteChannel;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.ClosedChannelException;
import java.util.HashSet;
import java.util.Set;

/**
 * An open address as a blocking channel. One thread may read while another writes, and any thread
 * may close it, which wakes both.
 *
 * @since 1.0
 */
public final class XioChannel implements ByteChannel {
    private static final int CAPACITY = 64 * 1024;
    private static final long PAUSE_NANOS = 10_000_000;

    private final Side side;
    private final Endpoint endpoint;
    private final EventFd closing = new EventFd();
    private final Object reading = new Object();
    private final Object writing = new Object();
    private final Set<Thread> waiting = new HashSet<>();
    private ByteBuffer input;
    private ByteBuffer output;
    private boolean closed;

    XioChannel(Side side) {
        this.side = side;
        endpoint = side.endpoint();
    }

    /**
     * Waits until there are bytes, and reads what is there.
     *
     * @return the count of bytes, or -1 at the end of the stream
     * @throws ClosedChannelException when it is closed, also while this waits
     * @throws IOException when reading failed; the cause is the failure
     */
    @Override
    public int read(ByteBuffer target) throws IOException {
        synchronized (reading) {
            if (!target.hasRemaining()) {
                return 0;
            }
            ByteBuffer direct = target.isDirect() ? target : inputBuffer(target.remaining());
            while (true) {
                int count = tryRead(direct);
                if (count != 0) {
                    if (direct != target && count > 0) {
                        target.put(direct.flip());
                    }
                    return count;
                }
                await(endpoint.readDescriptor(), Linux.POLLIN);
            }
        }
    }

    private ByteBuffer inputBuffer(int most) {
        if (input == null) {
            input = ByteBuffer.allocateDirect(CAPACITY);
        }
        return input.clear().limit(Math.min(most, CAPACITY));
    }

    private synchronized int tryRead(ByteBuffer direct) throws IOException {
        checkOpen();
        try {
            return endpoint.read(direct);
        } catch (RuntimeException failure) {
            throw new IOException(failure.getMessage(), failure);
        }
    }

    /**
     * Writes all of the bytes; waits as long as they cannot be taken.
     *
     * @throws ClosedChannelException when it is closed, also while this waits
     * @throws IOException when writing failed; the cause is the failure
     */
    @Override
    public int write(ByteBuffer source) throws IOException {
        synchronized (writing) {
            int total = source.remaining();
            while (source.hasRemaining()) {
                if (source.isDirect()) {
                    writeAll(source);
                } else {
                    ByteBuffer direct = outputBuffer();
                    int count = Math.min(direct.capacity(), source.remaining());
                    direct.put(0, source, source.position(), count).limit(count);
                    writeAll(direct);
                    source.position(source.position() + count);
                }
            }
            flush();
            return total;
        }
    }

    private ByteBuffer outputBuffer() {
        if (output == null) {
            output = ByteBuffer.allocateDirect(CAPACITY);
        }
        return output.clear();
    }

    private void writeAll(ByteBuffer direct) throws IOException {
        while (direct.hasRemaining()) {
            if (tryWrite(direct) == 0) {
                await(endpoint.writeDescriptor(), Linux.POLLOUT);
            }
        }
    }

    private synchronized int tryWrite(ByteBuffer direct) throws IOException {
        checkOpen();
        try {
            return endpoint.write(direct);
        } catch (RuntimeException failure) {
            throw new IOException(failure.getMessage(), failure);
        }
    }

    private void flush() throws IOException {
        while (!tryFlush()) {
            await(endpoint.writeDescriptor(), Linux.POLLOUT);
        }
    }

    private synchronized boolean tryFlush() throws IOException {
        checkOpen();
        try {
            if (endpoint.hasUnflushed()) {
                endpoint.flush();
            }
            return !endpoint.hasUnflushed();
        } catch (RuntimeException failure) {
            throw new IOException(failure.getMessage(), failure);
        }
    }

    /**
     * Says that no more will be written; reading goes on. Idempotent.
     *
     * @throws IOException when that failed
     */
    public void shutdownOutput() throws IOException {
        synchronized (writing) {
            flush();
            synchronized (this) {
                checkOpen();
                try {
                    endpoint.shutdownOutput();
                } catch (RuntimeException failure) {
                    throw new IOException(failure.getMessage(), failure);
                }
            }
        }
    }

    private void checkOpen() throws ClosedChannelException {
        if (closed) {
            throw new ClosedChannelException();
        }
    }

    /** Waits for a descriptor or for {@link #close}. */
    private void await(int descriptor, int events) throws IOException {
        Thread thread = Thread.currentThread();
        synchronized (this) {
            checkOpen();
            waiting.add(thread);
        }
        try {
            if (descriptor == Endpoint.NONE) {
                poll(closing.fd().number(), Linux.POLLIN, PAUSE_NANOS);
            } else if (thread.isVirtual()) {
                Readiness.await(descriptor, events, -1);
            } else {
                poll(descriptor, events, -1);
            }
        } finally {
            stopWaiting(thread);
        }
        if (!isOpen()) {
            throw new AsynchronousCloseException();
        }
        if (thread.isInterrupted()) {
            close();
            throw new ClosedByInterruptException();
        }
    }

    private void poll(int descriptor, int events, long nanos) {
        Poller poller = new Poller(2);
        poller.set(0, closing.fd().number(), Linux.POLLIN);
        poller.set(1, descriptor, events);
        PosixException.check(poller.poll(nanos), "poll()");
    }

    private synchronized void stopWaiting(Thread thread) {
        waiting.remove(thread);
        if (closed && thread.isVirtual()) {
            Thread.interrupted(); // that was close
        }
        notifyAll();
    }

    @Override
    public synchronized boolean isOpen() {
        return !closed;
    }

    /** Ends both directions and frees what the channel holds. Idempotent. */
    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        closing.signal();
        waiting.stream().filter(Thread::isVirtual).forEach(Thread::interrupt);
        boolean interrupted = false;
        while (!waiting.isEmpty()) {
            try {
                wait();
            } catch (InterruptedException again) {
                interrupted = true;
            }
        }
        side.close();
        closing.close();
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
