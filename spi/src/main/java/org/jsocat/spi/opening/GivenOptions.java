package org.jsocat.spi.opening;

import org.jsocat.spi.OpenContext;
import org.jsocat.spi.Option;
import org.jsocat.spi.OptionTarget;
import org.jsocat.spi.Phase;
import org.jsocat.spi.posix.PosixException;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * The options of an address while it is opened: each takes effect once, in the phase of its row and
 * in the order in which they were written, and those that nothing has taken are known. The one
 * implementation of these methods of {@link OpenContext}.
 *
 * <p>Not thread-safe.
 *
 * @since 1.0
 */
public final class GivenOptions {
    private final List<? extends Given<?>> values;
    private final boolean[] used;

    /**
     * Options of which none has taken effect.
     *
     * @param values in the order in which they were written; not copied
     */
    public GivenOptions(List<? extends Given<?>> values) {
        this.values = values;
        used = new boolean[values.size()];
    }

    /** What took effect on another does not again: a connection of a listener. */
    public GivenOptions(GivenOptions other) {
        values = other.values;
        used = other.used.clone();
    }

    /** The last value of an option, which then counts as used. */
    @SuppressWarnings("unchecked") // the value of a row is of the row's type
    public <T> Optional<T> option(Option<T> option) {
        T last = null;
        for (int i = 0; i < used.length; i++) {
            if (values.get(i).option() == option) {
                used[i] = true;
                last = (T) values.get(i).value();
            }
        }
        return Optional.ofNullable(last);
    }

    /** All values of an option in order; it then counts as used. */
    @SuppressWarnings("unchecked") // likewise
    public <T> List<T> options(Option<T> option) {
        List<T> all = new ArrayList<>(0);
        for (int i = 0; i < used.length; i++) {
            if (values.get(i).option() == option) {
                used[i] = true;
                all.add((T) values.get(i).value());
            }
        }
        return all;
    }

    /** Whether an option is given at all. */
    public boolean has(Option<?> option) {
        for (int i = 0; i < used.length; i++) {
            if (values.get(i).option() == option) {
                return true;
            }
        }
        return false;
    }

    /** The last of some options that was written; all of them count as used. */
    public Optional<Option<?>> lastOf(Set<? extends Option<?>> alternatives) {
        Option<?> last = null;
        for (int i = 0; i < used.length; i++) {
            if (alternatives.contains(values.get(i).option())) {
                used[i] = true;
                last = values.get(i).option();
            }
        }
        return Optional.ofNullable(last);
    }

    /**
     * Applies the options of a phase: {@link OpenContext#apply(Phase, OptionTarget,
     * OptionTarget...)}.
     *
     * @param context whose error it is where one is refused
     */
    public void apply(
            OpenContext context, Phase phase, OptionTarget target, OptionTarget... further) {
        for (int i = 0; i < used.length; i++) {
            Option<?> option = values.get(i).option();
            if (!used[i] && option.phase() == phase && !option.isRead()) {
                used[i] = true;
                apply(context, values.get(i), target);
                if (option.actsOnDescriptors()) {
                    for (OptionTarget another : further) {
                        apply(context, values.get(i), another);
                    }
                }
            }
        }
    }

    /**
     * Applies some options of some phases, in the order in which they were written.
     *
     * @param meant whether an option is one of them
     */
    public void apply(
            OpenContext context,
            Predicate<Option<?>> meant,
            Set<Phase> phases,
            OptionTarget target) {
        for (int i = 0; i < used.length; i++) {
            Option<?> option = values.get(i).option();
            if (!used[i]
                    && !option.isRead()
                    && phases.contains(option.phase())
                    && meant.test(option)) {
                used[i] = true;
                apply(context, values.get(i), target);
            }
        }
    }

    private static <T> void apply(OpenContext context, Given<T> given, OptionTarget target) {
        try {
            given.option().action().apply(context, target, given.value());
        } catch (PosixException refused) {
            context.error(refused.getMessage());
        }
    }

    /** Has the options of some phases act again: {@link OpenContext#again}. */
    public void again(Phase first, Phase last) {
        for (int i = 0; i < used.length; i++) {
            Option<?> option = values.get(i).option();
            boolean meant =
                    option.phase().compareTo(first) >= 0 && option.phase().compareTo(last) <= 0;
            used[i] &= !meant || option.isRead();
        }
    }

    /** Has some options not act here, because they do elsewhere. */
    public void leave(Predicate<Option<?>> elsewhere) {
        for (int i = 0; i < used.length; i++) {
            used[i] |= elsewhere.test(values.get(i).option());
        }
    }

    /** The options that nothing has taken. */
    public List<Option<?>> unused() {
        List<Option<?>> unused = new ArrayList<>(0);
        for (int i = 0; i < used.length; i++) {
            if (!used[i]) {
                unused.add(values.get(i).option());
            }
        }
        return unused;
    }
}
