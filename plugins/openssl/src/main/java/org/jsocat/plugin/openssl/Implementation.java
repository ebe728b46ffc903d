package org.jsocat.plugin.openssl;

import org.jsocat.spi.OptionType;
import org.jsocat.spi.OptionValueException;

import java.util.Locale;
import java.util.Optional;

/** Whose TLS is used. */
enum Implementation {
    /** That of the Java runtime. */
    JDK,
    /** That of Bouncy Castle, which has groups that the runtime lacks. */
    BOUNCYCASTLE;

    static final OptionType<Implementation> TYPE =
            new OptionType<>() {
                @Override
                public String name() {
                    return "STRING";
                }

                @Override
                public Implementation parse(Optional<String> text) {
                    return switch (text.orElse("").toLowerCase(Locale.ROOT)) {
                        case "jdk", "jsse" -> JDK;
                        case "bouncycastle", "bc" -> BOUNCYCASTLE;
                        default ->
                                throw new OptionValueException(
                                        "jdk or bouncycastle is accepted, not \""
                                                + text.orElse("")
                                                + "\"");
                    };
                }

                @Override
                public byte[] encode(Implementation value) {
                    throw new UnsupportedOperationException("no native form");
                }
            };
}
