package org.jsocat.spi;

import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.util.Objects;
import org.jsocat.spi.posix.Errno;
import org.jsocat.spi.posix.Fd;
import org.jsocat.spi.posix.FileStatus;
import org.jsocat.spi.posix.Libc;
import org.jsocat.spi.posix.Linux;
import org.jsocat.spi.posix.PosixException;

/**
 * An endpoint over one descriptor, or over one to read and one to write: files, pipes, sockets, terminals.
 *
 * <p>How it ends follows the {@code shut-*} and {@code end-close} options of the address and otherwise the
 * kind of the descriptor: sockets are shut down, everything else is closed (socat(1), section "SOCKET option group").
 *
 * @since 1.0
 */
public class DescriptorEndpoint implements Endpoint {
    /** What {@link #shutdownOutput()} does. */
    public enum Shutdown {
        /** Nothing. */
        NONE,
        /** Closes the descriptor for writing. */
        CLOSE,
        /** shutdown(2) for writing. */
        DOWN,
        /** Sends an empty packet. */
        NULL
    }

    /** What {@link #close()} does with a descriptor. */
    public enum End {
        /** Leaves it open: it is not ours (standard input and the like). */
        NONE,
        /** close(2). */
        CLOSE,
        /** shutdown(2) both ways, then close(2). */
        SHUTDOWN
    }

    /** What a pipe that poll(2) calls writable takes without blocking (PIPE_BUF, pipe(7)). */
    private static final int ATOMIC = 4096;

    private final Fd input;
    private final Fd output;
    private final Direction direction;
    private final boolean socketInput;
    private final boolean socketOutput;
    private final boolean packets;
    private final int inputFlags;
    private final int outputFlags;
    private final Shutdown shutdown;
    private final End end;
    private final boolean coolWrite;
    private final boolean nullEof;
    private final boolean probeInput;
    private final boolean probeOutput;
    private boolean outputDown;
    private boolean closed;

    private DescriptorEndpoint(Builder builder) {
        input = builder.input;
        output = builder.output;
        direction = builder.direction;
        socketInput = builder.socket && builder.input == builder.output || builder.socketInput;
        socketOutput = builder.socket;
        packets = builder.packets;
        inputFlags = input.isNonBlocking() ? 0 : Linux.MSG_DONTWAIT;
        outputFlags = (output.isNonBlocking() ? 0 : Linux.MSG_DONTWAIT) | Linux.MSG_NOSIGNAL;
        probeInput = !socketInput && mayBlock(input);
        probeOutput = !socketOutput && mayBlock(output);
        shutdown = builder.shutdown;
        end = builder.end;
        coolWrite = builder.coolWrite;
        nullEof = builder.nullEof;
    }

    /** Starts an endpoint over one descriptor for both directions, which it owns. */
    public static Builder over(OpenContext context, Fd fd) {
        return new Builder(context, fd, fd);
    }

    /** Starts an endpoint over one descriptor to read and one to write, both of which it owns. */
    public static Builder over(OpenContext context, Fd input, Fd output) {
        return new Builder(context, input, output);
    }

    /** Collects what the endpoint depends on; every setting has the default of a plain stream that is closed. */
    public static final class Builder {
        private final Fd input;
        private final Fd output;
        private Direction direction;
        private boolean socket;
        private boolean socketInput;
        private boolean packets;
        private Shutdown shutdown = Shutdown.CLOSE;
        private End end = End.CLOSE;
        private boolean nullEof;
        private final boolean coolWrite;
        private final OpenContext context;

        private Builder(OpenContext context, Fd input, Fd output) {
            this.context = context;
            this.input = Objects.requireNonNull(input);
            this.output = Objects.requireNonNull(output);
            direction = context.direction();
            coolWrite = context.flag(FdOptions.COOL_WRITE);
        }

        /** The descriptor is a socket: shut down at the end. */
        public Builder socket() {
            socket = true;
            shutdown = Shutdown.DOWN;
            end = End.SHUTDOWN;
            return this;
        }

        /** The descriptor is a socket that keeps packets; an empty one ends the stream where {@code nullEof}. */
        public Builder packets(boolean nullEof) {
            packets = true;
            this.nullEof = nullEof;
            return this;
        }

        /** Only these directions, where that is not what the context says. */
        public Builder direction(Direction only) {
            direction = only;
            return this;
        }

        /** What happens at half-close unless an option of the address says otherwise. */
        public Builder shutdown(Shutdown what) {
            shutdown = what;
            return this;
        }

        /** What happens at the end unless an option of the address says otherwise. */
        public Builder end(End what) {
            end = what;
            return this;
        }

        /** Makes the endpoint; the options {@code shut-*} and {@code end-close} of the address win. */
        public DescriptorEndpoint build() {
            if (context.flag(FdOptions.SHUT_NONE)) {
                shutdown = Shutdown.NONE;
            }
            if (context.flag(FdOptions.SHUT_CLOSE)) {
                shutdown = Shutdown.CLOSE;
            }
            if (context.flag(FdOptions.SHUT_DOWN)) {
                shutdown = Shutdown.DOWN;
            }
            if (context.flag(FdOptions.SHUT_NULL)) {
                shutdown = Shutdown.NULL;
            }
            if (context.flag(FdOptions.END_CLOSE)) {
                end = End.CLOSE;
            }
            return new DescriptorEndpoint(this);
        }
    }

    /** Whether reading or writing this descriptor can wait: it is inherited, a pipe or a device, and not ours to change. */
    private static boolean mayBlock(Fd fd) {
        return !fd.isNonBlocking() && FileStatus.modeOf(fd.number()) >> 12 != 8;
    }

    @Override
    public int read(ByteBuffer target) {
        if (probeInput && Libc.poll(input.number(), Linux.POLLIN, 0) == 0) {
            return 0;
        }
        int room = target.remaining();
        MemorySegment memory = MemorySegment.ofBuffer(target);
        long count = socketInput
                ? Libc.recv(input.number(), memory, 0, room, inputFlags)
                : Libc.read(input.number(), memory, 0, room);
        if (count > 0) {
            target.position(target.position() + (int) count);
            return (int) count;
        }
        if (count == 0) {
            return packets && !nullEof && socketInput ? 0 : END;
        }
        int errno = (int) -count;
        if (errno == Errno.EAGAIN || errno == Errno.EINTR) {
            return 0;
        }
        return readFailed(errno, room);
    }

    /** What a failed read means; a terminal's EIO is the end, for one. */
    protected int readFailed(int errno, int room) {
        throw new PosixException(errno, "read(" + input.number() + ", , " + room + ")");
    }

    @Override
    public int write(ByteBuffer source) {
        int length = source.remaining();
        if (probeOutput) {
            if (Libc.poll(output.number(), Linux.POLLOUT, 0) == 0) {
                return 0;
            }
            length = Math.min(length, ATOMIC);
        }
        MemorySegment memory = MemorySegment.ofBuffer(source);
        long count = socketOutput
                ? Libc.send(output.number(), memory, 0, length, outputFlags)
                : Libc.write(output.number(), memory, 0, length);
        if (count >= 0) {
            source.position(source.position() + (int) count);
            return (int) count;
        }
        int errno = (int) -count;
        if (errno == Errno.EAGAIN || errno == Errno.EINTR) {
            return 0;
        }
        PosixException failure = new PosixException(errno, "write(" + output.number() + ", , " + length + ")");
        if (coolWrite && (errno == Errno.EPIPE || errno == Errno.ECONNRESET)) {
            throw new AddressException(
                    AddressException.Kind.FATAL, Severity.NOTICE, failure.getMessage(), failure);
        }
        throw failure;
    }

    @Override
    public void shutdownOutput() {
        if (outputDown || closed || !direction.writes()) {
            return;
        }
        outputDown = true;
        switch (shutdown) {
            case NONE -> {}
            case DOWN -> Libc.shutdown(output.number(), Linux.SHUT_WR);
            case NULL -> Libc.send(output.number(), MemorySegment.NULL, 0, 0, outputFlags);
            case CLOSE -> {
                if (output != input) {
                    output.close();
                } else if (direction == Direction.WRITE) {
                    output.close();
                }
            }
        }
    }

    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        end(input);
        if (output != input) {
            end(output);
        }
    }

    private void end(Fd fd) {
        switch (end) {
            case NONE -> {}
            case CLOSE -> fd.close();
            case SHUTDOWN -> {
                if (fd.isOpen()) {
                    Libc.shutdown(fd.number(), Linux.SHUT_RDWR);
                    fd.close();
                }
            }
        }
    }

    /** The descriptor that is read. */
    protected final Fd input() {
        return input;
    }

    /** The descriptor that is written. */
    protected final Fd output() {
        return output;
    }

    @Override
    public Direction direction() {
        return direction;
    }

    @Override
    public int readDescriptor() {
        return input.number();
    }

    @Override
    public int writeDescriptor() {
        return output.number();
    }

    @Override
    public int rawInput() {
        return packets ? NONE : input.number();
    }

    @Override
    public int rawOutput() {
        return packets ? NONE : output.number();
    }

    @Override
    public boolean keepsPackets() {
        return packets;
    }
}
