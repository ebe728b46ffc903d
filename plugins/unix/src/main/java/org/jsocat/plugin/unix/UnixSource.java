package org.jsocat.plugin.unix;

import org.jsocat.plugin.socket.SocketOpening;
import org.jsocat.plugin.socket.SocketOptions;
import org.jsocat.spi.AddressException;
import org.jsocat.spi.NamedEntry;
import org.jsocat.spi.NamedOptions;
import org.jsocat.spi.OpenContext;
import org.jsocat.spi.Option;
import org.jsocat.spi.OptionTarget;
import org.jsocat.spi.Phase;
import org.jsocat.spi.posix.Errno;
import org.jsocat.spi.posix.Fd;
import org.jsocat.spi.posix.Libc;
import org.jsocat.spi.posix.PosixException;
import org.jsocat.spi.posix.SocketAddress;

import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

/**
 * The name that a client's own socket gets, so that peers can answer it: none, the one of {@code
 * bind}, or one made from the pattern of {@code bind-tempname}.
 */
final class UnixSource {
    private static final String USUAL_PATTERN = "/tmp/socat-bind.XXXXXX";
    private static final String BLANK = "XXXXXX";
    private static final String LETTERS =
            "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

    /** As often as mkstemp(3) tries. */
    private static final int MOST_ATTEMPTS = 62 * 62 * 62;

    private final OpenContext context;
    private final UnixNames names;
    private final Optional<String> fixed;
    private final Optional<String> pattern;

    /** What the socket was bound to; empty before that. */
    private Optional<String> bound = Optional.empty();

    private UnixSource(
            OpenContext context,
            UnixNames names,
            Optional<String> fixed,
            Optional<String> pattern) {
        this.context = context;
        this.names = names;
        this.fixed = fixed;
        this.pattern = pattern;
    }

    /**
     * Reads the options.
     *
     * @throws AddressException when both ways of binding are asked for, or an option of the name
     *     without one
     */
    static UnixSource of(OpenContext context, UnixNames names) {
        Optional<String> fixed = context.option(SocketOptions.BIND);
        Optional<Optional<String>> temporary = context.option(UnixOptions.BIND_TEMPNAME);
        if (fixed.isPresent() && temporary.isPresent()) {
            throw AddressException.usage("do not use both options bind and unix-bind-tempnam");
        }
        if (fixed.isEmpty() && temporary.isEmpty()) {
            refuseNamedOptions(context);
        }
        Optional<String> pattern =
                temporary.map(text -> text.filter(given -> !given.isEmpty()).orElse(USUAL_PATTERN));
        pattern.ifPresent(text -> check(context, text));
        return new UnixSource(context, names, fixed, pattern);
    }

    private static void refuseNamedOptions(OpenContext context) {
        for (Option<?> option : new NamedOptions().options()) {
            if (option != NamedOptions.UNLINK_CLOSE && context.has(option)) {
                context.error("Option \"" + option + "\" only with bind option");
            }
        }
    }

    private static void check(OpenContext context, String pattern) {
        if (!pattern.contains(BLANK)) {
            context.log().warn("xio_tempnam(\"{}\"): path pattern is not valid", pattern);
            throw AddressException.usage(
                    "tempnam(\"" + pattern + "\"): " + Errno.text(Errno.EINVAL));
        }
    }

    /** Whether the socket gets a name. */
    boolean isNamed() {
        return fixed.isPresent() || pattern.isPresent();
    }

    /** The name that the socket has got. */
    Optional<String> bound() {
        return bound;
    }

    /** Binds the socket where that is asked for. */
    void bind(Fd socket) {
        if (fixed.isPresent()) {
            bind(socket, fixed.get());
        } else if (pattern.isPresent()) {
            bindTemporary(socket, pattern.get());
        }
    }

    private void bind(Fd socket, String name) {
        SocketAddress address = names.own(context, name);
        context.apply(Phase.EARLY, target(name));
        SocketOpening.bind(socket, address);
        bound = Optional.of(name);
        context.apply(Phase.PREOPEN, target(name));
    }

    /** bind(2) itself tells whether a name is taken. */
    private void bindTemporary(Fd socket, String template) {
        int blank = template.indexOf(BLANK);
        for (int attempt = 0; attempt < MOST_ATTEMPTS; attempt++) {
            String name =
                    template.substring(0, blank)
                            + random()
                            + template.substring(blank + BLANK.length());
            int result = Libc.bind(socket.number(), names.own(context, name));
            if (result == 0) {
                bound = Optional.of(name);
                context.apply(Phase.PREOPEN, target(name));
                return;
            }
            if (result != -Errno.EADDRINUSE) {
                throw new PosixException(-result, "bind(" + socket + ", \"" + name + "\")");
            }
        }
        throw AddressException.retryable(
                "tempnam(\"" + template + "\"): " + Errno.text(Errno.EEXIST));
    }

    private static String random() {
        StringBuilder text = new StringBuilder(BLANK.length());
        ThreadLocalRandom.current()
                .ints(BLANK.length(), 0, LETTERS.length())
                .forEach(index -> text.append(LETTERS.charAt(index)));
        return text.toString();
    }

    private OptionTarget target(String name) {
        return names == UnixNames.PATHS ? OptionTarget.of(name) : OptionTarget.NONE;
    }

    /** Has the name removed at the end, unless the user wants it kept. */
    void unlinkAfterClosing() {
        if (names == UnixNames.PATHS) {
            context.option(NamedOptions.UNLINK_CLOSE); // taken, whether there is a name or not
            bound.ifPresent(name -> new NamedEntry(context, name).unlinkAfterClosing(true));
        }
    }

    /** Gives the name free for another attempt with a socket of another type. */
    void unbind() {
        if (names == UnixNames.PATHS) {
            bound.ifPresent(Libc::unlink);
        }
        bound = Optional.empty();
    }
}
