package org.jsocat.plugin.posixmq;

import org.jsocat.spi.AddressException;
import org.jsocat.spi.Direction;
import org.jsocat.spi.Endpoint;
import org.jsocat.spi.FdOptions;
import org.jsocat.spi.NamedOptions;
import org.jsocat.spi.OpenContext;
import org.jsocat.spi.OpenOptions;
import org.jsocat.spi.OptionTarget;
import org.jsocat.spi.Phase;
import org.jsocat.spi.posix.Errno;
import org.jsocat.spi.posix.Linux;
import org.jsocat.spi.posix.MessageQueue;
import org.jsocat.spi.posix.MessageQueue.Attributes;
import org.jsocat.spi.posix.PosixException;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;

/** The way of a queue: emptied, unlinked or made as the options say, then opened. */
final class QueueOpening {
    private static final int PERMISSIONS = 0666;
    private static final Path SETTINGS = Path.of("/proc/sys/fs/mqueue");

    private final OpenContext context;
    private final Direction direction;
    private final String name;

    private QueueOpening(OpenContext context, Direction direction) {
        this.context = context;
        this.direction = direction;
        name = context.parameters().getFirst();
    }

    /** Opens POSIXMQ-READ. */
    static Endpoint read(OpenContext context) {
        return endpoint(context, Direction.READ);
    }

    /** Opens POSIXMQ-BIDIRECTIONAL. */
    static Endpoint open(OpenContext context) {
        if (context.direction() == Direction.BOTH
                && keyword(context).toUpperCase(Locale.ROOT).equals("POSIXMQ")) {
            context.error(
                    "Keyword \"POSIXMQ\" in bidirectional mode might unwanted flush the queue; use"
                            + " \"POSIXMQ-BIDIRECTIONAL\" to confirm usage");
        }
        return endpoint(context, context.direction());
    }

    private static Endpoint endpoint(OpenContext context, Direction direction) {
        MessageQueue queue = queue(context, direction);
        try {
            return new QueueEndpoint(context, queue, direction);
        } catch (RuntimeException | Error failure) {
            queue.close();
            throw failure;
        }
    }

    /**
     * Opens the queue and applies the options; it is removed when the address has been closed if
     * {@code unlink-close} says so.
     *
     * @param direction what the address can do, whatever is wanted of it
     * @return the queue, non-blocking, which the caller closes
     */
    static MessageQueue queue(OpenContext context, Direction direction) {
        MessageQueue queue = new QueueOpening(context, direction).open();
        try {
            OptionTarget target = OptionTarget.of(queue.fd());
            context.option(FdOptions.NONBLOCK); // it never blocks
            context.apply(Phase.FD, target);
            context.apply(Phase.LATE, target);
            context.apply(Phase.LATE2, target);
            context.apply(Phase.PASTEXEC, target);
            return queue;
        } catch (RuntimeException | Error failure) {
            queue.close();
            throw failure;
        }
    }

    private MessageQueue open() {
        context.apply(Phase.EARLY, OptionTarget.NONE);
        boolean flush = context.flag(QueueOptions.FLUSH);
        if (context.flag(NamedOptions.UNLINK_EARLY)) {
            int result = MessageQueue.unlink(name);
            if (result < 0) {
                context.log().debug("mq_unlink(\"{}\"): {}", name, Errno.text(-result));
            }
        }
        if (flush) {
            flush();
        }
        int access =
                switch (direction) {
                    case READ -> Linux.O_RDONLY;
                    case WRITE -> Linux.O_WRONLY;
                    case BOTH -> Linux.O_RDWR;
                };
        int flags = OpenOptions.flags(context, access | Linux.O_CREAT);
        int mode = context.option(FdOptions.PERM).orElse(PERMISSIONS);
        Optional<Attributes> wanted = wanted();
        MessageQueue queue =
                MessageQueue.open(
                        keyword(context) + ": ", name, flags | Linux.O_NONBLOCK, mode, wanted);
        if (context.option(NamedOptions.UNLINK_CLOSE).orElse(false)) {
            context.afterClosing(this::unlink);
        }
        try {
            Attributes attributes = queue.attributes();
            context.log().debug("POSIXMQ queue \"{}\" attrs: {}", name, attributes.text());
            wanted.ifPresent(attempted -> compare(attempted, attributes));
            return queue;
        } catch (RuntimeException | Error failure) {
            queue.close();
            throw failure;
        }
    }

    private void unlink() {
        int result = MessageQueue.unlink(name);
        if (result < 0) {
            context.log().warn("mq_unlink(\"{}\"): {}", name, Errno.text(-result));
        }
    }

    /** A queue that is there already keeps what it has. */
    private void compare(Attributes wanted, Attributes found) {
        if (wanted.mostMessages() != found.mostMessages()) {
            context.log()
                    .warn(
                            "mq_open(): requested maxmsg={}, but result is {}",
                            wanted.mostMessages(),
                            found.mostMessages());
        }
        if (wanted.messageSize() != found.messageSize()) {
            context.log()
                    .warn(
                            "mq_open(): requested msgsize={}, but result is {}",
                            wanted.messageSize(),
                            found.messageSize());
        }
    }

    /** Where only one of the two is given, the kernel wants to know the other one too. */
    private Optional<Attributes> wanted() {
        Optional<Long> most = context.option(QueueOptions.MOST_MESSAGES);
        Optional<Long> size = context.option(QueueOptions.MESSAGE_SIZE);
        if (most.isEmpty() && size.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(
                new Attributes(
                        most.orElseGet(() -> setting("msg_default")),
                        size.orElseGet(() -> setting("msgsize_default")),
                        0));
    }

    private static long setting(String file) {
        try {
            return Long.parseLong(Files.readString(SETTINGS.resolve(file)).strip());
        } catch (IOException | NumberFormatException unreadable) {
            throw AddressException.unavailable(
                    "no default in " + SETTINGS.resolve(file) + ": " + unreadable.getMessage());
        }
    }

    /** Throws away what is in the queue, if there is one. */
    private void flush() {
        int count = 0;
        try (MessageQueue queue =
                MessageQueue.open(
                        "", name, Linux.O_RDONLY | Linux.O_NONBLOCK, 0, Optional.empty())) {
            ByteBuffer memory =
                    ByteBuffer.allocateDirect(Math.toIntExact(queue.attributes().messageSize()));
            while (PosixException.check(untilEmpty(queue, memory.clear()), "mq_receive()") > 0) {
                count++;
            }
            context.log().debug("flushed {} packets from queue \"{}\"", count, name);
        } catch (PosixException refused) {
            if (refused.errno() != Errno.ENOENT) {
                throw refused;
            }
            context.log().debug("this queue does not exist, no need to flush it");
        }
    }

    /** 1 for a message, 0 where there is none, or the negated errno. */
    private static int untilEmpty(MessageQueue queue, ByteBuffer memory) {
        int result = queue.receive(memory);
        return result >= 0 ? 1 : result == -Errno.EAGAIN ? 0 : result;
    }

    /** The keyword as the user wrote it. */
    private static String keyword(OpenContext context) {
        int end = context.text().indexOf(':');
        return end < 0 ? context.keyword() : context.text().substring(0, end);
    }
}
