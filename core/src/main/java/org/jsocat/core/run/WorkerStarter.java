package org.jsocat.core.run;

import org.jsocat.spi.posix.ChildProcess;
import org.jsocat.spi.posix.Fd;

/**
 * Starts another process of this program, with the same command line, which runs {@link
 * Session#serve} instead of opening the addresses itself.
 *
 * @since 1.0
 */
@FunctionalInterface
public interface WorkerStarter {
    /**
     * Starts it.
     *
     * @param channel the worker's end of the socket pair to this process; the caller closes it here
     * @return the process
     * @throws org.jsocat.spi.posix.PosixException where it cannot be started
     */
    ChildProcess start(Fd channel);
}
