package org.jsocat.spi.posix;

import java.util.Optional;

/**
 * A child of this process, held by its number and by a process descriptor (pidfd_open(2)) which
 * becomes readable when it ends, so that event loops can wait for it.
 *
 * <p>Thread-safe. The child remains a zombie until {@link #waitFor()}, {@link #waitFor(long)} or
 * {@link #poll} has given its exit status. {@link #close} frees the descriptor only: it neither
 * ends the child nor waits for it.
 *
 * @since 0.1
 */
public final class ChildProcess implements AutoCloseable {

    private final int pid;
    private final Fd descriptor;
    private ExitStatus status;

    private ChildProcess(int pid, Fd descriptor) {
        this.pid = pid;
        this.descriptor = descriptor;
    }

    /**
     * Takes a child that was just started. Where it cannot be held by a descriptor it is ended
     * again.
     */
    static ChildProcess of(int pid) {
        int result = Libc.pidfdOpen(pid, 0);
        if (result < 0) {
            Libc.kill(pid, Linux.SIGKILL);
            Libc.waitpid(pid, 0);
            throw new PosixException(-result, "pidfd_open(" + pid + ", 0)");
        }
        return new ChildProcess(pid, new Fd(result));
    }

    /**
     * The process's number.
     *
     * @return the number, which the kernel may give to another process after the exit status was
     *     taken
     */
    public int pid() {
        return pid;
    }

    /**
     * The process's descriptor: readable (POLLIN) when the process has ended.
     *
     * @return the descriptor; this object owns it
     */
    public Fd descriptor() {
        return descriptor;
    }

    /**
     * Takes the exit status if the process has ended. Does not block.
     *
     * @return the status, the same one every time; empty while the process runs
     * @throws PosixException if waitpid(2) fails: ECHILD if something else has taken the status
     */
    public Optional<ExitStatus> poll() {
        synchronized (this) {
            if (status == null) {
                long result = Libc.waitpid(pid, Linux.WNOHANG);
                if (result == 0) {
                    return Optional.empty();
                }
                PosixException.check(result, "waitpid(" + pid + ", ..., WNOHANG)");
                status = new ExitStatus((int) result);
            }
            return Optional.of(status);
        }
    }

    /**
     * Waits until the process has ended and takes its exit status. Parks a virtual thread, blocks a
     * platform thread. An interrupt does not end the wait; the thread is interrupted afterwards.
     *
     * @return the status
     * @throws PosixException if waitpid(2) or poll(2) fails
     */
    public ExitStatus waitFor() {
        boolean interrupted = false;
        try {
            while (true) {
                Optional<ExitStatus> result = waitFor(-1);
                if (result.isPresent()) {
                    return result.get();
                }
                interrupted |= Thread.interrupted();
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /**
     * Waits for a while until the process has ended and takes its exit status.
     *
     * @param timeoutNanos nanoseconds; negative waits for ever, 0 does not wait
     * @return the status; empty after the timeout or where the calling virtual thread is
     *     interrupted
     * @throws PosixException if waitpid(2) or poll(2) fails
     */
    public Optional<ExitStatus> waitFor(long timeoutNanos) {
        Optional<ExitStatus> result = poll();
        if (result.isPresent() || timeoutNanos == 0) {
            return result;
        }
        int fd = descriptor.number();
        int ready = Readiness.await(fd, Linux.POLLIN, timeoutNanos);
        if (ready < 0 && ready != -Errno.EINTR) {
            throw new PosixException(-ready, "poll({" + fd + ", POLLIN}, 1, ...)");
        }
        return ready > 0 ? poll() : Optional.empty();
    }

    /**
     * Sends a signal to the process, never to a later one with the same number.
     *
     * @param signal the signal
     * @return 0, or the negated errno: ESRCH if the exit status was taken
     */
    public int kill(int signal) {
        return Libc.pidfdSendSignal(descriptor.number(), signal);
    }

    @Override
    public void close() {
        descriptor.close();
    }
}
