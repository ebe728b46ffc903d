package org.jsocat.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import org.jsocat.spi.AddressException;
import org.jsocat.spi.Endpoint;
import org.jsocat.spi.Option;
import org.jsocat.spi.posix.Libc;
import org.jsocat.spi.posix.PosixException;

import java.util.Optional;

/**
 * Shows that an option which help lists for an address has a taker there: it is applied, read, or
 * refused by the system; not ignored.
 *
 * @since 0.1
 */
public final class OptionUse {
    private OptionUse() {}

    /**
     * Opens an address with an option and fails where nothing took the option.
     *
     * @param opening an address that can be opened
     * @param option the option
     */
    public static void require(Opening opening, Option<?> option) {
        Optional<String> value = sample(option);
        Opening with =
                value.isPresent()
                        ? opening.with(option.name(), value.get())
                        : opening.with(option.name());
        try (Endpoint endpoint = with.open()) {
            assertThat(endpoint.direction()).isNotNull();
        } catch (AddressException | PosixException refused) {
            // whoever refuses it has taken it, which is what is looked at
        } finally {
            with.closed();
        }
        assertThat(with.unused()).as("options of %s that nothing took", with.text()).isEmpty();
    }

    /** A harmless value: flags are off, the owner stays, offsets and lengths are 0. */
    private static Optional<String> sample(Option<?> option) {
        return switch (option.type().name()) {
            case "CONST" -> Optional.empty();
            case "UID_T" -> Optional.of(Integer.toString(Libc.getuid()));
            case "GID_T" -> Optional.of(Integer.toString(Libc.getgid()));
            case "MODE_T" -> Optional.of("0644");
            case "STRING" -> Optional.of("1");
            case "INT:INT", "INT:INTP", "INT:STRING" -> Optional.of("0:0");
            case "INT:BIN" -> Optional.of("0:x00");
            default -> Optional.of("0");
        };
    }
}
