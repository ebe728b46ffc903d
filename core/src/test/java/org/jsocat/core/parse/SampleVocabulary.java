package org.jsocat.core.parse;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** A small catalog: some endpoints, stages and types that are both, as the plugins declare them. */
final class SampleVocabulary implements Vocabulary {

    private record Type(int least, int most, boolean freeText) {}

    private static final Type STAGE = new Type(-1, -1, false);

    private static final Set<String> OPTIONS =
            Set.of(
                    "fork",
                    "reuseaddr",
                    "verify",
                    "cafile",
                    "cert",
                    "pty",
                    "creat",
                    "bind",
                    "range",
                    "pipes");

    private final Map<String, Type> types = new LinkedHashMap<>();

    SampleVocabulary() {
        for (String name : List.of("stdio", "stdin", "stdout")) {
            types.put(name, new Type(0, 0, false));
        }
        types.put("pipe", new Type(0, 1, true));
        for (String name :
                List.of("open", "file", "gopen", "create", "exec", "system", "unix", "text")) {
            types.put(name, new Type(1, 1, true));
        }
        types.put("shell", new Type(0, 1, true));
        for (String name : List.of("fd", "tcp-l", "tcp-listen", "openssl-listen")) {
            types.put(name, new Type(1, 1, false));
        }
        for (String name : List.of("tcp", "tcp4", "tcp6", "openssl", "ssl")) {
            types.put(name, new Type(2, 2, false));
        }
        for (String name : List.of("proxy", "proxy-connect", "socks", "socks4")) {
            types.put(name, new Type(3, 3, false));
        }
        types.put("socks5", new Type(3, 4, false));
        for (String name :
                List.of(
                        "nop",
                        "test",
                        "testuni",
                        "testrev",
                        "gzip",
                        "gunzip",
                        "exec1",
                        "openssl-server")) {
            types.put(name, STAGE);
        }
    }

    @Override
    public boolean isKeyword(String name) {
        return types.containsKey(name.toLowerCase(Locale.ROOT));
    }

    @Override
    public boolean accepts(Address address) {
        Type type = types.get(address.keyword().toLowerCase(Locale.ROOT));
        int count = address.parameters().size();
        if (count < type.least() || count > type.most()) {
            return false;
        }
        for (Text parameter : address.parameters()) {
            if (!type.freeText() && parameter.hasBareOperator()) {
                return false;
            }
        }
        for (AddressOption option : address.options()) {
            if (!OPTIONS.contains(option.name().value().toLowerCase(Locale.ROOT))) {
                return false;
            }
        }
        return true;
    }

    @Override
    public Iterable<String> keywords() {
        return types.keySet();
    }
}
