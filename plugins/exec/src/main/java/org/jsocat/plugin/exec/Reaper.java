package org.jsocat.plugin.exec;

import org.jsocat.spi.posix.ChildProcess;
import org.jsocat.spi.posix.Epoll;
import org.jsocat.spi.posix.Linux;
import org.jsocat.spi.posix.PosixException;

import java.util.HashMap;
import java.util.Map;

/**
 * Takes the exit status of programs whose relay has ended before them, so that no zombie stays: one
 * daemon thread for all, started with the first.
 */
final class Reaper implements Runnable {
    private static final int BATCH = 64;

    private static Reaper instance;

    private final Epoll epoll = new Epoll(BATCH);
    private final Map<Integer, ChildProcess> processes = new HashMap<>();

    private Reaper() {}

    /** Takes a process over; it is closed when it has ended. */
    static void take(ChildProcess process) {
        instance().add(process);
    }

    private static synchronized Reaper instance() {
        if (instance == null) {
            instance = new Reaper();
            Thread.ofPlatform().daemon().name("reaper").start(instance);
        }
        return instance;
    }

    private void add(ChildProcess process) {
        int fd = process.descriptor().number();
        synchronized (processes) {
            processes.put(fd, process);
        }
        PosixException.check(epoll.add(fd, Linux.EPOLLIN, fd), "epoll_ctl(EPOLL_CTL_ADD)");
    }

    @Override
    public void run() {
        while (true) {
            int count = epoll.await(-1);
            for (int i = 0; i < count; i++) {
                reap((int) epoll.token(i));
            }
        }
    }

    private void reap(int fd) {
        ChildProcess process;
        synchronized (processes) {
            process = processes.get(fd);
        }
        if (process != null && process.poll().isPresent()) {
            synchronized (processes) {
                processes.remove(fd);
            }
            epoll.remove(fd);
            process.close();
        }
    }
}
