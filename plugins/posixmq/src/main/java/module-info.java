/**
 * Plugin posixmq: POSIX message queues.
 *
 * @provides org.jsocat.spi.AddressProvider POSIXMQ-READ, POSIXMQ-WRITE and the like
 * @provides org.jsocat.spi.OptionGroup the group POSIXMQ
 */
module org.jsocat.plugin.posixmq {
    requires org.jsocat.spi;

    provides org.jsocat.spi.AddressProvider with
            org.jsocat.plugin.posixmq.QueueAddresses;
    provides org.jsocat.spi.OptionGroup with
            org.jsocat.plugin.posixmq.QueueOptions;
}
