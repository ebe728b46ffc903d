package org.jsocat.spi.posix;

/**
 * How a process ended, or that it was stopped or continued: the status that waitpid(2) gives.
 *
 * @param status the status as C has it
 * @since 0.1
 */
public record ExitStatus(int status) {

    /**
     * Whether the process called exit(3) or returned from main.
     *
     * @return WIFEXITED
     */
    public boolean isExited() {
        return (status & 0x7f) == 0;
    }

    /**
     * The code that it passed to exit(3).
     *
     * @return 0 to 255; means nothing unless {@link #isExited}
     */
    public int code() {
        return status >> 8 & 0xff;
    }

    /**
     * Whether a signal ended the process.
     *
     * @return WIFSIGNALED
     */
    public boolean isSignalled() {
        int low = status & 0x7f;
        return low != 0 && low != 0x7f;
    }

    /**
     * Whether a signal stopped the process.
     *
     * @return WIFSTOPPED
     */
    public boolean isStopped() {
        return (status & 0xff) == 0x7f;
    }

    /**
     * Whether a stopped process goes on.
     *
     * @return WIFCONTINUED
     */
    public boolean isContinued() {
        return status == 0xffff;
    }

    /**
     * The signal that ended or stopped the process.
     *
     * @return its number; means nothing unless {@link #isSignalled} or {@link #isStopped}
     */
    public int signal() {
        return isStopped() ? status >> 8 & 0xff : status & 0x7f;
    }
}
