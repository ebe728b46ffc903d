package org.jsocat.spi;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * The wake-ups that the addresses of one relay have asked for, and what runs their endpoints: an
 * event loop, a blocking view. Plugins use {@link OpenContext#wakeup()}; this is for whoever calls
 * endpoints.
 *
 * <p>Thread-safe.
 *
 * @since 1.0
 */
public final class Wakeups {
    /** What calls the endpoints. Its methods are called from any thread and must not block. */
    public interface Runner {
        /** All endpoints are to be called again. */
        void wake();

        /** {@link #next} has become earlier. */
        void sooner();
    }

    private final List<Alarm> alarms = new CopyOnWriteArrayList<>();
    private final List<Runner> runners = new CopyOnWriteArrayList<>();

    /** None yet. */
    public Wakeups() {}

    private final class Alarm implements Wakeup {
        private boolean set;
        private long at;

        @Override
        public void now() {
            for (Runner runner : runners) {
                runner.wake();
            }
        }

        @Override
        public void after(Duration time) {
            long due = System.nanoTime() + time.toNanos();
            boolean sooner;
            synchronized (Wakeups.this) {
                sooner = !isSet() || due - next() < 0;
                set = true;
                at = due;
            }
            if (sooner) {
                for (Runner runner : runners) {
                    runner.sooner();
                }
            }
        }
    }

    /** One more. */
    public Wakeup wakeup() {
        Alarm alarm = new Alarm();
        alarms.add(alarm);
        return alarm;
    }

    /** Has a runner told from now on. */
    public void attach(Runner runner) {
        runners.add(runner);
    }

    /** Has a runner told no more. */
    public void detach(Runner runner) {
        runners.remove(runner);
    }

    /** Whether a time is set. */
    public boolean isSet() {
        return !alarms.isEmpty() && anySet();
    }

    private synchronized boolean anySet() {
        for (Alarm alarm : alarms) {
            if (alarm.set) {
                return true;
            }
        }
        return false;
    }

    /**
     * The earliest time that is set, in the time of {@link System#nanoTime()}.
     *
     * @throws IllegalStateException unless {@link #isSet}
     */
    public synchronized long next() {
        Alarm first = null;
        for (Alarm alarm : alarms) {
            if (alarm.set && (first == null || alarm.at - first.at < 0)) {
                first = alarm;
            }
        }
        if (first == null) {
            throw new IllegalStateException("no time is set");
        }
        return first.at;
    }

    /**
     * Forgets the times that have come; the endpoints are to be called again then.
     *
     * @param caller knows by the result; others that run the same endpoints are woken
     * @return whether there were any
     */
    public boolean expire(long now, Runner caller) {
        if (alarms.isEmpty()) {
            return false;
        }
        boolean due = false;
        synchronized (this) {
            for (Alarm alarm : alarms) {
                if (alarm.set && alarm.at - now <= 0) {
                    alarm.set = false;
                    due = true;
                }
            }
        }
        if (due) {
            for (Runner runner : runners) {
                if (runner != caller) {
                    runner.wake();
                }
            }
        }
        return due;
    }
}
