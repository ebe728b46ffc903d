package org.jsocat.plugin.openssl;

import org.jsocat.spi.AddressException;
import org.jsocat.spi.OpenContext;
import org.jsocat.spi.Option;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What the options of an address ask of all its connections. Equal settings share what is made from
 * them: sessions that can be resumed, and files that were read.
 *
 * @param server whether this side answers
 * @param certificate the file of the own certificate
 * @param key the file of its key, where it is another one
 * @param passphrase opens the key
 * @param cafile the file of what is trusted
 * @param capath the folder of what is trusted
 * @param verify whether the peer's certificate is checked
 * @param suites cipher suites as the runtime names them
 * @param versions those that are offered or accepted
 * @param groups for the key exchange, as OpenSSL names them; empty for the usual ones
 * @param implementation whose TLS is used
 * @param maxFragment the most bytes of a record that the peer is asked for; 0 for no limit
 * @param maxSend the most bytes of a record that is sent
 */
record TlsSettings(
        boolean server,
        Optional<String> certificate,
        Optional<String> key,
        Passphrase passphrase,
        Optional<String> cafile,
        Optional<String> capath,
        boolean verify,
        List<String> suites,
        List<ProtocolVersion> versions,
        List<String> groups,
        Implementation implementation,
        int maxFragment,
        int maxSend) {
    private static final int MOST_PLAIN = 16384;
    private static final List<Integer> FRAGMENTS = List.of(512, 1024, 2048, 4096);

    /**
     * Reads the options of an address; all of those that the groups have count as used.
     *
     * @param server whether this side answers
     * @param datagrams whether it is DTLS
     * @throws AddressException when a value cannot be
     */
    static TlsSettings of(OpenContext context, boolean server, boolean datagrams) {
        refuseWhatCannotBe(context);
        Optional<String> certificate = context.option(OpensslOptions.CERTIFICATE);
        Optional<String> key = context.option(OpensslOptions.KEY);
        List<ProtocolVersion> versions = versions(context, datagrams);
        List<String> groups =
                context.option(TlsOptions.GROUPS)
                        .map(text -> List.of(text.split("[:,]")))
                        .orElse(List.of());
        return new TlsSettings(
                server,
                certificate,
                key,
                new Passphrase(context.option(TlsOptions.PASSPHRASE)),
                context.option(OpensslOptions.CAFILE),
                context.option(OpensslOptions.CAPATH),
                context.option(OpensslOptions.VERIFY).orElse(true),
                suites(context, versions),
                versions,
                groups,
                context.option(TlsOptions.PROVIDER)
                        .orElse(
                                NamedGroups.runtimeHasAll(groups)
                                        ? Implementation.JDK
                                        : Implementation.BOUNCYCASTLE),
                maxFragment(context, server),
                maxSend(context));
    }

    /** Of what mostly differs; that of all would have the runtime make code for it. */
    @Override
    public int hashCode() {
        return (certificate.hashCode() * 31 + cafile.hashCode()) * 31 + Boolean.hashCode(server);
    }

    private static void refuseWhatCannotBe(OpenContext context) {
        if (context.flag(TlsOptions.FIPS)) {
            throw AddressException.unavailable(
                    "option fips: this program has no module that is validated by FIPS 140;"
                            + " cipher, groups and min-proto-version can demand its algorithms");
        }
        context.option(OpensslOptions.EGD)
                .ifPresent(name -> context.log().trace("option egd: the kernel gives entropy"));
        if (context.flag(OpensslOptions.PSEUDO)) {
            context.log().trace("option pseudo: the kernel gives entropy");
        }
        context.option(OpensslOptions.COMPRESS).ifPresent(method -> compress(context, method));
        context.option(OpensslOptions.DH_PARAMETERS); // looked at once, before anything is opened
    }

    private static void compress(OpenContext context, String method) {
        if (method.equalsIgnoreCase("auto")) {
            context.log().debug("option compress: there is no compression here");
        } else if (!method.equalsIgnoreCase("none")) {
            throw AddressException.usage(
                    "openssl-compress=\"" + method + "\": unknown compression method");
        }
    }

    private static List<ProtocolVersion> versions(OpenContext context, boolean datagrams) {
        Optional<String> method = context.option(TlsOptions.METHOD);
        ProtocolVersion newest = datagrams ? ProtocolVersion.DTLS1_2 : ProtocolVersion.TLS1_3;
        ProtocolVersion usual = datagrams ? ProtocolVersion.DTLS1_2 : ProtocolVersion.USUAL_LEAST;
        ProtocolVersion least = version(context, OpensslOptions.MIN_VERSION, datagrams, usual);
        ProtocolVersion most = version(context, OpensslOptions.MAX_VERSION, datagrams, newest);
        if (method.isPresent() && !method.get().equalsIgnoreCase("SSL23")) {
            ProtocolVersion only = method(method.get(), datagrams);
            return List.of(only);
        }
        if (!context.has(OpensslOptions.MIN_VERSION) && most.compareTo(least) < 0) {
            least = most;
        }
        List<ProtocolVersion> versions = new ArrayList<>(ProtocolVersion.between(least, most));
        versions.remove(ProtocolVersion.SSL3);
        if (versions.isEmpty()) {
            throw AddressException.usage(
                    "no protocols available from "
                            + least.optionName()
                            + " (min-proto-version) to "
                            + most.optionName()
                            + " (max-proto-version)");
        }
        return List.copyOf(versions);
    }

    private static ProtocolVersion method(String text, boolean datagrams) {
        Optional<ProtocolVersion> version =
                ProtocolVersion.of(text).filter(one -> one != ProtocolVersion.SSL3);
        if (version.isEmpty()) {
            throw AddressException.usage(
                    "openssl-method=\"" + text + "\": method unknown or not provided by library");
        }
        if (version.get().isDatagram() != datagrams) {
            throw AddressException.usage(
                    "openssl-method=\""
                            + text
                            + "\": use "
                            + (datagrams
                                    ? "OPENSSL-CONNECT or OPENSSL-LISTEN"
                                    : "OPENSSL-DTLS-CLIENT or OPENSSL-DTLS-SERVER"));
        }
        return version.get();
    }

    private static ProtocolVersion version(
            OpenContext context,
            Option<String> option,
            boolean datagrams,
            ProtocolVersion otherwise) {
        Optional<String> text = context.option(option);
        if (text.isEmpty()) {
            return otherwise;
        }
        ProtocolVersion version =
                ProtocolVersion.of(text.get())
                        .orElseThrow(
                                () ->
                                        AddressException.usage(
                                                "Unknown SSL/TLS version \""
                                                        + text.get()
                                                        + "\" (use forms like \"TLS1.2\")"));
        if (version.isDatagram() != datagrams) {
            throw AddressException.usage("Wrong type of TLS/DTLS version \"" + text.get() + "\"");
        }
        return version;
    }

    private static List<String> suites(OpenContext context, List<ProtocolVersion> versions) {
        List<String> all = new ArrayList<>();
        if (versions.contains(ProtocolVersion.TLS1_3)) {
            all.addAll(
                    context.option(TlsOptions.CIPHER_SUITES)
                            .map(TlsSettings::suitesOf13)
                            .orElse(CipherList.TLS13));
        } else {
            context.option(TlsOptions.CIPHER_SUITES); // has no meaning then, as in OpenSSL
        }
        Optional<String> asked = context.option(OpensslOptions.CIPHERS);
        if (asked.isEmpty()) {
            all.addAll(UsualSuites.NAMES);
            return List.copyOf(all);
        }
        String list = asked.get();
        List<CipherSuite> chosen = CipherList.select(list);
        if (chosen.isEmpty()) {
            boolean newer = CipherList.TLS13.contains(list.split("[:, ]", 2)[0]);
            throw AddressException.usage(
                    "SSL_set_cipher_list(, \""
                            + list
                            + "\"): no cipher match"
                            + (newer ? "; suites of TLS 1.3 are given with ciphersuites" : ""));
        }
        chosen.forEach(suite -> all.add(suite.name()));
        return List.copyOf(all);
    }

    private static List<String> suitesOf13(String text) {
        List<String> names = List.of(text.split(":"));
        for (String name : names) {
            if (!CipherList.TLS13.contains(name)) {
                throw AddressException.usage(
                        "ciphersuites: there is no \""
                                + name
                                + "\" in TLS 1.3; there are "
                                + String.join(":", CipherList.TLS13));
            }
        }
        return names;
    }

    private static int maxFragment(OpenContext context, boolean server) {
        Optional<Integer> value = context.option(OpensslOptions.MAX_FRAGMENT);
        if (value.isPresent() && server) {
            throw AddressException.usage("openssl: maxfraglen option not applicable to a server");
        }
        if (value.isPresent() && !FRAGMENTS.contains(value.get())) {
            throw AddressException.usage(
                    "openssl: maxfraglen "
                            + value.get()
                            + " is not one of 512, 1024, 2048, or 4096");
        }
        return value.orElse(0);
    }

    private static int maxSend(OpenContext context) {
        int value = context.option(OpensslOptions.MAX_SEND).orElse(MOST_PLAIN);
        if (value < FRAGMENTS.getFirst() || value > MOST_PLAIN) {
            throw AddressException.usage(
                    "openssl: maxsendfrag " + value + " out of range 512 - " + MOST_PLAIN);
        }
        return value;
    }
}
