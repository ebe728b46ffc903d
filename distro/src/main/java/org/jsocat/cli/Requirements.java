package org.jsocat.cli;

import org.jsocat.core.plan.Catalog;
import org.jsocat.core.plan.OptionValue;
import org.jsocat.core.plan.Plan;
import org.jsocat.spi.AddressType;
import org.jsocat.spi.OptionTypes;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the addresses of a command line need of the system, from their rows and values. */
final class Requirements {
    private static final Pattern PLACE = Pattern.compile("<([^>]+)>");
    private static final Set<String> FILES = Set.of("filename", "device");
    private static final int FIRST_FREE_PORT = 1024;

    private final Set<String> modules = new LinkedHashSet<>();
    private final Set<String> files = new LinkedHashSet<>();
    private final Set<String> programs = new LinkedHashSet<>();
    private final Set<String> hosts = new LinkedHashSet<>();
    private final Set<String> privileges = new LinkedHashSet<>();

    void add(Plan.Address address) {
        AddressType type = address.type();
        modules.add(Catalog.pluginOf(address.provider()));
        privileges.addAll(address.provider().needs(type));
        for (OptionValue<?> value : address.options()) {
            if (value.option().type() == OptionTypes.FILE) {
                files.add(value.value().toString());
            }
            if (address.changesIdentity(value.option())) {
                privileges.add(
                        "to change who the process is (root): option " + value.option().name());
            }
        }
        boolean listens = type.endpoint().map(form -> form.listener().isPresent()).orElse(false);
        Optional<AddressType.Parameters> form =
                type.endpoint()
                        .map(AddressType.EndpointForm::parameters)
                        .filter(parameters -> parameters.accepts(address.parameters().size()))
                        .or(() -> type.stage().map(AddressType.StageForm::parameters));
        Matcher place = PLACE.matcher(form.map(AddressType.Parameters::syntax).orElse(""));
        for (String parameter : address.parameters()) {
            if (place.find()) {
                add(place.group(1), parameter, listens);
            }
        }
    }

    private void add(String place, String value, boolean listens) {
        if (FILES.contains(place)) {
            files.add(value);
        } else if (place.endsWith("command-line") || place.endsWith("shell-command")) {
            programs.add(value);
        } else if (place.endsWith("host") || place.endsWith("server")) {
            hosts.add(value);
        } else if (place.equals("port") && listens && isLow(value)) {
            privileges.add("to listen on port " + value + " (CAP_NET_BIND_SERVICE)");
        }
    }

    private static boolean isLow(String port) {
        return port.matches("[0-9]{1,4}")
                && Integer.parseInt(port) > 0
                && Integer.parseInt(port) < FIRST_FREE_PORT;
    }

    /** What there is, by kind. */
    Map<String, Object> model() {
        Map<String, Object> model = new LinkedHashMap<>();
        put(model, "modules", modules);
        put(model, "files", files);
        put(model, "programs", programs);
        put(model, "hosts", hosts);
        put(model, "privileges", privileges);
        return model;
    }

    private static void put(Map<String, Object> model, String kind, Set<String> found) {
        model.put(kind, new ArrayList<>(found));
    }
}
