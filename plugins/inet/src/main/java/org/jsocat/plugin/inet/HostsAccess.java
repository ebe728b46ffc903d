package org.jsocat.plugin.inet;

import org.jsocat.plugin.inet.AccessRule.Request;
import org.jsocat.spi.OpenContext;
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
 * connection, so that changes take effect at once. Source: hosts_access(5).
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

    /** Whether a peer may connect. */
    boolean permits(SocketAddress local, SocketAddress peer, Logger log) {
        Request request = new Request(daemon, new AccessHost(local), new AccessHost(peer));
        Optional<AccessRule> allowing = find(allowTable, request, log);
        if (allowing.isPresent()) {
            return verdict(allowing.get(), true, log);
        }
        return find(denyTable, request, log).map(rule -> verdict(rule, false, log)).orElse(true);
    }

    private static Optional<AccessRule> find(Path table, Request request, Logger log) {
        for (String line : lines(table, log)) {
            Optional<AccessRule> rule = AccessRule.parse(line);
            if (rule.isEmpty()) {
                log.warn("{}: missing \":\" separator in \"{}\"", table, line);
            } else if (rule.get().matches(request)) {
                log.trace("{}: \"{}\" fits", table, line);
                return rule;
            }
        }
        return Optional.empty();
    }

    /** The rules without comments; a backslash at the end of a line continues it. */
    private static List<String> lines(Path table, Logger log) {
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder();
        try {
            for (String part : Files.readAllLines(table, StandardCharsets.ISO_8859_1)) {
                if (part.endsWith("\\")) {
                    line.append(part, 0, part.length() - 1);
                } else {
                    line.append(part);
                    add(lines, line.toString());
                    line.setLength(0);
                }
            }
            add(lines, line.toString());
        } catch (NoSuchFileException none) {
            log.trace("{} does not exist: it has no rules", table);
        } catch (IOException unreadable) {
            log.warn("cannot open {}: {}", table, unreadable.toString());
        }
        return lines;
    }

    private static void add(List<String> lines, String line) {
        if (!line.isBlank() && !line.startsWith("#")) {
            lines.add(line);
        }
    }

    /** What a rule that fits means: what its table says, unless its options say otherwise. */
    private static boolean verdict(AccessRule rule, boolean usually, Logger log) {
        for (String option : rule.options()) {
            switch (option.split("[ \t=]", 2)[0].toLowerCase(java.util.Locale.ROOT)) {
                case "allow" -> {
                    return true;
                }
                case "deny" -> {
                    return false;
                }
                case "" -> {}
                default ->
                        log.warn(
                                "rule of access: \"{}\" is not supported; only allow and deny are",
                                option);
            }
        }
        return usually;
    }
}
