package org.jsocat.core.run;

import org.jsocat.spi.posix.ControlMessage;
import org.jsocat.spi.posix.Errno;
import org.jsocat.spi.posix.Fd;
import org.jsocat.spi.posix.Libc;
import org.jsocat.spi.posix.Linux;
import org.jsocat.spi.posix.PosixException;
import org.jsocat.spi.posix.SocketMessage;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * One end of the socket pair between a program and its worker: a packet for each message
 * (SOCK_SEQPACKET), descriptors beside the bytes (SCM_RIGHTS, unix(7)). Blocks. One thread sends
 * and one receives at a time.
 */
final class WorkerChannel implements AutoCloseable {
    /** What the worker says of itself: it has its identity, or could not get it. */
    static final int ITSELF = 0;

    private static final int ROOM = 256 * 1024;
    private static final int CONTROL_ROOM = 64;

    private static final byte[] NOTHING = {};

    private final Fd socket;
    private final Arena arena = Arena.ofAuto();
    private final MemorySegment sending = arena.allocate(ROOM);
    private final MemorySegment receiving = arena.allocate(ROOM);
    private final SocketMessage out = new SocketMessage(CONTROL_ROOM);
    private final SocketMessage in = new SocketMessage(CONTROL_ROOM);

    WorkerChannel(Fd socket) {
        this.socket = socket;
    }

    /**
     * A first side that a worker is to relay.
     *
     * @param number its number, above 0
     * @param whole whether the descriptors are those of the address itself, whose options hold
     * @param variables its environment
     * @param descriptors one for both directions, or one to read and one to write
     */
    record Order(int number, boolean whole, Map<String, String> variables, List<Fd> descriptors) {}

    /**
     * What has become of an order.
     *
     * @param number the order's, or {@link #ITSELF}
     * @param status an exit status
     */
    record Report(int number, int status) {}

    /**
     * Sends an order; its descriptors stay the caller's.
     *
     * @throws PosixException where the worker has ended
     */
    synchronized void send(Order order) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream data = new DataOutputStream(bytes)) {
            data.writeInt(order.number);
            data.writeBoolean(order.whole);
            data.writeInt(order.variables.size());
            for (Map.Entry<String, String> variable : order.variables.entrySet()) {
                data.writeUTF(variable.getKey());
                data.writeUTF(variable.getValue());
            }
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        send(bytes.toByteArray(), order.descriptors);
    }

    /** Sends a report. */
    synchronized void send(Report report) {
        send(
                ByteBuffer.allocate(2 * Integer.BYTES)
                        .putInt(report.number)
                        .putInt(report.status)
                        .array(),
                List.of());
    }

    private void send(byte[] bytes, List<Fd> descriptors) {
        out.clear();
        if (!descriptors.isEmpty()) {
            ByteBuffer rights =
                    ByteBuffer.allocate(descriptors.size() * Integer.BYTES)
                            .order(ByteOrder.nativeOrder());
            descriptors.forEach(fd -> rights.putInt(fd.number()));
            out.add(new ControlMessage(Linux.SOL_SOCKET, Linux.SCM_RIGHTS, rights.array()));
        }
        MemorySegment.copy(bytes, 0, sending, ValueLayout.JAVA_BYTE, 0, bytes.length);
        long count;
        do {
            count = out.send(socket.number(), sending, 0, bytes.length, Linux.MSG_NOSIGNAL);
        } while (count == -Errno.EINTR);
        PosixException.check(count, () -> "sendmsg(" + socket + ")");
    }

    /** What is readable when an order has come, or the program has ended. */
    int descriptor() {
        return socket.number();
    }

    /** Waits for the next order; empty when the program has ended. */
    Optional<Order> order() {
        return order(receive(0));
    }

    /**
     * The orders that have come, without waiting. Any number of threads.
     *
     * @param most how many at a time
     * @return whether the program is still there
     */
    boolean orders(int most, Consumer<Order> taker) {
        for (int i = 0; i < most; i++) {
            Optional<Order> order;
            synchronized (in) {
                byte[] bytes = receive(Linux.MSG_DONTWAIT);
                if (bytes == NOTHING) {
                    return true;
                }
                order = order(bytes);
            }
            if (order.isEmpty()) {
                return false;
            }
            taker.accept(order.get());
        }
        return true;
    }

    private Optional<Order> order(byte[] bytes) {
        if (bytes.length == 0) {
            return Optional.empty();
        }
        List<Fd> descriptors = descriptors();
        try (DataInputStream data = new DataInputStream(new ByteArrayInputStream(bytes))) {
            int number = data.readInt();
            boolean whole = data.readBoolean();
            Map<String, String> variables = new LinkedHashMap<>();
            for (int left = data.readInt(); left > 0; left--) {
                variables.put(data.readUTF(), data.readUTF());
            }
            return Optional.of(new Order(number, whole, variables, descriptors));
        } catch (IOException truncated) {
            throw new UncheckedIOException(truncated);
        }
    }

    private List<Fd> descriptors() {
        List<Fd> descriptors = new ArrayList<>(2);
        for (ControlMessage control : in.controls()) {
            if (control.level() == Linux.SOL_SOCKET && control.type() == Linux.SCM_RIGHTS) {
                ByteBuffer rights = ByteBuffer.wrap(control.data()).order(ByteOrder.nativeOrder());
                while (rights.remaining() >= Integer.BYTES) {
                    descriptors.add(new Fd(rights.getInt()));
                }
            }
        }
        return descriptors;
    }

    /** Waits for the next report; empty when the worker has ended. */
    Optional<Report> report() {
        byte[] bytes = receive(0);
        if (bytes.length < 2 * Integer.BYTES) {
            return Optional.empty();
        }
        ByteBuffer report = ByteBuffer.wrap(bytes);
        return Optional.of(new Report(report.getInt(), report.getInt()));
    }

    /**
     * One packet; of no length where the other end is gone, {@link #NOTHING} where none has come.
     */
    private byte[] receive(int flags) {
        long count;
        do {
            count = in.receive(socket.number(), receiving, 0, ROOM, flags);
        } while (count == -Errno.EINTR);
        if (count == -Errno.EAGAIN) {
            return NOTHING;
        }
        byte[] bytes = new byte[(int) Math.max(0, count)];
        MemorySegment.copy(receiving, ValueLayout.JAVA_BYTE, 0, bytes, 0, bytes.length);
        return bytes;
    }

    /** Wakes whoever receives, here and at the other end. */
    void shutdown() {
        Libc.shutdown(socket.number(), Linux.SHUT_RDWR);
    }

    @Override
    public void close() {
        socket.close();
    }
}
