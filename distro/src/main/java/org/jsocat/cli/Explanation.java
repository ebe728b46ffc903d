package org.jsocat.cli;

import org.jsocat.core.plan.Catalog;
import org.jsocat.core.plan.OptionValue;
import org.jsocat.core.plan.Plan;
import org.jsocat.core.plan.PlannedPair;
import org.jsocat.core.relay.RelaySettings;
import org.jsocat.spi.Direction;
import org.jsocat.spi.Retry;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a command line means, as maps and lists whose keys are those of {@code --json}.
 *
 * @param model the whole
 */
record Explanation(Map<String, Object> model) {
    /** Of two addresses that fit. */
    static Explanation of(Invocation invocation, PlannedPair pair) {
        Requirements needs = new Requirements();
        Plan left = pair.left().plan().orElseThrow();
        Plan right = pair.right().plan().orElseThrow();
        Map<String, Object> model = new LinkedHashMap<>();
        model.put("relay", relay(invocation, left, right));
        Direction direction = invocation.direction();
        model.put(
                "addresses",
                List.of(
                        address(left, direction, needs),
                        address(right, direction.reversed(), needs)));
        model.put("needs", needs.model());
        return new Explanation(model);
    }

    private static Map<String, Object> relay(Invocation invocation, Plan left, Plan right) {
        Map<String, Object> relay = new LinkedHashMap<>();
        relay.put(
                "direction",
                switch (invocation.direction()) {
                    case BOTH -> "both ways";
                    case READ -> "from the first to the second address";
                    case WRITE -> "from the second to the first address";
                });
        int size = invocation.bufferSize();
        relay.put("blockSize", size == 0 ? RelaySettings.DEFAULT_BUFFER_SIZE : size);
        relay.put("closeTimeoutSeconds", seconds(invocation.closeTimeout()));
        relay.put(
                "inactivityTimeoutSeconds",
                invocation.inactivityTimeout().<Object>map(Explanation::seconds).orElse("none"));
        relay.put(
                "relays",
                left.forks()
                        ? "one for each time the first address is opened"
                        : right.forks() ? "one for each time the second address is opened" : "one");
        return relay;
    }

    private static double seconds(Duration time) {
        return time.toNanos() / 1e9;
    }

    private static Map<String, Object> address(Plan plan, Direction wanted, Requirements needs) {
        List<Map<String, Object>> elements = new ArrayList<>();
        add(elements, plan, wanted, needs);
        Map<String, Object> address = new LinkedHashMap<>();
        address.put("elements", elements);
        return address;
    }

    private static void add(
            List<Map<String, Object>> elements, Plan plan, Direction wanted, Requirements needs) {
        if (plan instanceof Plan.Chain chain) {
            for (Plan.Stage stage : chain.stages()) {
                addStage(elements, stage, needs);
            }
            add(elements, chain.endpoint(), chain.direction(), needs);
        } else if (plan instanceof Plan.Dual dual) {
            add(elements, dual.read(), Direction.READ, needs);
            add(elements, dual.write(), Direction.WRITE, needs);
        } else if (plan instanceof Plan.Endpoint endpoint) {
            Plan.Address address = endpoint.address();
            boolean listens = address.type().endpoint().orElseThrow().listener().isPresent();
            elements.add(
                    element(
                            address,
                            listens ? "listener" : "endpoint",
                            words(wanted, "read", "written", "read and written"),
                            needs));
        }
    }

    private static void addStage(
            List<Map<String, Object>> elements, Plan.Stage stage, Requirements needs) {
        if (stage instanceof Plan.Stage.Single single) {
            elements.add(stage(single.address(), single.direction(), needs));
        } else if (stage instanceof Plan.Stage.Dual dual) {
            elements.add(stage(dual.forth(), Direction.WRITE, needs));
            Plan.Address back = dual.back();
            elements.add(stage(back.oriented(!back.reversed()), Direction.READ, needs));
        }
    }

    private static Map<String, Object> stage(
            Plan.Address address, Direction direction, Requirements needs) {
        return element(
                address,
                address.reversed() ? "stage, its sides swapped" : "stage",
                words(direction, "to the left", "to the right", "both ways"),
                needs);
    }

    private static String words(Direction direction, String read, String write, String both) {
        return switch (direction) {
            case READ -> read;
            case WRITE -> write;
            case BOTH -> both;
        };
    }

    private static Map<String, Object> element(
            Plan.Address address, String role, String direction, Requirements needs) {
        needs.add(address);
        Map<String, Object> element = new LinkedHashMap<>();
        element.put("address", address.type().name());
        element.put("written", address.text());
        element.put("role", role);
        element.put("direction", direction);
        element.put("summary", address.type().summary());
        element.put("plugin", Catalog.pluginOf(address.provider()));
        element.put("parameters", address.parameters());
        element.put("options", address.options().stream().map(Explanation::option).toList());
        element.put("defaults", defaults(address));
        return element;
    }

    private static Map<String, Object> option(OptionValue<?> value) {
        Map<String, Object> option = new LinkedHashMap<>();
        option.put("name", value.option().name());
        option.put("value", value.shown());
        option.put("phase", value.option().phase().name());
        option.put("type", value.option().type().name());
        option.put("effect", value.option().isRead() ? "read when it opens" : "set in its phase");
        option.put("summary", value.option().summary());
        return option;
    }

    private static Map<String, Object> defaults(Plan.Address address) {
        Map<String, Object> defaults = new LinkedHashMap<>();
        if (address.type().groups().contains("RETRY")) {
            Retry retry = address.retry();
            defaults.put("retry", retry.forever() ? "forever" : retry.times());
            defaults.put("interval", seconds(retry.interval()));
        }
        return defaults;
    }

    /** For people: a line for each element, further ones for its options. */
    String text() {
        StringBuilder text = new StringBuilder();
        model.forEach((key, value) -> section(text, key, value));
        return text.toString();
    }

    /** A section of the text; addresses are the only list. */
    private static void section(StringBuilder text, String key, Object value) {
        if (value instanceof List<?> addresses) {
            for (int i = 0; i < addresses.size(); i++) {
                text.append("address ").append(i + 1).append('\n');
                Map<?, ?> address = (Map<?, ?>) addresses.get(i);
                ((List<?>) address.get("elements"))
                        .forEach(element -> element(text, (Map<?, ?>) element));
            }
            return;
        }
        text.append(key).append('\n');
        ((Map<?, ?>) value)
                .forEach(
                        (name, item) -> {
                            for (Object line :
                                    item instanceof List<?> list ? list : List.of(item)) {
                                text.append("  ").append(name).append(": ").append(line);
                                text.append('\n');
                            }
                        });
    }

    private static void element(StringBuilder text, Map<?, ?> element) {
        text.append("  ").append(element.get("written")).append('\n');
        text.append("    ").append(element.get("address")).append(", ");
        text.append(element.get("role")).append(", ").append(element.get("direction"));
        text.append("; ").append(element.get("plugin")).append('\n');
        Optional.of(element.get("summary"))
                .filter(summary -> !summary.equals(""))
                .ifPresent(summary -> text.append("    ").append(summary).append('\n'));
        for (Object each : (List<?>) element.get("parameters")) {
            text.append("    parameter ").append(each).append('\n');
        }
        for (Object each : (List<?>) element.get("options")) {
            Map<?, ?> option = (Map<?, ?>) each;
            text.append("    option ").append(option.get("name"));
            if (!option.get("value").equals("")) {
                text.append('=').append(option.get("value"));
            }
            text.append(", phase ").append(option.get("phase"));
            text.append(", ").append(option.get("effect")).append('\n');
        }
        ((Map<?, ?>) element.get("defaults"))
                .forEach(
                        (name, value) ->
                                text.append("    ")
                                        .append(name)
                                        .append(' ')
                                        .append(value)
                                        .append('\n'));
    }
}
