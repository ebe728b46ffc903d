package org.jsocat.plugin.unix;

import org.jsocat.plugin.socket.PeerFilter;
import org.jsocat.plugin.socket.SocketKind;
import org.jsocat.plugin.socket.SocketOptions;
import org.jsocat.plugin.socket.StreamListener;
import org.jsocat.spi.Listener;
import org.jsocat.spi.OpenContext;
import org.jsocat.spi.posix.Linux;
import org.jsocat.spi.posix.SocketAddress;

/** Sockets of the UNIX domain that accept connections. */
final class UnixListener {
    private static final SocketKind STREAM = new SocketKind(Linux.AF_UNIX, Linux.SOCK_STREAM, 0);

    private UnixListener() {}

    /** Opens {@code UNIX-LISTEN:name} or {@code ABSTRACT-LISTEN:name}. */
    static Listener listen(OpenContext context, UnixNames names) {
        String name = context.parameters().getFirst();
        if (context.option(SocketOptions.BIND).isPresent()) {
            context.error(
                    context.keyword() + ":" + name + ": binds implicitly, bind option not allowed");
        }
        BoundName own = BoundName.prepare(context, names, name);
        SocketAddress address = names.own(context, name);
        SocketKind kind = STREAM.with(context);
        return StreamListener.open(context, kind, address, PeerFilter.ALL, own::bound);
    }
}
