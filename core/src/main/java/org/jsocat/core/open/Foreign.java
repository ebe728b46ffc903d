package org.jsocat.core.open;

import org.jsocat.core.relay.Defect;
import org.jsocat.spi.AddressException;
import org.jsocat.spi.Severity;
import org.jsocat.spi.posix.PosixException;

import java.util.function.Supplier;

/**
 * Calls into plugins while an address is opened: what goes wrong there is an error of the address.
 */
final class Foreign {
    private Foreign() {}

    /**
     * Calls an opener or the like.
     *
     * @param what the name of the call, for the message where it returns null
     * @throws AddressException (fatal) for all but what openers may throw, naming address and
     *     plugin
     */
    static <T> T call(OpeningContext context, String what, Supplier<T> call) {
        T result;
        try {
            result = call.get();
        } catch (AddressException | PosixException told) {
            throw told;
        } catch (RuntimeException | Error defect) {
            throw failure(context, defect);
        }
        if (result == null) {
            throw failure(context, new Defect(what + " returned null", null));
        }
        return result;
    }

    private static AddressException failure(OpeningContext context, Throwable defect) {
        return new AddressException(
                AddressException.Kind.FATAL,
                Severity.ERROR,
                context.origin().describe(defect),
                defect);
    }
}
