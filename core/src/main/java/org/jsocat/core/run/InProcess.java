package org.jsocat.core.run;

import org.jsocat.core.open.AddressOpening;
import org.jsocat.core.open.RelayContext;
import org.jsocat.core.relay.EventLoop;
import org.jsocat.core.relay.Relay;
import org.jsocat.core.relay.Side;
import org.jsocat.spi.AddressException;
import org.jsocat.spi.posix.Errno;
import org.jsocat.spi.posix.Libc;
import org.jsocat.spi.posix.Linux;
import org.jsocat.spi.posix.Platform;
import org.jsocat.spi.posix.PosixException;

import java.util.Optional;

/**
 * Forked relays that are opened in this process: each on a virtual thread of its own, then run by
 * one of the event loops. Where options change settings of a thread (working directory, umask,
 * namespace), the relay is opened on a platform thread that is used for nothing else; where they
 * change an identity, only its first address is opened here, and it lives in a {@linkplain Workers
 * worker process}.
 */
final class InProcess implements RelayStarter {
    private final Session session;
    private final Loops loops;
    private final Children children;
    private final Joining joining;
    private final boolean ownThread;
    private Optional<Workers> workers = Optional.empty();

    InProcess(Session session, Loops loops, Children children, Joining joining, boolean ownThread) {
        this.session = session;
        this.loops = loops;
        this.children = children;
        this.joining = joining;
        this.ownThread = ownThread;
    }

    /** Has worker processes relay what is opened here. */
    void handTo(Workers others) {
        workers = Optional.of(others);
    }

    /** How the second address of a forked relay is opened and the pair is made. */
    interface Joining {
        /** Opens the second address, and may block; closes nothing on failure. */
        Session.Pair join(Side first, RelayContext child);
    }

    @Override
    public void start(First first, RelayContext child) {
        children.begin();
        if (workers.isPresent() && workers.get().isShared() && first.opensAtOnce()) {
            open(first, child);
        } else {
            launch(first, child);
        }
    }

    /** Goes on with a relay that {@link Children#begin} counts already. */
    void launch(First first, RelayContext child) {
        try {
            if (ownThread) {
                Thread.ofPlatform()
                        .name("opening")
                        .start(() -> session.running().opening(() -> openAlone(first, child)));
            } else {
                Thread.ofVirtual()
                        .start(() -> session.running().opening(() -> openApart(first, child)));
            }
        } catch (RuntimeException | Error failure) {
            first.close();
            failed(first, child, failure);
            children.opened();
        }
    }

    private void openAlone(First first, RelayContext child) {
        int result = Libc.unshare(Linux.CLONE_FS);
        if (result < 0) {
            child.log().error("unshare(CLONE_FS): {}", Errno.text(-result));
            first.close();
            ended(first, child, 1);
            children.opened();
            return;
        }
        openApart(first, child);
    }

    private void open(First first, RelayContext child) {
        Optional<EventLoop> loop = Optional.empty();
        try (first) {
            Optional<Side> side = first.open(child);
            if (side.isPresent()) {
                loop = begin(first, side.get(), child);
            } else {
                ended(first, child, 1);
            }
        } catch (RuntimeException | Error failure) {
            failed(first, child, failure);
        } finally {
            // The loop has all descriptors that it needs once it has begun with the relay.
            loop.ifPresentOrElse(runs -> runs.execute(children::opened), children::opened);
        }
    }

    private void openApart(First first, RelayContext child) {
        try {
            open(first, child);
        } finally {
            Platform.threadEnds();
        }
    }

    /** Returns the loop that runs the relay, if it runs here. */
    private Optional<EventLoop> begin(First first, Side side, RelayContext child) {
        if (workers.isEmpty()) {
            EventLoop loop = loops.next();
            run(loop, first, join(side, child), child);
            return Optional.of(loop);
        }
        workers.get()
                .relay(
                        side,
                        child,
                        (left, right) -> session.pump(left, right, child, loops),
                        status -> children.end());
        return Optional.empty();
    }

    private Session.Pair join(Side side, RelayContext child) {
        try {
            return joining.join(side, child);
        } catch (RuntimeException | Error failure) {
            side.close();
            throw failure;
        }
    }

    /** Has a loop run an open pair, which is closed on failure. */
    void run(EventLoop loop, First first, Session.Pair pair, RelayContext child) {
        try {
            session.listener().transferring(pair.left().endpoint(), pair.right().endpoint());
            loop.add(
                    session.relay(
                            pair, child, (relay, status) -> over(first, relay, child, status)));
        } catch (RuntimeException | Error failure) {
            pair.close();
            throw failure;
        }
    }

    /** A relay could not be opened. */
    void failed(First first, RelayContext child, Throwable failure) {
        if (failure instanceof AddressException || failure instanceof PosixException) {
            AddressOpening.report((RuntimeException) failure, child.log());
        } else {
            child.log().error("internal error: {}", failure.toString(), failure);
        }
        session.events().failed(child, failure);
        ended(first, child, 1);
    }

    private void over(First first, Relay relay, RelayContext child, int status) {
        session.running().remove(relay);
        ended(first, child, status);
    }

    /** A relay has ended, or was never open. */
    void ended(First first, RelayContext child, int status) {
        child.log().info("exiting with status {}", status);
        first.ended(status);
        children.end();
    }
}
