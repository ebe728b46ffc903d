package org.jsocat.cli;

import org.jsocat.core.plan.Catalog;
import org.jsocat.spi.AddressType;
import org.jsocat.spi.Option;
import org.jsocat.spi.OptionGroup;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * What {@code -h}, {@code -hh} and {@code -hhh} print, made from the tables of the plugins. Scripts
 * read it: columns, order and the words before {@code =} are those of socat.
 */
final class Help {
    private static final int TAB = 8;
    private static final String ALL = "(all)";

    /** The groups of the reference in its order; groups of other plugins come behind them. */
    private static final List<String> GROUP_ORDER =
            List.of(
                    "FD",
                    "FIFO",
                    "CHR",
                    "BLK",
                    "REG",
                    "SOCKET",
                    "READLINE",
                    "NAMED",
                    "OPEN",
                    "EXEC",
                    "FORK",
                    "LISTEN",
                    "SHELL",
                    "CHILD",
                    "RETRY",
                    "TERMIOS",
                    "RANGE",
                    "PTY",
                    "PARENT",
                    "UNIX",
                    "IP4",
                    "IP6",
                    "INTERFACE",
                    "UDP",
                    "TCP",
                    "SOCKS",
                    "OPENSSL",
                    "PROCESS",
                    "APPL",
                    "HTTP",
                    "POSIXMQ",
                    "SCTP",
                    "DCCP",
                    "UDPLITE");

    private final Catalog catalog;
    private final StringBuilder out = new StringBuilder();

    private Help(Catalog catalog) {
        this.catalog = catalog;
    }

    /** The text for a level: 0 addresses only, 1 with the usual option names, 2 with every name. */
    static String text(Catalog catalog, int level) {
        Help help = new Help(catalog);
        help.usage();
        help.addresses(level == 2);
        if (level > 0) {
            help.options(level == 2);
        }
        return help.out.toString();
    }

    private void usage() {
        out.append("jsocat: socat for the JVM\n");
        out.append("Usage:\nsocat [options] <bi-address> <bi-address>\n");
        out.append("   options (general command line options):\n");
        SocatOptions.help(out);
    }

    private void addresses(boolean aliases) {
        out.append("   bi-address:  /* an address for both directions */\n");
        out.append("      <single-address>\n");
        out.append("      <single-address>!!<single-address>\n");
        out.append("      <stage>|<bi-address>\n");
        out.append("   single-address:\n");
        out.append("      <address-head>[,<opts>]\n");
        out.append("   address-head:\n");
        catalog.keywords()
                .forEach(
                        (keyword, entry) -> {
                            AddressType type = entry.type();
                            if (keyword.equals(type.name())) {
                                address(type);
                            } else if (aliases) {
                                int start = out.length();
                                out.append("      ").append(keyword);
                                tabs(start, 40);
                                out.append("\tis an alias name for ")
                                        .append(type.name())
                                        .append('\n');
                            }
                        });
        if (aliases) {
            out.append("         <num> is a short form for fd:<num>\n");
            out.append("         <filename> is a short form for gopen:<filename>\n");
        }
    }

    private void address(AddressType type) {
        int start = out.length();
        String syntax =
                type.endpoint()
                        .map(AddressType.EndpointForm::parameters)
                        .or(() -> type.stage().map(AddressType.StageForm::parameters))
                        .map(AddressType.Parameters::syntax)
                        .orElse("");
        out.append("      ").append(type.name()).append(syntax);
        tabs(start, 40);
        out.append("\tgroups=").append(String.join(",", ordered(type.groups()))).append('\n');
    }

    private void options(boolean everyName) {
        out.append("   opts:\n      <opt>{,<opts>}:\n   opt:\n");
        Map<Option<?>, List<String>> groups = new HashMap<>();
        Map<String, Option<?>> names = new TreeMap<>();
        for (List<OptionGroup> tables : catalog.groups().values()) {
            for (OptionGroup table : tables) {
                for (Option<?> option : table.options()) {
                    groups.computeIfAbsent(option, o -> new ArrayList<>()).add(table.name());
                    names.put(option.name(), option);
                    option.usualName().ifPresent(name -> names.put(name, option));
                    option.aliases().forEach(name -> names.put(name, option));
                }
            }
        }
        names.forEach(
                (name, option) -> {
                    boolean canonical = name.equals(option.name());
                    if (everyName
                            ? canonical
                            : name.equals(option.usualName().orElse(option.name()))) {
                        option(name, option, groups.get(option));
                    } else if (everyName) {
                        int start = out.length();
                        out.append("      ").append(name);
                        tabs(start, 16);
                        out.append("\tis an alias for ").append(option.name()).append('\n');
                    }
                });
    }

    private void option(String name, Option<?> option, List<String> groups) {
        int start = out.length();
        out.append("      ").append(name);
        tabs(start, 16);
        start = out.append('\t').length();
        out.append("groups=").append(String.join(",", ordered(groups)));
        // the reference does not count the word for all groups
        tabs(groups.contains(ALL) ? start + ALL.length() : start, 24);
        start = out.length();
        out.append("phase=").append(option.phase().name());
        tabs(start, 24);
        out.append("type=").append(option.type().name()).append('\n');
    }

    private static List<String> ordered(List<String> groups) {
        List<String> ordered = new ArrayList<>(groups);
        ordered.sort((a, b) -> Integer.compare(place(a), place(b)));
        return ordered;
    }

    private static int place(String group) {
        int place = GROUP_ORDER.indexOf(group.toUpperCase(Locale.ROOT));
        return place < 0 ? GROUP_ORDER.size() : place;
    }

    /** Tabs up to a column that is counted from a start. */
    private void tabs(int start, int column) {
        int length = out.length() - start;
        out.repeat('\t', Math.max(0, (column - length + TAB - 1) / TAB));
    }
}
