package org.jsocat.cli;

import org.jsocat.core.plan.Catalog;
import org.jsocat.spi.AddressType;

import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;

/**
 * {@code jsocat completion}: a script that completes addresses and options of {@code socat} in a
 * shell.
 */
@Command(
        name = "completion",
        description =
                "Prints a completion script for socat, made from the tables: source <(jsocat"
                        + " completion bash)")
final class CompletionCommand extends CatalogCommand implements Runnable {
    /** The shells that there are scripts for. */
    enum Shell {
        bash,
        zsh
    }

    @Parameters(paramLabel = "SHELL", description = "bash or zsh")
    Shell shell;

    @Override
    public void run() {
        Catalog catalog = catalog();
        StringBuilder script =
                new StringBuilder(
                        "# Completion of socat, made by jsocat completion " + shell + "\n");
        if (shell == Shell.zsh) {
            // zsh runs functions that were written for bash.
            script.append("autoload -Uz bashcompinit && bashcompinit\n");
        }
        script.append("_jsocat_addresses=\"")
                .append(String.join(" ", keywords(catalog)))
                .append("\"\n");
        script.append("_jsocat_switches=\"")
                .append(String.join(" ", SocatOptions.names()))
                .append("\"\n");
        script.append("_jsocat_options() {\n    case $1 in\n");
        for (AddressType type : Tables.addresses(catalog)) {
            List<String> names = new ArrayList<>(List.of(type.name()));
            names.addAll(type.aliases());
            script.append("        ")
                    .append(String.join("|", names))
                    .append(") echo \"")
                    .append(String.join(" ", options(catalog, type)))
                    .append("\" ;;\n");
        }
        script.append(
                """
                    esac
                }
                _jsocat() {
                    local word=${COMP_LINE:0:COMP_POINT} address keyword
                    word=${word##* }
                    COMPREPLY=()
                    # What stands before the last separator is kept; readline splits words at : and =.
                    local typed=${word##*[:=]}
                    case $word in
                        -*) COMPREPLY=($(compgen -W "$_jsocat_switches" -- "$typed")) ;;
                        *,*)
                            address=${word%%,*}
                            keyword=$(printf %s "${address%%:*}" | tr a-z A-Z)
                            [[ ${word##*,} == *=* ]] && return
                            local before=${word%,*},
                            before=${before##*[:=]}
                            COMPREPLY=($(compgen -P "$before" -W "$(_jsocat_options "$keyword")" -- "${word##*,}"))
                            ;;
                        */* | *:*) COMPREPLY=($(compgen -f -- "$typed")) ;;
                        *) COMPREPLY=($(compgen -W "$_jsocat_addresses" -- "$(printf %s "$word" | tr a-z A-Z)")) ;;
                    esac
                }
                complete -o nospace -o default -F _jsocat socat
                """);
        spec.commandLine().getOut().print(script);
    }

    private static TreeSet<String> keywords(Catalog catalog) {
        TreeSet<String> keywords = new TreeSet<>();
        catalog.keywords()
                .keySet()
                .forEach(keyword -> keywords.add(keyword.toUpperCase(Locale.ROOT)));
        return keywords;
    }

    private static TreeSet<String> options(Catalog catalog, AddressType type) {
        TreeSet<String> names = new TreeSet<>();
        catalog.options(type)
                .forEach(option -> names.add(option.usualName().orElse(option.name())));
        return names;
    }
}
