package org.jsocat.plugin.openssl;

import org.jsocat.spi.Option;
import org.jsocat.spi.OptionGroup;
import org.jsocat.spi.OptionTypes;
import org.jsocat.spi.Phase;

import java.util.List;

/** The option group OPENSSL: rows that the reference lacks or has in other builds only. */
public final class TlsOptions implements OptionGroup {
    static final Option<String> METHOD =
            text("openssl-method")
                    .usually("method")
                    .summary("exactly one protocol version, such as TLS1.2");
    static final Option<Boolean> FIPS =
            Option.of("openssl-fips", OptionTypes.BOOL, Phase.SPECIFIC)
                    .usually("fips")
                    .summary("refused unless it is 0: there is no validated module here");
    static final Option<String> CIPHER_SUITES =
            text("openssl-ciphersuites")
                    .usually("ciphersuites")
                    .summary("cipher suites of TLS 1.3, separated by colons");
    static final Option<String> GROUPS =
            text("openssl-groups")
                    .usually("groups")
                    .alias("curves")
                    .summary("groups for the key exchange, such as X25519MLKEM768:X25519");
    static final Option<String> PASSPHRASE =
            text("openssl-passin")
                    .usually("passin")
                    .asSecret()
                    .summary("where the key's passphrase is: file:NAME, env:NAME, fd:NUMBER");
    static final Option<Implementation> PROVIDER =
            Option.of("openssl-provider", Implementation.TYPE, Phase.SPECIFIC)
                    .usually("tls-provider")
                    .summary("jdk or bouncycastle: whose TLS is used");

    private static final List<Option<?>> ROWS =
            List.of(CIPHER_SUITES, FIPS, GROUPS, METHOD, PASSPHRASE, PROVIDER);

    /** For {@link java.util.ServiceLoader}. */
    public TlsOptions() {}

    @Override
    public String name() {
        return "OPENSSL";
    }

    @Override
    public List<Option<?>> options() {
        return ROWS;
    }

    private static Option<String> text(String name) {
        return Option.of(name, OptionTypes.STRING, Phase.SPECIFIC);
    }
}
