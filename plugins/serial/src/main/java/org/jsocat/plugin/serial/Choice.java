package org.jsocat.plugin.serial;

import org.jsocat.spi.OptionType;
import org.jsocat.spi.OptionValueException;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/**
 * One of some words; the value is the number that jSerialComm has for it.
 *
 * @param words the words in lower case
 */
record Choice(Map<String, Integer> words) implements OptionType<Integer> {
    @Override
    public String name() {
        return "CHOICE";
    }

    @Override
    public Integer parse(Optional<String> text) {
        String accepted = String.join(", ", new TreeSet<>(words.keySet()));
        String word =
                text.orElseThrow(() -> new OptionValueException("value required: " + accepted));
        Integer value = words.get(word.toLowerCase(Locale.ROOT));
        if (value == null) {
            throw new OptionValueException("\"" + word + "\" is not one of " + accepted);
        }
        return value;
    }
}
