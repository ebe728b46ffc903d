package org.jsocat.spi;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.ClosedChannelException;
import java.time.Duration;
import java.util.concurrent.locks.ReentrantLock;

/**
 * An endpoint as a blocking channel: for a handshake in an opener, and for libraries that want
 * streams. What was read and belongs to the data behind the handshake is pushed back with {@link
 * #unread}; {@link #endpoint} then hands the endpoint on with those bytes in front.
 *
 * <p>On an endpoint that keeps packets a read yields one packet and a write makes one.
 *
 * <p><b>Threads.</b> One thread may read while another writes; any may close it, which wakes both.
 * Waiting can be interrupted, on platform and on virtual threads.
 *
 * @see OpenContext#blocking(Endpoint)
 * @since 1.0
 */
public final class BlockingView implements AutoCloseable {
    private static final int CAPACITY = 64 * 1024;

    private final Endpoint endpoint;
    private final Wakeups wakeups;
    private final Object reading = new Object();
    private final ReentrantLock writing = new ReentrantLock();
    private final Wakeups.Runner runner =
            new Wakeups.Runner() {
                @Override
                public void wake() {
                    wakeBoth();
                }

                @Override
                public void sooner() {
                    wakeOthers();
                }
            };
    private ByteBuffer input;
    private ByteBuffer output;
    private ByteBuffer surplus = ByteBuffer.allocate(0);
    private EndpointWait readable;
    private EndpointWait writable;
    private int waiting;
    private boolean hasDeadline;
    private long deadline;
    private volatile long readNanos = Long.MAX_VALUE;
    private boolean closed;

    /**
     * A view.
     *
     * @param endpoint used by nobody else until {@link #endpoint} hands it on
     * @param wakeups those of the address that it belongs to
     */
    public BlockingView(Endpoint endpoint, Wakeups wakeups) {
        this.endpoint = endpoint;
        this.wakeups = wakeups;
    }

    /**
     * Sets the time by which all reads and writes must have ended, counted from now; it replaces an
     * earlier one. A wait beyond it fails with {@link SocketTimeoutException}.
     */
    public synchronized void within(Duration time) {
        hasDeadline = true;
        deadline = System.nanoTime() + time.toNanos();
        wakeOthers();
    }

    /**
     * Lets no read wait longer than this, counted from when it begins; it fails with {@link
     * SocketTimeoutException} then.
     *
     * @param time zero for no limit
     */
    public void readTimeout(Duration time) {
        readNanos = time.isZero() ? Long.MAX_VALUE : time.toNanos();
    }

    /** Lets reads and writes take any time again. */
    public synchronized void withoutLimit() {
        hasDeadline = false;
    }

    /**
     * Waits until there are bytes, and reads what is there.
     *
     * @return the count of bytes, or -1 at the end of the stream
     * @throws ClosedByInterruptException when the thread is interrupted; the view can still be used
     * @throws ClosedChannelException when it is closed, also while this waits
     * @throws SocketTimeoutException when the time has passed; the view can still be used
     * @throws IOException when reading failed; the cause is the failure
     */
    public int read(ByteBuffer target) throws IOException {
        synchronized (reading) {
            if (!target.hasRemaining()) {
                return 0;
            }
            ByteBuffer direct = target.isDirect() ? target : inputBuffer(target.remaining());
            long limit = readNanos;
            long start = limit == Long.MAX_VALUE ? 0 : System.nanoTime();
            while (true) {
                int count = tryRead(direct);
                if (count != 0) {
                    if (direct != target && count > 0) {
                        target.put(direct.flip());
                    }
                    return count;
                }
                await(true, limit == Long.MAX_VALUE ? limit : limit - (System.nanoTime() - start));
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
        if (surplus.hasRemaining()) {
            return Pushback.take(surplus, direct);
        }
        try {
            return endpoint.read(direct);
        } catch (RuntimeException failure) {
            throw new IOException(failure.getMessage(), failure);
        }
    }

    /**
     * Writes all of the bytes; waits as long as they cannot be taken.
     *
     * @throws ClosedByInterruptException when the thread is interrupted; the view can still be used
     * @throws ClosedChannelException when it is closed, also while this waits
     * @throws SocketTimeoutException when the time has passed; the view can still be used
     * @throws IOException when writing failed; the cause is the failure
     */
    public void write(ByteBuffer source) throws IOException {
        writing.lock();
        try {
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
        } finally {
            writing.unlock();
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
                await(false, Long.MAX_VALUE);
            }
        }
    }

    /** As a relay does: a layer that holds bytes back may take more once they are out. */
    private synchronized int tryWrite(ByteBuffer direct) throws IOException {
        checkOpen();
        try {
            int count = endpoint.write(direct);
            if (count == 0 && endpoint.hasUnflushed()) {
                endpoint.flush();
                count = endpoint.write(direct);
            }
            return count;
        } catch (RuntimeException failure) {
            throw new IOException(failure.getMessage(), failure);
        }
    }

    private synchronized void use(Runnable call) throws IOException {
        checkOpen();
        try {
            call.run();
        } catch (RuntimeException failure) {
            throw new IOException(failure.getMessage(), failure);
        }
    }

    /** Waits until nothing that was written is held back by the endpoint. */
    public void flush() throws IOException {
        writing.lock();
        try {
            while (!tryFlush()) {
                await(false, Long.MAX_VALUE);
            }
        } finally {
            writing.unlock();
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
     * Says that no more will be written, once all of it is out; reading goes on. Idempotent.
     *
     * @throws IOException when that failed
     */
    public void shutdownOutput() throws IOException {
        writing.lock();
        try {
            flush();
            use(endpoint::shutdownOutput);
            flush();
        } finally {
            writing.unlock();
        }
    }

    /**
     * Lets what belongs to the end of output go out, before the endpoint is closed: where no other
     * thread is writing, and as far as it can be within a time.
     */
    public void finish(Duration patience) {
        if (!writing.tryLock()) {
            return;
        }
        try {
            use(endpoint::finish);
            within(patience);
            flush();
        } catch (IOException ignored) {
            // whoever should have got it is gone, or too slow
        } finally {
            writing.unlock();
        }
    }

    /**
     * Puts bytes in front of all that is still to be read.
     *
     * @param bytes copied
     */
    public synchronized void unread(byte[] bytes, int offset, int length) {
        ByteBuffer all = ByteBuffer.allocate(length + surplus.remaining());
        surplus = all.put(bytes, offset, length).put(surplus).flip();
    }

    /** Reads from this view; closing the stream does nothing. */
    public InputStream inputStream() {
        return new Input();
    }

    /** Writes to this view; closing the stream does nothing. */
    public OutputStream outputStream() {
        return new Output();
    }

    /**
     * Ends the view and hands the endpoint on.
     *
     * @return the endpoint itself, or a wrapper that yields what was pushed back before what the
     *     endpoint yields
     */
    public Endpoint endpoint() {
        leave();
        return surplus.hasRemaining() ? new Pushback(endpoint, surplus) : endpoint;
    }

    private void checkOpen() throws ClosedChannelException {
        if (closed) {
            throw new ClosedChannelException();
        }
    }

    private void await(boolean reads, long most) throws IOException {
        EndpointWait wait;
        synchronized (this) {
            checkOpen();
            wait = waitFor(reads);
            waiting++;
        }
        try {
            long left = Math.min(most, remaining());
            if (left <= 0) {
                throw new SocketTimeoutException("timed out");
            }
            wait.await(left);
            if (wakeups.expire(System.nanoTime(), runner)) {
                wakeOthers();
            }
        } finally {
            synchronized (this) {
                waiting--;
                notifyAll();
            }
        }
        if (!isOpen()) {
            throw new AsynchronousCloseException();
        }
    }

    private EndpointWait waitFor(boolean reads) {
        if (readable == null && writable == null) {
            wakeups.attach(runner);
        }
        EndpointWait wait = reads ? readable : writable;
        if (wait == null) {
            wait = new EndpointWait(endpoint, reads);
            wait.wake(); // for wake-ups before it was there
            if (reads) {
                readable = wait;
            } else {
                writable = wait;
            }
        }
        return wait;
    }

    /** Nanoseconds; not above 0 when the deadline has passed. */
    private synchronized long remaining() {
        long now = System.nanoTime();
        long left = hasDeadline ? deadline - now : Long.MAX_VALUE;
        if (left > 0 && wakeups.isSet()) {
            left = Math.clamp(wakeups.next() - now, 1, left);
        }
        return left;
    }

    private synchronized void wakeBoth() {
        if (readable != null) {
            readable.wake();
        }
        if (writable != null) {
            writable.wake();
        }
    }

    /** Has threads that wait look at the time again; others will anyway. */
    private synchronized void wakeOthers() {
        if (waiting > 0) {
            wakeBoth();
        }
    }

    /** Whether it is open. */
    public synchronized boolean isOpen() {
        return !closed;
    }

    private synchronized void leave() {
        if (closed) {
            return;
        }
        closed = true;
        wakeBoth();
        boolean interrupted = false;
        while (waiting > 0) {
            try {
                wait();
            } catch (InterruptedException again) {
                interrupted = true;
            }
        }
        wakeups.detach(runner);
        if (readable != null) {
            readable.close();
        }
        if (writable != null) {
            writable.close();
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Ends it, and closes the endpoint. Idempotent. */
    @Override
    public void close() {
        leave();
        endpoint.close();
    }

    private final class Input extends InputStream {
        @Override
        public int read() throws IOException {
            byte[] single = new byte[1];
            return read(single, 0, 1) < 0 ? -1 : single[0] & 0xff;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            return BlockingView.this.read(ByteBuffer.wrap(bytes, offset, length));
        }
    }

    private final class Output extends OutputStream {
        @Override
        public void write(int single) throws IOException {
            write(new byte[] {(byte) single}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            BlockingView.this.write(ByteBuffer.wrap(bytes, offset, length));
        }

        @Override
        public void flush() throws IOException {
            BlockingView.this.flush();
        }
    }

    /** An endpoint with bytes in front. */
    private static final class Pushback extends ForwardingEndpoint {
        private final ByteBuffer front;

        Pushback(Endpoint inner, ByteBuffer front) {
            super(inner);
            this.front = front;
        }

        static int take(ByteBuffer front, ByteBuffer target) {
            int count = Math.min(front.remaining(), target.remaining());
            target.put(target.position(), front, front.position(), count);
            target.position(target.position() + count);
            front.position(front.position() + count);
            return count;
        }

        @Override
        public int read(ByteBuffer target) {
            return front.hasRemaining() ? take(front, target) : super.read(target);
        }

        @Override
        public boolean hasPending() {
            return front.hasRemaining() || super.hasPending();
        }

        @Override
        public int rawInput() {
            return front.hasRemaining() ? NONE : super.rawInput();
        }

        @Override
        public void release() {
            if (front.hasRemaining()) {
                throw AddressException.usage("a program cannot take this address over");
            }
            super.release();
        }
    }
}
