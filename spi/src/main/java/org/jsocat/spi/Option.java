package org.jsocat.spi;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * One option: a row of an {@link OptionGroup}'s table, and the typed key by which an opener reads
 * its value.
 *
 * <p>Immutable; an option is identified by its instance, so that the same row may stand in several
 * groups.
 *
 * @param <T> the type of its value
 * @since 1.0
 */
public final class Option<T> {
    /** What its action changes. */
    private enum Subject {
        OPENED,
        PROCESS,
        THREAD,
        IDENTITY
    }

    private final String name;
    private final OptionType<T> type;
    private final Phase phase;
    private final OptionAction<? super T> action;
    private final Optional<String> usualName;
    private final List<String> aliases;
    private final boolean secret;
    private final Subject subject;
    private final String summary;

    private Option(
            String name,
            OptionType<T> type,
            Phase phase,
            OptionAction<? super T> action,
            Optional<String> usualName,
            List<String> aliases,
            boolean secret,
            Subject subject,
            String summary) {
        this.name = Objects.requireNonNull(name);
        this.type = Objects.requireNonNull(type);
        this.phase = Objects.requireNonNull(phase);
        this.action = Objects.requireNonNull(action);
        this.usualName = usualName;
        this.aliases = aliases;
        this.secret = secret;
        this.subject = subject;
        this.summary = summary;
    }

    /** An option that takes effect by its action when its phase comes. */
    public static <T> Option<T> of(
            String name, OptionType<T> type, Phase phase, OptionAction<? super T> action) {
        return new Option<>(
                name, type, phase, action, Optional.empty(), List.of(), false, Subject.OPENED, "");
    }

    /** An option whose value the opener (or core) reads through this key. */
    public static <T> Option<T> of(String name, OptionType<T> type, Phase phase) {
        return of(name, type, phase, OptionAction.read());
    }

    /**
     * The same option with the name that people usually write; it is what {@code -hh} lists. It is
     * an alias too.
     */
    public Option<T> usually(String name) {
        return new Option<>(
                this.name,
                type,
                phase,
                action,
                Optional.of(name),
                aliases,
                secret,
                subject,
                summary);
    }

    /** The same option with further names. */
    public Option<T> alias(String... names) {
        return new Option<>(
                name, type, phase, action, usualName, List.of(names), secret, subject, summary);
    }

    /** The same option, its value never shown in messages. */
    public Option<T> asSecret() {
        return new Option<>(name, type, phase, action, usualName, aliases, true, subject, summary);
    }

    /**
     * The same option, marked as concerning the whole process rather than what is opened: it takes
     * effect once, on however many descriptors the address has.
     */
    public Option<T> perProcess() {
        return about(Subject.PROCESS);
    }

    /**
     * The same option, marked as changing a setting of the thread that opens the address, which is
     * no boundary between relays (working directory, umask, network namespace): relays that are
     * forked with it are opened on a thread that has such settings of its own. It takes effect
     * once.
     */
    public Option<T> perThread() {
        return about(Subject.THREAD);
    }

    /**
     * The same option, marked as changing who the process is or which files it sees (user, groups,
     * root directory): relays that are forked with it live in a process of that identity. It takes
     * effect once.
     */
    public Option<T> changesIdentity() {
        return about(Subject.IDENTITY);
    }

    private Option<T> about(Subject changed) {
        return new Option<>(
                name, type, phase, action, usualName, aliases, secret, changed, summary);
    }

    /** The same option with a line for help and manual. */
    public Option<T> summary(String text) {
        return new Option<>(name, type, phase, action, usualName, aliases, secret, subject, text);
    }

    /** The canonical name. */
    public String name() {
        return name;
    }

    /** How its value is written. */
    public OptionType<T> type() {
        return type;
    }

    /** When it takes effect. */
    public Phase phase() {
        return phase;
    }

    /** What it does then. */
    public OptionAction<? super T> action() {
        return action;
    }

    /** Whether the opener reads it, so that no action is applied. */
    public boolean isRead() {
        return action == OptionAction.ReadByOpener.INSTANCE;
    }

    /** The name that people usually write, where it is not the canonical one. */
    public Optional<String> usualName() {
        return usualName;
    }

    /** Its further names, not counting the canonical and the usual one. */
    public List<String> aliases() {
        return aliases;
    }

    /** Whether its value must not be shown. */
    public boolean secret() {
        return secret;
    }

    /**
     * Whether it acts on what is opened, on each descriptor of an address that has several. Those
     * marked by {@link #perProcess()}, {@link #perThread()} and {@link #changesIdentity()} do not.
     */
    public boolean actsOnDescriptors() {
        return subject == Subject.OPENED;
    }

    /** Whether it is marked by {@link #perThread()}. */
    public boolean isPerThread() {
        return subject == Subject.THREAD;
    }

    /** Whether it is marked by {@link #changesIdentity()}. */
    public boolean isIdentity() {
        return subject == Subject.IDENTITY;
    }

    /** One line for help and manual; may be empty. */
    public String summary() {
        return summary;
    }

    @Override
    public String toString() {
        return name;
    }
}
