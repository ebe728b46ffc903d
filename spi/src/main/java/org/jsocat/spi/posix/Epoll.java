package org.jsocat.spi.posix;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.ref.Reference;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * An epoll(7) instance: waits for any number of descriptors, each told by a token of the caller's
 * choice.
 *
 * <p>{@link #await} and reading its results are for one thread. {@link #add}, {@link #modify} and
 * {@link #remove} may be called by any thread, also while another one waits. {@link #close} must
 * not be called while a thread waits; use an {@link EventFd} to end its wait first.
 *
 * <p>A descriptor leaves the set by itself when the last duplicate of it is closed.
 *
 * @since 0.1
 */
public final class Epoll implements AutoCloseable {

    private final Fd fd;
    private final int number;
    private final int capacity;
    private final ByteBuffer events;
    private final long address;

    /**
     * Makes an empty set.
     *
     * @param capacity how many events one {@link #await} gives at most
     * @throws PosixException if epoll_create1(2) fails
     */
    public Epoll(int capacity) {
        int result = Libc.epollCreate1(0);
        if (result < 0) {
            throw new PosixException(-result, "epoll_create1(EPOLL_CLOEXEC)");
        }
        fd = new Fd(result);
        number = result;
        this.capacity = capacity;
        MemorySegment memory =
                Arena.ofAuto().allocate((long) capacity * Platform.EPOLL_EVENT_BYTES, 8);
        // The buffer keeps the memory alive.
        events = memory.asByteBuffer().order(ByteOrder.nativeOrder());
        address = memory.address();
    }

    /**
     * Adds a descriptor.
     *
     * @param fd the descriptor
     * @param events a mask of EPOLLIN, EPOLLOUT, EPOLLRDHUP, EPOLLET, EPOLLONESHOT and the like;
     *     EPOLLERR and EPOLLHUP are always told
     * @param token what {@link #token} is to give for it
     * @return 0, or the negated errno: EEXIST if it is in the set already, EPERM if it is a file
     *     that cannot be waited for
     */
    public int add(int fd, int events, long token) {
        return control(Linux.EPOLL_CTL_ADD, fd, events, token);
    }

    /**
     * Changes what a descriptor is waited for.
     *
     * @param fd the descriptor
     * @param events as in {@link #add}
     * @param token what {@link #token} is to give for it
     * @return 0, or the negated errno: ENOENT if it is not in the set
     */
    public int modify(int fd, int events, long token) {
        return control(Linux.EPOLL_CTL_MOD, fd, events, token);
    }

    /**
     * Takes a descriptor out.
     *
     * @param fd the descriptor
     * @return 0, or the negated errno: ENOENT if it is not in the set
     */
    public int remove(int fd) {
        return Libc.epollCtl(number, Linux.EPOLL_CTL_DEL, fd, 0);
    }

    /**
     * Waits until there are events.
     *
     * @param timeoutMillis milliseconds; negative waits for ever, 0 does not wait
     * @return how many there are, 0 after the timeout, or the negated errno: EINTR if a signal came
     */
    public int await(int timeoutMillis) {
        int count = Libc.epollWait(number, address, capacity, timeoutMillis);
        Reference.reachabilityFence(events);
        return count;
    }

    /**
     * The events that the last {@link #await} gave for one descriptor.
     *
     * @param index less than what it returned
     * @return a mask of EPOLLIN and the like
     */
    public int events(int index) {
        return events.getInt(index * Platform.EPOLL_EVENT_BYTES);
    }

    /**
     * The token of one descriptor that the last {@link #await} gave.
     *
     * @param index less than what it returned
     * @return as given to {@link #add} or {@link #modify}
     */
    public long token(int index) {
        return events.getLong(index * Platform.EPOLL_EVENT_BYTES + Platform.EPOLL_EVENT_DATA);
    }

    /**
     * The instance's own descriptor, which is readable when there are events.
     *
     * @return the descriptor; this object owns it
     */
    public Fd fd() {
        return fd;
    }

    @Override
    public void close() {
        fd.close();
    }

    private int control(int operation, int fd, int events, long token) {
        CallState state = CallState.current();
        state.struct.putInt(0, events);
        state.struct.putLong(Platform.EPOLL_EVENT_DATA, token);
        return Libc.epollCtl(number, operation, fd, state.structAddress);
    }
}
