package org.jsocat.cli;

import org.jsocat.core.relay.RelaySettings;
import org.jsocat.core.relay.Tap;
import org.jsocat.spi.Direction;
import org.jsocat.spi.IpVersion;
import org.jsocat.spi.Settings;
import org.slf4j.event.Level;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * A command line of {@code socat}, read but not yet checked against the plugins.
 *
 * @param action what is asked for
 * @param addresses what stands behind the options
 * @param mistakes what is wrong with the options
 * @param threshold the least grave level that is logged
 * @param settings for opening
 * @param direction of the transfer
 * @param bufferSize as given with {@code -b}, or 0
 * @param closeTimeout {@code -t}
 * @param inactivityTimeout {@code -T}
 * @param log where and how to log
 * @param dumpText {@code -v}
 * @param dumpHex {@code -x}
 * @param rawLeft file for {@code -r}
 * @param rawRight file for {@code -R}
 * @param anyGroup {@code -g}
 * @param describe {@code -D}
 * @param statistics {@code --statistics}
 * @param sessionLog {@code --session-log}
 * @param progress {@code --progress}
 * @param lock {@code -L} or {@code -W}
 * @param signals {@code -S}, a bit for each signal that is logged
 * @param pluginPath {@code --plugin-path}
 * @param drain {@code --drain}
 */
record Invocation(
        Action action,
        List<String> addresses,
        List<UsageException> mistakes,
        Level threshold,
        Settings settings,
        Direction direction,
        int bufferSize,
        Duration closeTimeout,
        Optional<Duration> inactivityTimeout,
        LogTarget log,
        boolean dumpText,
        boolean dumpHex,
        Optional<String> rawLeft,
        Optional<String> rawRight,
        boolean anyGroup,
        boolean describe,
        Optional<Statistics.Form> statistics,
        boolean sessionLog,
        boolean progress,
        Optional<Lock> lock,
        long signals,
        Optional<String> pluginPath,
        Optional<Duration> drain) {
    /** What the command is to do. */
    enum Action {
        RELAY,
        VERSION,
        HELP,
        HELP_OPTIONS,
        HELP_ALL
    }

    /**
     * Where lines go.
     *
     * @param stderr whether to standard error
     * @param file {@code -lf}
     * @param syslog the facility of {@code -ly}
     * @param later {@code -lm}: the facility of syslog, which takes over when the transfer begins
     * @param microseconds {@code -lu}
     * @param hostName {@code -lh}
     */
    record LogTarget(
            boolean stderr,
            Optional<String> file,
            Optional<String> syslog,
            Optional<String> later,
            boolean microseconds,
            boolean hostName) {}

    /**
     * A lock for the whole run.
     *
     * @param path its file
     * @param waits whether to wait until it is free
     */
    record Lock(String path, boolean waits) {}

    /** The transfer settings, with what sees the blocks on their way. */
    RelaySettings relaySettings(Optional<Supplier<Tap>> taps) {
        return new RelaySettings(
                direction, bufferSize, closeTimeout, inactivityTimeout, taps, settings.sloppy());
    }

    /** The version that an environment variable or option letter names. */
    static IpVersion ipVersion(char letter) {
        return switch (letter) {
            case '4' -> IpVersion.IPV4;
            case '6' -> IpVersion.IPV6;
            default -> IpVersion.ANY;
        };
    }
}
