package org.jsocat.spi;

/**
 * The moments of opening at which options take effect, in the order in which they pass. An address
 * passes only some of them; which ones is part of its documentation. The names are those that
 * {@code -hh} prints.
 *
 * @since 1.0
 */
public enum Phase {
    /** Settles a property of the relay or of the endpoint; applied by whoever reads the option. */
    OFFSET,
    /** Before anything else is done. */
    INIT,
    /** Before any descriptor exists. */
    EARLY,
    /** Before a file system entry is opened or created. */
    PREOPEN,
    /** While a file system entry is opened. */
    OPEN,
    /** After a file system entry was opened. */
    PASTOPEN,
    /** Before socket(). */
    PRESOCKET,
    /** While calling socket(). */
    SOCKET,
    /** After socket(). */
    PASTSOCKET,
    /** Before a pair of descriptors is made (socketpair, pipe, pseudo terminal). */
    PREBIGEN,
    /** While a pair of descriptors is made. */
    BIGEN,
    /** After a pair of descriptors was made. */
    PASTBIGEN,
    /** Soon after the descriptor exists. */
    FD,
    /** Before bind(). */
    PREBIND,
    /** While calling bind(). */
    BIND,
    /** After bind(). */
    PASTBIND,
    /** Before listen(). */
    PRELISTEN,
    /** While calling listen(). */
    LISTEN,
    /** After listen(). */
    PASTLISTEN,
    /** Before connect(). */
    PRECONNECT,
    /** While calling connect(). */
    CONNECT,
    /** After connect(). */
    PASTCONNECT,
    /** Before accept(). */
    PREACCEPT,
    /** While accepting. */
    ACCEPT,
    /** After accept(). */
    PASTACCEPT,
    /** When a socket has its peer, after connect() or accept(). */
    CONNECTED,
    /** Before a program is started or a relay is forked. */
    PREFORK,
    /** While a program is started. */
    FORK,
    /** After a program was started. */
    PASTFORK,
    /** When the descriptor is ready, before bytes flow. */
    LATE,
    /** As {@link #LATE}, for what gives up privileges. */
    LATE2,
    /** In the program's process before it runs. */
    PREEXEC,
    /** While the program is executed. */
    EXEC,
    /** Only where no program is executed. */
    PASTEXEC,
    /** At a moment that the address defines. */
    SPECIFIC
}
