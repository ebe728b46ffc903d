package org.jsocat.plugin.posixmq;

import org.jsocat.spi.Option;
import org.jsocat.spi.OptionGroup;
import org.jsocat.spi.OptionTypes;
import org.jsocat.spi.Phase;

import java.util.List;

/** The option group POSIXMQ. */
public final class QueueOptions implements OptionGroup {
    /** Throws away what is in the queue. */
    static final Option<Boolean> FLUSH =
            Option.of("posixmq-flush", OptionTypes.BOOL, Phase.EARLY).usually("mq-flush");

    /** How many messages a new queue holds. */
    static final Option<Long> MOST_MESSAGES =
            Option.of("posixmq-maxmsg", OptionTypes.LONG, Phase.OPEN).usually("mq-maxmsg");

    /** How long the messages of a new queue may be, bytes. */
    static final Option<Long> MESSAGE_SIZE =
            Option.of("posixmq-msgsize", OptionTypes.LONG, Phase.OPEN).usually("mq-msgsize");

    /** The priority of messages that are sent. */
    static final Option<Long> PRIORITY =
            Option.of("posixmq-priority", OptionTypes.UNSIGNED_INT, Phase.INIT).usually("mq-prio");

    private static final List<Option<?>> ROWS =
            List.of(FLUSH, MOST_MESSAGES, MESSAGE_SIZE, PRIORITY);

    /** For {@link java.util.ServiceLoader}. */
    public QueueOptions() {}

    @Override
    public String name() {
        return "POSIXMQ";
    }

    @Override
    public List<Option<?>> options() {
        return ROWS;
    }
}
