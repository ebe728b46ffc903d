package org.jsocat.plugin.filter;

import org.jsocat.spi.Option;
import org.jsocat.spi.OptionGroup;
import org.jsocat.spi.OptionType;
import org.jsocat.spi.OptionValueException;
import org.jsocat.spi.Phase;

import java.util.List;
import java.util.Optional;

/** The option group GZIP. */
public final class GzipOptions implements OptionGroup {
    static final Option<Integer> LEVEL =
            Option.of("level", new Level(), Phase.SPECIFIC)
                    .summary("from 1, the fastest, to 9, the smallest");

    private static final List<Option<?>> ROWS = List.of(LEVEL);

    /** For {@link java.util.ServiceLoader}. */
    public GzipOptions() {}

    @Override
    public String name() {
        return "GZIP";
    }

    @Override
    public List<Option<?>> options() {
        return ROWS;
    }

    private static final class Level implements OptionType<Integer> {
        @Override
        public String name() {
            return "LEVEL";
        }

        @Override
        public Integer parse(Optional<String> text) {
            if (text.isPresent() && text.get().matches("[1-9]")) {
                return Integer.valueOf(text.get());
            }
            throw new OptionValueException("1 to 9 is accepted");
        }
    }
}
