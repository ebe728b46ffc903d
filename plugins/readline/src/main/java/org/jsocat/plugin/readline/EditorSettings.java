package org.jsocat.plugin.readline;

import org.jsocat.spi.posix.Linux;
import org.jsocat.spi.posix.Termios;

/**
 * Changes the settings of the terminal for the editor until the terminal has been given back: a
 * thread that leaves the editor after that would undo what has been restored.
 *
 * <p>Safe for use by several threads.
 */
final class EditorSettings {
    private boolean over;

    /** Changes them: tcsetattr(3); the negated errno where that fails. */
    synchronized int apply(Termios termios, int fd) {
        return over ? 0 : termios.apply(fd, Linux.TCSADRAIN);
    }

    /** Changes nothing any more. */
    synchronized void giveBack() {
        over = true;
    }
}
