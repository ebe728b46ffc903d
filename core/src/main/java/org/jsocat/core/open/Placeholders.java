package org.jsocat.core.open;

import org.jsocat.core.plan.Plan;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Names in braces in the parameters of an address, for which stands what the address on the left
 * has learned about its peer: {@code TCP:{TARGETHOST}:{TARGETPORT}}. The names are those of the
 * variables of programs. What nobody has told stays as it is written, and so do the parameters of
 * programs, which have the variables and whose shells must not see the words of strangers.
 */
final class Placeholders {
    private Placeholders() {}

    /** The parameters of an address with all that is known filled in. */
    static List<String> filled(Plan.Address address, RelayEnvironment known) {
        List<String> parameters = address.parameters();
        for (String parameter : parameters) {
            if (parameter.indexOf('{') >= 0) {
                return address.type().isProgram() ? parameters : fill(parameters, known);
            }
        }
        return parameters;
    }

    private static List<String> fill(List<String> parameters, RelayEnvironment known) {
        Pattern name = Pattern.compile("\\{([A-Z][A-Z0-9_]*)\\}");
        List<String> filled = new ArrayList<>();
        for (String parameter : parameters) {
            Matcher matcher = name.matcher(parameter);
            StringBuilder text = new StringBuilder();
            while (matcher.find()) {
                Optional<String> value = known.value(matcher.group(1));
                matcher.appendReplacement(
                        text, Matcher.quoteReplacement(value.orElse(matcher.group())));
            }
            filled.add(matcher.appendTail(text).toString());
        }
        return filled;
    }
}
