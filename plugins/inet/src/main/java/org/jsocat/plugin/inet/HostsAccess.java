package org.jsocat.plugin.inet;

import org.jsocat.plugin.inet.AccessRule.Request;
import org.jsocat.plugin.socket.PeerFilter.Verdict;
import org.jsocat.spi.OpenContext;
import org.jsocat.spi.posix.Fd;
import org.jsocat.spi.posix.PosixException;
import org.jsocat.spi.posix.SocketAddress;
import org.slf4j.Logger;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The access rules of TCP wrappers: a peer that a rule of the first table fits may connect, else
 * one that a rule of the second table fits may not, else it may. The tables are read for each
 * connection, so that changes take effect at once. Whoever cannot be judged, because a table or
 * what it names cannot be read or means nothing, is refused; only a table that does not exist has
 * no rules. Source: hosts_access(5).
 *
 * @param daemon the name of the server in the rules
 * @param allowTable the file of the first table
 * @param denyTable the file of the second table
 */
record HostsAccess(String daemon, Path allowTable, Path denyTable) {
    private static final Path ETC = Path.of("/etc");

    /** The rules that the options of a listening address ask for, if they do. */
    static Optional<HostsAccess> of(OpenContext context) {
        Optional<Optional<String>> wrappers = context.option(RangeOptions.WRAPPERS);
        Optional<String> folder = context.option(RangeOptions.FOLDER);
        Optional<String> allow = context.option(RangeOptions.ALLOW_TABLE);
        Optional<String> deny = context.option(RangeOptions.DENY_TABLE);
        if (wrappers.isEmpty() && folder.isEmpty() && allow.isEmpty() && deny.isEmpty()) {
            return Optional.empty();
        }
        Path base = folder.map(Path::of).orElse(ETC);
        return Optional.of(
                new HostsAccess(
                        wrappers.flatMap(name -> name).orElse(context.settings().programName()),
                        allow.map(Path::of).orElse(base.resolve("hosts.allow")),
                        deny.map(Path::of).orElse(base.resolve("hosts.deny"))));
    }

    /**
     * What the rules say about a peer. What they want to be run has been run then; blocks.
     *
     * @param socket the connection, where there is one
     */
    Verdict judge(
            OpenContext connection, Optional<Fd> socket, SocketAddress local, SocketAddress peer) {
        Request request =
                new Request(
                        daemon, new AccessHost(local), new AccessHost(peer), socket, connection);
        try {
            return judge(allowTable, true, request)
                    .or(() -> judge(denyTable, false, request))
                    .orElse(Verdict.PERMITTED);
        } catch (AccessRefusedException | PosixException reason) {
            connection.log().warn(reason.getMessage());
            return Verdict.REFUSED;
        }
    }

    /** What the first rule that fits says; empty where none does. */
    private static Optional<Verdict> judge(Path table, boolean allowing, Request request) {
        Logger log = request.connection().log();
        for (String line : lines(table, allowing, log)) {
            Optional<AccessRule> rule = AccessRule.parse(line);
            if (rule.isEmpty()) {
                log.warn("{}: missing \":\" separator in \"{}\"", table, line);
            } else if (rule.get().matches(request)) {
                log.trace("{}: \"{}\" fits", table, line);
                Verdict usual = allowing ? Verdict.PERMITTED : Verdict.REFUSED;
                return AccessActions.perform(rule.get(), request, usual);
            }
        }
        return Optional.empty();
    }

    /**
     * The rules without comments; a backslash at the end of a line continues it. What stands behind
     * the last newline was perhaps not written to its end, and allows nothing.
     */
    private static List<String> lines(Path table, boolean allowing, Logger log) {
        String text;
        try {
            text = Files.readString(table, StandardCharsets.ISO_8859_1);
        } catch (NoSuchFileException none) {
            log.trace("{} does not exist: it has no rules", table);
            return List.of();
        } catch (IOException unreadable) {
            throw AccessRefusedException.cannotOpen(table, unreadable);
        }
        if (allowing && !text.isEmpty() && !text.endsWith("\n")) {
            log.warn("{}: missing newline at the end; the last line is ignored", table);
            text = text.substring(0, text.lastIndexOf('\n') + 1);
        }
        List<String> lines = new ArrayList<>();
        for (String line : text.replace("\\\n", "").split("\n")) {
            if (!line.isBlank() && !line.startsWith("#")) {
                lines.add(line);
            }
        }
        return lines;
    }
}
