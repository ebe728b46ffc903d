package org.jsocat.core.relay;

import org.jsocat.spi.AddressException;
import org.jsocat.spi.DescriptorEndpoint;
import org.jsocat.spi.Direction;
import org.jsocat.spi.Endpoint;
import org.jsocat.spi.OpenContext;
import org.jsocat.spi.Option;
import org.jsocat.spi.OptionTarget;
import org.jsocat.spi.Phase;
import org.jsocat.spi.Retry;
import org.jsocat.spi.Settings;
import org.jsocat.spi.posix.Fd;
import org.slf4j.Logger;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** An address without options, or with some flags. */
public record PlainContext(Direction direction, Logger log, Set<Option<Boolean>> flags)
        implements OpenContext {
    /** An endpoint over a socket. */
    public static DescriptorEndpoint socket(Fd fd) {
        return DescriptorEndpoint.over(plain(), fd).socket().build();
    }

    /** An endpoint over anything else. */
    public static DescriptorEndpoint file(Fd fd, Direction direction) {
        return DescriptorEndpoint.over(plain(), fd).direction(direction).build();
    }

    public static PlainContext plain() {
        return new PlainContext(Direction.BOTH, new RecordingLog(), Set.of());
    }

    @Override
    public <T> Optional<T> option(Option<T> option) {
        @SuppressWarnings("unchecked")
        T on = (T) Boolean.TRUE;
        return flags.contains(option) ? Optional.of(on) : Optional.empty();
    }

    @Override
    public <T> List<T> options(Option<T> option) {
        return option(option).stream().toList();
    }

    @Override
    public boolean has(Option<?> option) {
        return flags.contains(option);
    }

    @Override
    public String text() {
        return "TEST";
    }

    @Override
    public String keyword() {
        return "TEST";
    }

    @Override
    public List<String> parameters() {
        return List.of();
    }

    @Override
    public boolean reversed() {
        return false;
    }

    @Override
    public Optional<Endpoint> replaceable() {
        return Optional.empty();
    }

    @Override
    public boolean retrying() {
        return false;
    }

    @Override
    public Retry retry() {
        return Retry.NONE;
    }

    @Override
    public void again(Phase first, Phase last) {}

    @Override
    public boolean forked() {
        return false;
    }

    @Override
    public Settings settings() {
        return Settings.DEFAULT;
    }

    @Override
    public void apply(Phase phase, OptionTarget target, OptionTarget... further) {}

    @Override
    public void apply(Set<String> groups, Set<Phase> phases, OptionTarget target) {}

    @Override
    public void variable(String name, String value) {}

    @Override
    public void environment(String name, String value) {}

    @Override
    public Map<String, String> environment() {
        return Map.of();
    }

    @Override
    public void afterOpening(Runnable undo) {}

    @Override
    public void whenOpened(Runnable action) {}

    @Override
    public void onSignal(int signal, Runnable action) {}

    @Override
    public void afterClosing(Runnable cleanup) {}

    @Override
    public void error(String message) {
        throw AddressException.fatal(message);
    }
}
