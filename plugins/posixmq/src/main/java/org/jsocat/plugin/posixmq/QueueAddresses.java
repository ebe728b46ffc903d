package org.jsocat.plugin.posixmq;

import org.jsocat.spi.AddressProvider;
import org.jsocat.spi.AddressType;
import org.jsocat.spi.AddressType.Parameters;
import org.jsocat.spi.Direction;

import java.util.List;

/** The addresses of POSIX message queues. */
public final class QueueAddresses implements AddressProvider {
    private static final Parameters NAME = Parameters.text(":<mqname>");

    /** For {@link java.util.ServiceLoader}. */
    public QueueAddresses() {}

    @Override
    public List<String> features() {
        return List.of("POSIXMQ");
    }

    @Override
    public List<AddressType> addressTypes() {
        return List.of(
                AddressType.named("POSIXMQ-BIDIRECTIONAL")
                        .alias("POSIXMQ")
                        .groups("FD", "NAMED", "OPEN", "RETRY", "POSIXMQ")
                        .summary("sends to a message queue and receives from it")
                        .opens(NAME, Direction.BOTH, QueueOpening::open),
                AddressType.named("POSIXMQ-READ")
                        .groups("FD", "NAMED", "OPEN", "RETRY", "POSIXMQ")
                        .summary("receives from a message queue")
                        .opens(NAME, Direction.READ, QueueOpening::read),
                AddressType.named("POSIXMQ-RECEIVE")
                        .alias("POSIXMQ-RECV")
                        .groups("FD", "NAMED", "OPEN", "CHILD", "RETRY", "POSIXMQ")
                        .summary("receives one message of a queue; with fork each in a relay")
                        .listens(NAME, Direction.READ, ReceivingListener::open),
                sending("POSIXMQ-SEND"),
                sending("POSIXMQ-WRITE"));
    }

    private static AddressType sending(String name) {
        return AddressType.named(name)
                .groups("FD", "NAMED", "OPEN", "CHILD", "RETRY", "POSIXMQ")
                .summary("sends to a message queue")
                .listens(NAME, Direction.WRITE, SendingListener::open);
    }
}
