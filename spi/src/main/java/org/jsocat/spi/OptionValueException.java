package org.jsocat.spi;

/**
 * The text of an option's value does not fit its type. The message says what is wrong and what
 * would be accepted, without the name of the option: the parser adds that and the column.
 *
 * @since 1.0
 */
public final class OptionValueException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Made by an {@link OptionType}. */
    public OptionValueException(String message) {
        super(message, null, false, false);
    }
}
