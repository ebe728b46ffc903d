package org.jsocat.spi;

import org.jsocat.spi.posix.Errno;
import org.jsocat.spi.posix.Fd;
import org.jsocat.spi.posix.Libc;
import org.jsocat.spi.posix.Linux;
import org.jsocat.spi.posix.PosixException;
import org.jsocat.spi.posix.Readiness;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.ThreadFactory;

/**
 * An endpoint over what can only block: a thread for each direction moves bytes between it and one
 * end of a socket pair; the relay has the other end.
 */
abstract class ThreadedEndpoint extends DescriptorEndpoint {
    /** How long what was written may take to be sent once nothing more comes. */
    static final Duration PATIENCE = Duration.ofSeconds(5);

    private static final int PEER_GONE = Linux.POLLHUP | Linux.POLLERR | Linux.POLLNVAL;

    private final Fd far;
    private final BlockingPort port;
    private final int greatest;
    private final String text;
    private final Wakeup wakeup;
    private final ThreadFactory threads;
    private final Thread reader;
    private final Thread writer;
    private volatile String inputFailure = "";
    private volatile String outputFailure = "";
    private volatile boolean sent;
    private boolean ending;
    private long patienceEnds;
    private boolean closed;

    /**
     * An endpoint whose threads do not run yet.
     *
     * @param near the relay's end
     * @param far the other end
     * @param greatest how many bytes are moved at once, or in a packet
     */
    ThreadedEndpoint(
            OpenContext context,
            Builder near,
            Fd far,
            BlockingPort port,
            int greatest,
            ThreadFactory threads) {
        super(near);
        this.far = far;
        this.port = port;
        this.greatest = greatest;
        this.threads = threads;
        text = context.text();
        wakeup = context.wakeup();
        reader = threads.newThread(this::receiveAll);
        writer = threads.newThread(this::sendAll);
    }

    /** Two sockets that are joined, non-blocking. */
    static Fd[] pair(int type) {
        int[] pair = new int[2];
        PosixException.check(
                Libc.socketpair(Linux.AF_UNIX, type | Linux.SOCK_NONBLOCK, 0, pair),
                () -> "socketpair(1, " + type + ", 0, ...)");
        return new Fd[] {new Fd(pair[0]), new Fd(pair[1])};
    }

    /** Starts the threads that the direction needs. */
    final void start() {
        if (direction().reads()) {
            reader.start();
        }
        writer.start();
    }

    private void receiveAll() {
        byte[] bytes = new byte[greatest];
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment memory = arena.allocate(greatest);
            int count = port.receive(bytes);
            while (count >= 0 && pass(memory, bytes, count)) {
                count = port.receive(bytes);
            }
        } catch (Throwable failure) {
            inputFailure = text(failure);
        } finally {
            Libc.shutdown(far.number(), Linux.SHUT_WR);
        }
    }

    /** Passes bytes on to the relay; whether it still takes any. */
    private boolean pass(MemorySegment memory, byte[] bytes, int count) {
        MemorySegment.copy(bytes, 0, memory, ValueLayout.JAVA_BYTE, 0, count);
        int passed = 0;
        while (passed < count) {
            long result =
                    Libc.send(far.number(), memory, passed, count - passed, Linux.MSG_NOSIGNAL);
            if (result >= 0) {
                passed += (int) result;
            } else if ((result != -Errno.EAGAIN && result != -Errno.EINTR)
                    || (result == -Errno.EAGAIN && (await(Linux.POLLOUT) & PEER_GONE) != 0)) {
                return false;
            }
        }
        return true;
    }

    private void sendAll() {
        byte[] bytes = new byte[greatest];
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment memory = arena.allocate(greatest);
            long count = Libc.recv(far.number(), memory, 0, greatest, 0);
            while (count != 0) {
                if (count > 0) {
                    MemorySegment.copy(memory, ValueLayout.JAVA_BYTE, 0, bytes, 0, (int) count);
                    port.send(bytes, (int) count);
                } else if (count == -Errno.EAGAIN) {
                    await(Linux.POLLIN);
                } else if (count != -Errno.EINTR) {
                    return;
                }
                count = Libc.recv(far.number(), memory, 0, greatest, 0);
            }
            port.endOutput();
        } catch (Throwable failure) {
            outputFailure = text(failure);
        } finally {
            Libc.shutdown(far.number(), Linux.SHUT_RD);
            sent = true;
            wakeup.now();
        }
    }

    private int await(int events) {
        return Readiness.await(far.number(), events, -1);
    }

    private String text(Throwable failure) {
        if (failure instanceof IOException || failure instanceof AddressException) {
            return failure.getMessage() == null ? failure.toString() : failure.getMessage();
        }
        String module = port.getClass().getModule().getName();
        return "address \""
                + text
                + "\": "
                + (module == null ? "" : "plugin " + module + ": ")
                + "failed: "
                + failure;
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
    public void shutdownOutput() {
        super.shutdownOutput();
        end();
    }

    @Override
    public void finish() {
        if (!closed) {
            Libc.shutdown(input().number(), Linux.SHUT_WR);
            end();
        }
    }

    private void end() {
        if (!ending) {
            ending = true;
            patienceEnds = System.nanoTime() + PATIENCE.toNanos();
            wakeup.after(PATIENCE);
        }
    }

    /** Nothing more comes, and not all has been sent yet. */
    @Override
    public boolean hasUnflushed() {
        return ending && !sent && !closed && System.nanoTime() - patienceEnds < 0;
    }

    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        Libc.shutdown(input().number(), Linux.SHUT_WR);
        super.close();
        threads.newThread(this::closePort).start();
    }

    /** On a thread of its own, for it may block. */
    private void closePort() {
        boolean interrupted = !ended(writer, PATIENCE);
        reader.interrupt();
        writer.interrupt();
        try {
            port.close();
        } catch (IOException | RuntimeException | Error ignored) {
            // What could not be closed is of no more use to anyone.
        }
        // The descriptor must not be used by the threads after another file has got its number.
        if (ended(reader, PATIENCE) && (!interrupted || ended(writer, PATIENCE))) {
            far.close();
        }
    }

    private static boolean ended(Thread thread, Duration patience) {
        try {
            return thread.getState() == Thread.State.NEW || thread.join(patience);
        } catch (InterruptedException interrupted) {
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
