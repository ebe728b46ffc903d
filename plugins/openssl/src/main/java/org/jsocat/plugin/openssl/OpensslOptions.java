package org.jsocat.plugin.openssl;

import org.jsocat.spi.Option;
import org.jsocat.spi.OptionGroup;
import org.jsocat.spi.OptionType;
import org.jsocat.spi.OptionTypes;
import org.jsocat.spi.Phase;

import java.util.List;

/** The option group OPENSSL: the rows of the reference. */
public final class OpensslOptions implements OptionGroup {
    static final Option<String> CERTIFICATE =
            file("certificate")
                    .usually("cert")
                    .alias("certificate")
                    .summary("file with the own certificate, its chain and its key");
    static final Option<String> KEY =
            file("key").usually("key").summary("file with the private key");
    static final Option<String> CAFILE =
            file("cafile").usually("cafile").summary("file with the certificates that are trusted");
    static final Option<String> CAPATH =
            file("capath")
                    .usually("capath")
                    .summary("folder with the certificates that are trusted, under hashed names");
    static final Option<Boolean> VERIFY =
            row("verify", OptionTypes.BOOL)
                    .usually("verify")
                    .summary("check the peer's certificate; on unless it is 0");
    static final Option<String> COMMON_NAME =
            text("commonname")
                    .usually("cn")
                    .alias("commonname")
                    .summary("the name that the peer's certificate must have");
    static final Option<Boolean> NO_SNI =
            row("no-sni", OptionTypes.BOOL)
                    .usually("nosni")
                    .alias("no-sni")
                    .summary("do not tell the server which name is wanted");
    static final Option<String> SNI_HOST =
            text("snihost").usually("snihost").summary("the name to tell the server");
    static final Option<String> CIPHERS =
            text("cipherlist")
                    .usually("ciphers")
                    .alias("cipher", "cipherlist")
                    .summary("cipher suites up to TLS 1.2, as openssl-ciphers(1) writes them");
    static final Option<String> MIN_VERSION =
            version("min").summary("the oldest protocol version, such as TLS1.2");
    static final Option<String> MAX_VERSION =
            version("max").summary("the newest protocol version, such as TLS1.2");
    static final Option<String> DH_PARAMETERS =
            file("dhparam")
                    .usually("dh")
                    .alias("dhparam", "dhparams", "openssl-dhparams")
                    .summary("file with Diffie-Hellman parameters");
    static final Option<String> COMPRESS =
            text("compress").usually("compress").summary("none, or auto, which gives none here");
    static final Option<String> EGD =
            text("egd").usually("egd").summary("socket of an entropy daemon; not needed here");
    static final Option<Boolean> PSEUDO =
            row("pseudo", OptionTypes.BOOL)
                    .usually("pseudo")
                    .summary("weak random numbers; not needed here");
    static final Option<Integer> MAX_FRAGMENT =
            row("maxfraglen", OptionTypes.INT)
                    .usually("maxfraglen")
                    .summary("ask the server for records of at most 512, 1024, 2048 or 4096 bytes");
    static final Option<Integer> MAX_SEND =
            row("maxsendfrag", OptionTypes.INT)
                    .usually("maxsendfrag")
                    .summary("send records of at most so many bytes, 512 to 16384");

    private static final List<Option<?>> ROWS =
            List.of(
                    CAFILE,
                    CAPATH,
                    CERTIFICATE,
                    CIPHERS,
                    COMMON_NAME,
                    COMPRESS,
                    DH_PARAMETERS,
                    EGD,
                    KEY,
                    MAX_VERSION,
                    MAX_FRAGMENT,
                    MAX_SEND,
                    MIN_VERSION,
                    NO_SNI,
                    PSEUDO,
                    SNI_HOST,
                    VERIFY);

    /** For {@link java.util.ServiceLoader}. */
    public OpensslOptions() {}

    @Override
    public String name() {
        return "OPENSSL";
    }

    @Override
    public List<Option<?>> options() {
        return ROWS;
    }

    private static <T> Option<T> row(String name, OptionType<T> type) {
        return Option.of("openssl-" + name, type, Phase.SPECIFIC);
    }

    private static Option<String> file(String name) {
        return row(name, OptionTypes.FILE);
    }

    private static Option<String> text(String name) {
        return row(name, OptionTypes.STRING);
    }

    private static Option<String> version(String end) {
        String name = end + "-proto-version";
        return Option.of("openssl-" + name, OptionTypes.STRING, Phase.OFFSET)
                .usually(end + "-version")
                .alias(name);
    }
}
