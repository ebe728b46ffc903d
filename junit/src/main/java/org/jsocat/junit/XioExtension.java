package org.jsocat.junit;

import org.jsocat.xio.Xio;
import org.jsocat.xio.XioChannel;
import org.jsocat.xio.XioException;
import org.jsocat.xio.XioListener;
import org.jsocat.xio.XioRelay;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

import java.io.Closeable;
import java.io.IOException;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/**
 * Opens relays, channels and listeners for a test, closes them after it, and fails it where
 * something is left over: a connection that a relay still carries, a descriptor that is still open,
 * a platform thread that still runs.
 *
 * <pre>{@code
 * @RegisterExtension final XioExtension xio = XioExtension.standard();
 *
 * @Test
 * void theClientSpeaksThroughARelay() throws Exception {
 *     XioRelay relay = xio.relay("TCP-LISTEN:0,bind=127.0.0.1,fork", "UNIX-CONNECT:/run/service");
 *     try (Client client = new Client(xio.listening(relay))) {
 *         ...
 *     }
 * }
 * }</pre>
 *
 * <p>A relay whose listener only waits may be left to the extension. One that still transfers, as
 * its test has left a connection open or has not ended it, fails the test. What the test opened
 * without the extension counts as well. All that is given some time to end by itself, see {@link
 * #patience}.
 *
 * <p>In a static field it holds for all tests of the class together. Descriptors and threads belong
 * to the process: tests that run at the same time in one JVM would answer for each other. Where
 * there is no {@code /proc}, descriptors are not looked at.
 *
 * @since 1.0
 */
public final class XioExtension
        implements BeforeAllCallback, BeforeEachCallback, AfterEachCallback, AfterAllCallback {
    private static final long LOOK_AGAIN = TimeUnit.MILLISECONDS.toNanos(5);

    private final Xio xio;
    private final Deque<Closeable> ends = new ArrayDeque<>();
    private final List<Running> relays = new ArrayList<>();
    private Duration patience = Duration.ofSeconds(5);
    private boolean forTheClass;
    private Holdings before;

    private record Running(XioRelay relay, String name) {
        boolean carries() {
            return relay.isRunning() && relay.statistics().running() > 0;
        }
    }

    private XioExtension(Xio xio) {
        this.xio = Objects.requireNonNull(xio);
    }

    /** Opens with the {@linkplain Xio#standard() standard} settings. */
    public static XioExtension standard() {
        return new XioExtension(Xio.standard());
    }

    /** Opens with other settings. */
    public static XioExtension with(Xio xio) {
        return new XioExtension(xio);
    }

    /**
     * How long to wait after the test until all is at its end, and for a relay to listen; five
     * seconds where nothing is said.
     */
    public XioExtension patience(Duration time) {
        patience = Objects.requireNonNull(time);
        return this;
    }

    /**
     * Joins two addresses until the test has ended.
     *
     * @throws XioException when one of them is wrong
     * @see Xio#join
     */
    public synchronized XioRelay relay(String first, String second) throws XioException {
        XioRelay relay = xio.join(first, second);
        relays.add(new Running(relay, first + " " + second));
        return relay;
    }

    /**
     * Waits until a relay listens.
     *
     * @return where, with the port that it got
     * @throws AssertionError when it does not listen in time; the cause says why
     * @throws InterruptedException when the calling thread is interrupted
     */
    public SocketAddress listening(XioRelay relay) throws InterruptedException {
        try {
            return relay.listening().get(patience.toNanos(), TimeUnit.NANOSECONDS);
        } catch (ExecutionException failed) {
            throw new AssertionError("the relay does not listen", failed.getCause());
        } catch (TimeoutException late) {
            throw new AssertionError("the relay does not listen after " + patience, late);
        }
    }

    /**
     * Opens an address until the test has ended.
     *
     * @throws XioException when it is wrong or cannot be opened
     * @see Xio#channel
     */
    public XioChannel open(String address) throws XioException {
        return kept(xio.channel(address));
    }

    /**
     * Listens until the test has ended.
     *
     * @throws XioException when the address is wrong or cannot be opened
     * @see Xio#listener
     */
    public XioListener listen(String address) throws XioException {
        XioListener listener = xio.listener(address);
        kept(listener::close);
        return listener;
    }

    private synchronized <T extends Closeable> T kept(T opened) {
        ends.push(opened);
        return opened;
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        forTheClass = true;
        before = Holdings.now();
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        if (!forTheClass) {
            before = Holdings.now();
        }
    }

    @Override
    public void afterEach(ExtensionContext context) throws Exception {
        if (!forTheClass) {
            finish();
        }
    }

    @Override
    public void afterAll(ExtensionContext context) throws Exception {
        finish();
    }

    private synchronized void finish() throws IOException {
        List<String> left = new ArrayList<>();
        while (!ends.isEmpty()) {
            ends.pop().close();
        }
        settle(() -> relays.stream().noneMatch(Running::carries));
        for (Running running : relays) {
            if (running.carries()) {
                left.add("relay " + running.name + " still transfers");
            }
        }
        relays.forEach(running -> Thread.startVirtualThread(running.relay::close));
        settle(() -> relays.stream().noneMatch(running -> running.relay.isRunning()));
        for (Running running : relays) {
            if (running.relay.isRunning()) {
                left.add("relay " + running.name + " cannot be closed");
            }
        }
        relays.clear();
        settle(() -> Holdings.since(before).isEmpty());
        left.addAll(Holdings.since(before));
        if (!left.isEmpty()) {
            throw new AssertionError("left over: " + String.join("; ", left));
        }
    }

    private void settle(BooleanSupplier settled) {
        long deadline = System.nanoTime() + patience.toNanos();
        while (!settled.getAsBoolean() && System.nanoTime() - deadline < 0) {
            LockSupport.parkNanos(LOOK_AGAIN);
        }
    }
}
