package org.jsocat.cli;

import org.jsocat.core.run.TransferCounts;
import org.jsocat.spi.Direction;
import org.jsocat.spi.Endpoint;
import org.jsocat.spi.RelayInfo;
import org.jsocat.spi.posix.FileStatus;
import org.jsocat.spi.posix.Libc;
import org.jsocat.spi.posix.Linux;
import org.jsocat.spi.posix.PosixException;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * The line that {@code --progress} keeps up to date on a terminal: bytes and rate of each
 * direction, and how long it will take where the input is a file. Relays begin and end on any
 * thread.
 */
final class TransferMeter {
    private static final long PERIOD_MILLIS = 500;
    private static final double NANOS = 1e9;
    private static final String[] UNITS = {"B", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB"};
    private static final int UNIT = 1024;

    private final Consumer<String> out;
    private final Direction direction;
    private final TransferCounts counts = new TransferCounts();
    private OptionalLong size = OptionalLong.empty();
    private long start;
    private Sample last = new Sample(0, 0, 0);
    private boolean shown;
    private boolean closed;

    private record Sample(long nanos, long right, long left) {}

    /**
     * A meter for a run of the program.
     *
     * @param out takes what goes to the terminal
     */
    TransferMeter(Direction direction, Consumer<String> out) {
        this.direction = direction;
        this.out = out;
    }

    /** Learns how much will come, where the first address is a file, a single one. */
    synchronized void expect(Endpoint left) {
        int descriptor = left.readDescriptor();
        if (start != 0 || descriptor == Endpoint.NONE) {
            return;
        }
        try {
            FileStatus status = FileStatus.of(descriptor);
            if (status.type() == Linux.S_IFREG) {
                long place = Math.max(0, Libc.lseek(descriptor, 0, Linux.SEEK_CUR));
                size = OptionalLong.of(Math.max(0, status.size() - place));
            }
        } catch (PosixException unknown) {
            size = OptionalLong.empty();
        }
    }

    synchronized void started(RelayInfo relay) {
        counts.started(relay);
        if (start == 0) {
            start = System.nanoTime();
            last = new Sample(start, 0, 0);
            Thread.ofPlatform().daemon().name("progress").start(this::run);
        }
    }

    void ended(RelayInfo relay) {
        counts.ended(relay);
    }

    /** Shows the sum, and no more from now on. */
    synchronized void close() {
        if (!closed && start != 0) {
            Sample now = sample();
            out.accept((shown ? "\r" : "") + sum(now) + (shown ? "\u001b[K\n" : "\n"));
        }
        closed = true;
        notifyAll();
    }

    private synchronized void run() {
        try {
            while (pauses()) {
                Sample now = sample();
                out.accept("\r" + line(now, last) + "\u001b[K");
                shown = true;
                last = now;
            }
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
    }

    /** Waits for the next moment to show something; whether there is one. */
    private synchronized boolean pauses() throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(PERIOD_MILLIS);
        for (long left = PERIOD_MILLIS; !closed && left > 0; ) {
            wait(left);
            left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
        }
        return !closed;
    }

    private Sample sample() {
        TransferCounts.Sum sum = counts.now();
        return new Sample(System.nanoTime(), sum.right(), sum.left());
    }

    private String line(Sample now, Sample before) {
        double seconds = (now.nanos - before.nanos) / NANOS;
        List<String> parts = new ArrayList<>();
        if (direction.reads()) {
            double rate = (double) (now.right - before.right) / seconds;
            parts.add(
                    "-> "
                            + amount((double) now.right)
                            + ", "
                            + amount(rate)
                            + "/s"
                            + left(now, rate));
        }
        if (direction.writes()) {
            double rate = (double) (now.left - before.left) / seconds;
            parts.add("<- " + amount((double) now.left) + ", " + amount(rate) + "/s");
        }
        return String.join("  ", parts);
    }

    private String left(Sample now, double rate) {
        if (size.isEmpty() || size.getAsLong() == 0 || now.right > size.getAsLong()) {
            return "";
        }
        long percent = 100 * now.right / size.getAsLong();
        String eta =
                rate > 0
                        ? ", " + time((long) ((size.getAsLong() - now.right) / rate)) + " left"
                        : "";
        return " (" + percent + "%" + eta + ")";
    }

    private String sum(Sample now) {
        double seconds = Math.max(1e-3, (now.nanos - start) / NANOS);
        List<String> parts = new ArrayList<>();
        if (direction.reads()) {
            parts.add(
                    "-> "
                            + amount((double) now.right)
                            + ", "
                            + amount((double) now.right / seconds)
                            + "/s");
        }
        if (direction.writes()) {
            parts.add(
                    "<- "
                            + amount((double) now.left)
                            + ", "
                            + amount((double) now.left / seconds)
                            + "/s");
        }
        return String.join("  ", parts) + String.format(Locale.ROOT, "  in %.1f s", seconds);
    }

    /** Seconds as 0:07, 12:34 or 1:02:03. */
    static String time(long seconds) {
        String minutes = seconds / 60 % 60 + ":" + String.format(Locale.ROOT, "%02d", seconds % 60);
        return seconds < 3600
                ? minutes
                : seconds / 3600 + ":" + (minutes.length() < 5 ? "0" : "") + minutes;
    }

    /** Bytes with a unit: at most four digits. */
    static String amount(double bytes) {
        double left = bytes;
        int unit = 0;
        while (left >= UNIT && unit < UNITS.length - 1) {
            left /= UNIT;
            unit++;
        }
        String number =
                unit == 0
                        ? Long.toString((long) left)
                        : String.format(Locale.ROOT, left < 10 ? "%.2f" : "%.1f", left);
        return number + " " + UNITS[unit];
    }
}
