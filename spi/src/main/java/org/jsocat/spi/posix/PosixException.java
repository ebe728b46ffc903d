package org.jsocat.spi.posix;

import java.util.function.Supplier;

/**
 * A system call that failed.
 *
 * <p>The message is what a C program would print: the call with its arguments, a colon, and
 * strerror's text, for example {@code connect(5, AF=2 127.0.0.1:9, 16): Connection refused}.
 * Scripts match such lines.
 *
 * <p>It carries no stack trace: it tells about the system, not about the code, and is thrown for
 * every refused connection.
 *
 * @since 0.1
 */
public final class PosixException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final int errno;
    private final String call;

    /**
     * Makes an exception.
     *
     * @param errno the error number, positive
     * @param call the call with its arguments as C would write it
     */
    public PosixException(int errno, String call) {
        super(call + ": " + Errno.text(errno), null, false, false);
        this.errno = errno;
        this.call = call;
    }

    /**
     * The error number.
     *
     * @return a positive number, see {@link Errno}
     */
    public int errno() {
        return errno;
    }

    /**
     * The call with its arguments.
     *
     * @return for example {@code connect(5, AF=2 127.0.0.1:9, 16)}
     */
    public String call() {
        return call;
    }

    /**
     * Passes a result on, or throws if it is a negated errno.
     *
     * @param result what a method of {@link Libc} returned
     * @param call the call with its arguments; made on every call of this method, so not for hot
     *     paths
     * @return the result
     */
    public static long check(long result, String call) {
        if (result < 0) {
            throw new PosixException((int) -result, call);
        }
        return result;
    }

    /**
     * Passes a result on, or throws if it is a negated errno.
     *
     * @param result what a method of {@link Libc} returned
     * @param call the call with its arguments; made on every call of this method, so not for hot
     *     paths
     * @return the result
     */
    public static int check(int result, String call) {
        if (result < 0) {
            throw new PosixException(-result, call);
        }
        return result;
    }

    /**
     * Passes a result on, or throws if it is a negated errno.
     *
     * @param result what a method of {@link Libc} returned
     * @param call gives the call with its arguments; asked only after a failure
     * @return the result
     */
    public static long check(long result, Supplier<String> call) {
        if (result < 0) {
            throw new PosixException((int) -result, call.get());
        }
        return result;
    }

    /**
     * Passes a result on, or throws if it is a negated errno.
     *
     * @param result what a method of {@link Libc} returned
     * @param call gives the call with its arguments; asked only after a failure
     * @return the result
     */
    public static int check(int result, Supplier<String> call) {
        if (result < 0) {
            throw new PosixException(-result, call.get());
        }
        return result;
    }
}
