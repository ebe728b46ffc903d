package org.jsocat.spi;

import org.jsocat.spi.posix.Errno;
import org.jsocat.spi.posix.Fd;
import org.jsocat.spi.posix.FileStatus;
import org.jsocat.spi.posix.Libc;
import org.jsocat.spi.posix.Linux;
import org.jsocat.spi.posix.PosixException;
import org.slf4j.Logger;

import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * An endpoint over one descriptor, or over one to read and one to write: files, pipes, sockets,
 * terminals.
 *
 * <p>How it ends follows the {@code shut-*} and {@code end-close} options of the address and
 * otherwise the kind of the descriptor: sockets are shut down, everything else is closed (socat(1),
 * section "SOCKET option group").
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

    /** A socket that is shut down looks like one with empty packets for ever. */
    private static final int MOST_EMPTY_PACKETS = 1000;

    private final Fd input;
    private final Fd output;
    private final Direction direction;
    private final Nature inputNature;
    private final Nature outputNature;
    private final boolean packets;
    private final Shutdown shutdown;
    private final End end;
    private final boolean coolWrite;
    private final boolean nullEof;
    private List<Fact> facts;
    private Optional<Boolean> ends;

    /** Where closing is told; null where nobody listens. */
    private final Logger log;

    private long failedBuffer;
    private boolean atEnd;
    private boolean outputDown;
    private boolean closed;

    /** An endpoint of a special kind, as its builder says; the options of the address win. */
    protected DescriptorEndpoint(Builder builder) {
        builder.applyOptions();
        input = builder.input;
        output = builder.output;
        direction = builder.direction;
        packets = builder.packets;
        inputNature = Nature.of(input, builder.socket);
        outputNature = input == output ? inputNature : Nature.of(output, builder.socket);
        shutdown = builder.shutdown;
        end = builder.end;
        coolWrite = builder.coolWrite;
        nullEof = builder.nullEof;
        facts = builder.facts;
        ends = builder.ends;
        log = builder.context == null ? null : builder.context.log();
    }

    /** A second endpoint over the same open files. */
    protected DescriptorEndpoint(DescriptorEndpoint other) {
        input = other.input.duplicate();
        output = other.output == other.input ? input : other.output.duplicate();
        direction = other.direction;
        packets = other.packets;
        inputNature = other.inputNature;
        outputNature = other.outputNature;
        shutdown = other.shutdown;
        end = other.end == End.NONE ? End.CLOSE : other.end;
        coolWrite = other.coolWrite;
        nullEof = other.nullEof;
        facts = other.facts;
        ends = other.ends;
        log = other.log;
    }

    /** Starts an endpoint over one descriptor for both directions, which it owns. */
    public static Builder over(OpenContext context, Fd fd) {
        return new Builder(context, fd, fd);
    }

    /** Starts an endpoint over one descriptor to read and one to write, both of which it owns. */
    public static Builder over(OpenContext context, Fd input, Fd output) {
        return new Builder(context, input, output);
    }

    /**
     * Starts an endpoint over a descriptor that belongs to no address, so that no option acts on
     * it.
     */
    public static Builder over(Fd fd, Direction direction) {
        return new Builder(fd, fd, direction);
    }

    /** The same for one descriptor to read and one to write. */
    public static Builder over(Fd input, Fd output) {
        return new Builder(input, output, Direction.BOTH);
    }

    /**
     * Collects what the endpoint depends on; every setting has the default of a plain stream that
     * is closed.
     */
    public static final class Builder {
        private final Fd input;
        private final Fd output;
        private Direction direction;
        private boolean socket;
        private boolean packets;
        private Shutdown shutdown = Shutdown.CLOSE;
        private End end = End.CLOSE;
        private boolean nullEof;
        private boolean coolWrite;
        private List<Fact> facts = List.of();
        private Optional<Boolean> ends = Optional.empty();
        private final OpenContext context;

        private Builder(OpenContext context, Fd input, Fd output) {
            this.context = context;
            this.input = Objects.requireNonNull(input);
            this.output = Objects.requireNonNull(output);
            direction = context.direction();
            coolWrite = context.flag(FdOptions.COOL_WRITE);
        }

        private Builder(Fd input, Fd output, Direction direction) {
            context = null;
            this.input = Objects.requireNonNull(input);
            this.output = Objects.requireNonNull(output);
            this.direction = direction;
        }

        /** That nobody reads any more is no error, as with the option {@code cool-write}. */
        public Builder coolWrite() {
            coolWrite = true;
            return this;
        }

        /** The descriptor is a socket: shut down at the end. */
        public Builder socket() {
            socket = true;
            shutdown = Shutdown.DOWN;
            end = End.SHUTDOWN;
            return this;
        }

        /**
         * The descriptor is a socket that keeps packets; an empty one ends the stream where {@code
         * nullEof}.
         */
        public Builder packets(boolean nullEof) {
            packets = true;
            this.nullEof = nullEof;
            return this;
        }

        /** Has the endpoint know something, see {@link Endpoint#facts()}. */
        public Builder knowing(Fact fact) {
            List<Fact> all = new ArrayList<>(facts);
            all.add(fact);
            facts = all;
            return this;
        }

        /**
         * The socket has its two addresses, which are a fact ({@link SocketEnds}); the kernel is
         * asked for them when somebody wants to know.
         *
         * @param hasPorts whether the ports of Internet addresses mean something
         */
        public Builder connected(boolean hasPorts) {
            ends = Optional.of(hasPorts);
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

        /**
         * Makes the endpoint; the options {@code shut-*} and {@code end-close} of the address win.
         */
        public DescriptorEndpoint build() {
            return new DescriptorEndpoint(this);
        }

        private void applyOptions() {
            if (context == null) {
                return;
            }
            if (context.flag(FdOptions.END_CLOSE) && end == End.SHUTDOWN) {
                shutdown = Shutdown.NONE; // a socket that is not shut down at the end is not before
            }
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
        }
    }

    /**
     * What a descriptor is, as far as reading and writing depend on it.
     *
     * @param file whether it is a regular file, for which no event ever comes
     * @param socket whether it takes recv(2) and send(2), which can be told not to wait
     * @param mayWait whether it must be asked by poll(2) first: it was inherited, so it is not ours
     *     to make non-blocking
     * @param flags what keeps recv(2) and send(2) from waiting
     * @param readable whether splice(2) may read from it without waiting
     * @param writable the same for writing; the kernel does not splice to a file that is appended
     *     to
     */
    private record Nature(
            boolean file,
            boolean socket,
            boolean mayWait,
            int flags,
            boolean readable,
            boolean writable) {
        static Nature of(Fd fd, boolean socket) {
            int number = fd.number();
            int status =
                    PosixException.check(
                            Libc.fcntl(number, Linux.F_GETFL, 0),
                            () -> "fcntl(" + number + ", F_GETFL)");
            boolean waits = (status & Linux.O_NONBLOCK) == 0;
            int type = socket ? Linux.S_IFSOCK : FileStatus.modeOf(number) & Linux.S_IFMT;
            return switch (type) {
                case Linux.S_IFSOCK ->
                        new Nature(
                                false, true, false, waits ? Linux.MSG_DONTWAIT : 0, !waits, !waits);
                case Linux.S_IFREG ->
                        new Nature(true, false, false, 0, true, (status & Linux.O_APPEND) == 0);
                case Linux.S_IFIFO -> new Nature(false, false, waits, 0, true, true);
                default -> new Nature(false, false, waits, 0, false, false);
            };
        }
    }

    @Override
    public int read(ByteBuffer target) {
        if (inputNature.mayWait && Libc.poll(input.number(), Linux.POLLIN, 0) == 0) {
            return 0;
        }
        int room = target.remaining();
        MemorySegment memory = MemorySegment.ofBuffer(target);
        long count;
        int skipped = 0;
        do {
            count =
                    inputNature.socket
                            ? Libc.recv(input.number(), memory, 0, room, inputNature.flags)
                            : Libc.read(input.number(), memory, 0, room);
        } while (count == -Errno.EINTR
                || (count == 0 && isEmptyPacket() && ++skipped < MOST_EMPTY_PACKETS));
        atEnd = count == 0;
        if (count > 0) {
            target.position(target.position() + (int) count);
            return (int) count;
        }
        if (count == 0) {
            if (awaitsWriter()) {
                return 0;
            }
            return isEmptyPacket() ? 0 : END;
        }
        int errno = (int) -count;
        if (errno == Errno.EAGAIN) {
            return 0;
        }
        failedBuffer = memory.address();
        return readFailed(errno, room);
    }

    /**
     * Whether a read of nothing is no end: packets behind an empty one raise no event of their own.
     */
    private boolean isEmptyPacket() {
        return packets && !nullEof && inputNature.socket;
    }

    /**
     * Whether the descriptor is a named pipe, opened non-blocking, that no writer has opened yet:
     * reading it says end, only poll(2) tells it from one whose writers have gone (pipe(7)).
     */
    private boolean awaitsWriter() {
        if (inputNature.socket) {
            return false;
        }
        int number = input.number();
        return (FileStatus.modeOf(number) & Linux.S_IFMT) == Linux.S_IFIFO
                && Libc.poll(number, Linux.POLLIN, 0) == 0;
    }

    /** What a failed read means; a terminal's EIO is the end, for one. */
    protected int readFailed(int errno, int room) {
        throw new PosixException(errno, call("read", input, failedBuffer, room));
    }

    /** The failed call as the reference shows it. */
    private static String call(String name, Fd fd, long buffer, int length) {
        String shown = buffer == 0 ? "" : "0x" + Long.toHexString(buffer);
        return name + "(" + fd + ", " + shown + ", " + length + ")";
    }

    @Override
    public int write(ByteBuffer source) {
        if (!outputNature.mayWait) {
            return write(source, source.remaining());
        }
        // Until it is full, for only then does the kernel tell when it can take more.
        int total = 0;
        while (source.hasRemaining()) {
            int ready = Libc.poll(output.number(), Linux.POLLOUT, 0);
            if (ready == 0) {
                break;
            }
            if (ready > 0) {
                total += write(source, Math.min(source.remaining(), ATOMIC));
            }
        }
        return total;
    }

    private int write(ByteBuffer source, int length) {
        MemorySegment memory = MemorySegment.ofBuffer(source);
        long count;
        do {
            count =
                    outputNature.socket
                            ? Libc.send(
                                    output.number(),
                                    memory,
                                    0,
                                    length,
                                    outputNature.flags | Linux.MSG_NOSIGNAL)
                            : Libc.write(output.number(), memory, 0, length);
        } while (count == -Errno.EINTR);
        if (count >= 0) {
            source.position(source.position() + (int) count);
            return (int) count;
        }
        int errno = (int) -count;
        if (errno == Errno.EAGAIN) {
            return 0;
        }
        PosixException failure =
                new PosixException(errno, call("write", output, memory.address(), length));
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
            case DOWN -> shutDown(output, Linux.SHUT_WR);
            case NULL -> sendEmpty();
            case CLOSE -> {
                if (output != input || direction == Direction.WRITE) {
                    closeLoud(output);
                }
            }
        }
    }

    /** Sends an empty packet, as {@link Shutdown#NULL} has it. */
    protected void sendEmpty() {
        int flags = outputNature.flags | Linux.MSG_NOSIGNAL;
        Libc.send(output.number(), MemorySegment.NULL, 0, 0, flags);
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

    /** It ends as this one would: shutting a socket down is felt by all that share it. */
    @Override
    public Endpoint share() {
        return new DescriptorEndpoint(this);
    }

    @Override
    public void release() {
        if (closed) {
            return;
        }
        closed = true;
        release(input);
        if (output != input) {
            release(output);
        }
    }

    private void release(Fd fd) {
        if (end != End.NONE && fd.isOpen()) {
            fd.setNonBlocking(false);
            fd.close();
        }
    }

    private void end(Fd fd) {
        switch (end) {
            case NONE -> {}
            case CLOSE -> closeLoud(fd);
            case SHUTDOWN -> {
                if (fd.isOpen()) {
                    shutDown(fd, Linux.SHUT_RDWR);
                    fd.close();
                }
            }
        }
    }

    private void closeLoud(Fd fd) {
        if (log != null && fd.isOpen() && log.isDebugEnabled()) {
            log.debug("close({})", fd);
        }
        fd.close();
    }

    private void shutDown(Fd fd, int how) {
        int result = Libc.shutdown(fd.number(), how);
        if (log != null && log.isDebugEnabled()) {
            log.debug("shutdown({}, {})", fd, how);
            if (result < 0) {
                log.debug("shutdown({}, {}): {}", fd, how, Errno.text(-result));
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
    public List<Fact> facts() {
        if (ends.isPresent() && !closed) {
            List<Fact> all = new ArrayList<>(facts);
            all.add(SocketEnds.of(input, ends.get()));
            facts = List.copyOf(all);
            ends = Optional.empty();
        }
        return facts;
    }

    /** Asks the kernel for nothing that nobody wants to know: each relay looks for some facts. */
    @Override
    public <T> Optional<T> known(Class<T> type) {
        if (type.isAssignableFrom(SocketEnds.class)) {
            return Endpoint.super.known(type);
        }
        for (Fact fact : facts) {
            if (type.isInstance(fact)) {
                return Optional.of(type.cast(fact));
            }
        }
        return Optional.empty();
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
        return packets || !inputNature.readable ? NONE : input.number();
    }

    @Override
    public int rawOutput() {
        return packets || !outputNature.writable ? NONE : output.number();
    }

    /**
     * A file always has bytes at hand, up to its end; after that it is asked again only when the
     * relay wants to.
     */
    @Override
    public boolean hasPending() {
        return inputNature.file && !atEnd && !closed;
    }

    @Override
    public boolean keepsPackets() {
        return packets;
    }
}
