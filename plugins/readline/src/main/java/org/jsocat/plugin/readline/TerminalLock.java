package org.jsocat.plugin.readline;

import java.util.concurrent.locks.ReentrantLock;

/**
 * Who may use the terminal: the editor for as long as a line takes, or output between lines, as in
 * the reference, which does one thing at a time.
 */
final class TerminalLock {
    private final ReentrantLock lock = new ReentrantLock(true);

    void acquire() {
        lock.lock();
    }

    void release() {
        lock.unlock();
    }
}
