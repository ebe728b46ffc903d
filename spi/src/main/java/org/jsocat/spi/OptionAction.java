package org.jsocat.spi;

/**
 * What an option does when its phase comes.
 *
 * <p>The actions that many options share (a socket option by level and name, an open flag, a file
 * attribute) are records in this package, so that a row of an option table says it all; anything
 * else is a small function.
 *
 * @param <T> the type of the option's value
 * @since 1.0
 */
@FunctionalInterface
public interface OptionAction<T> {
    /**
     * Takes effect. Runs on the opening thread and may block.
     *
     * @param context the address being opened
     * @param target what exists so far
     * @param value the parsed value
     * @throws org.jsocat.spi.posix.PosixException when a system call refuses
     * @throws AddressException when the value does not fit the target
     */
    void apply(OpenContext context, OptionTarget target, T value);

    /**
     * The action of an option that the opener (or core) reads by its typed key; it is never applied
     * by phase.
     *
     * @param <T> the type of the option's value
     */
    static <T> OptionAction<T> read() {
        @SuppressWarnings("unchecked")
        OptionAction<T> read = (OptionAction<T>) ReadByOpener.INSTANCE;
        return read;
    }

    /** Marks {@link #read()}. */
    enum ReadByOpener implements OptionAction<Object> {
        INSTANCE;

        @Override
        public void apply(OpenContext context, OptionTarget target, Object value) {
            throw new IllegalStateException("an option that the opener reads was applied by phase");
        }
    }
}
