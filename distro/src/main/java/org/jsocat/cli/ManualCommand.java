package org.jsocat.cli;

import org.jsocat.cli.manual.Manual;
import org.jsocat.core.plan.Catalog;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;

/** {@code jsocat manual}: chapters of the manual, as Markdown, manual pages or HTML. */
@Command(
        name = "manual",
        description =
                "Prints the manual: a chapter, or the tables of addresses and options, as"
                        + " Markdown.")
final class ManualCommand extends CatalogCommand implements Callable<Integer> {
    private static final List<String> NAMES = new ArrayList<>(Manual.PAGES);

    static {
        NAMES.addAll(Manual.CHAPTERS);
    }

    @Parameters(
            arity = "0..1",
            paramLabel = "CHAPTER",
            description =
                    "socat, filan, procan, jsocat, recipes, running, security, embedding or"
                            + " preload")
    String chapter;

    @Option(names = "--man", description = "as a manual page, of a command's chapter")
    boolean page;

    @Option(names = "--html", description = "all chapters as one page of HTML")
    boolean html;

    @Option(
            names = "--install",
            paramLabel = "FOLDER",
            description =
                    "write manual pages, the HTML manual and completion scripts below a folder such"
                            + " as /usr/share")
    Path folder;

    @Override
    public Integer call() throws IOException {
        Catalog catalog = catalog();
        Manual manual = new Manual(Version.own(), parts(catalog));
        boolean known = chapter == null || NAMES.contains(chapter);
        if (!known || (page && !Manual.PAGES.contains(String.valueOf(chapter)))) {
            spec.commandLine().getErr().println("jsocat: there is no such chapter");
            return ExitCode.USAGE;
        }
        if (folder != null) {
            install(catalog, manual);
        } else {
            spec.commandLine().getOut().print(text(catalog, manual));
        }
        return ExitCode.OK;
    }

    private String text(Catalog catalog, Manual manual) {
        if (html) {
            return manual.html();
        }
        if (chapter == null) {
            return ManualTables.all(catalog);
        }
        return page ? manual.page(chapter) : manual.markdown(chapter);
    }

    private void install(Catalog catalog, Manual manual) throws IOException {
        for (String name : Manual.PAGES) {
            write("man/man1/" + name + ".1", manual.page(name));
        }
        write("doc/jsocat/manual.html", manual.html());
        CompletionScript script = new CompletionScript(catalog, spec.root().commandLine());
        String bash = script.text(CompletionScript.Shell.bash);
        // bash looks for a file of the command's name
        for (String name : Manual.PAGES) {
            write("bash-completion/completions/" + name, bash);
        }
        write("zsh/vendor-completions/_socat", script.text(CompletionScript.Shell.zsh));
        write("fish/vendor_completions.d/socat.fish", script.text(CompletionScript.Shell.fish));
    }

    private void write(String name, String text) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    private Map<String, String> parts(Catalog catalog) {
        Map<String, String> parts = new LinkedHashMap<>();
        parts.put("command-options", ManualTables.switches(SocatOptions.rows()));
        parts.put("filan-options", ManualTables.switches(FilanOptions.ROWS));
        parts.put("procan-options", ManualTables.switches(Procan.ROWS));
        parts.put("addresses", ManualTables.addresses(catalog));
        parts.put("options", ManualTables.options(catalog));
        parts.put("jsocat-commands", commands());
        return parts;
    }

    private String commands() {
        StringBuilder out = new StringBuilder();
        spec.root()
                .commandLine()
                .getSubcommands()
                .forEach((name, command) -> command(out, name, command));
        return out.toString();
    }

    private static void command(StringBuilder out, String name, CommandLine command) {
        String[] description = command.getCommandSpec().usageMessage().description();
        out.append("- `").append(name).append("`: ");
        out.append(String.join(" ", description)).append('\n');
        command.getSubcommands()
                .forEach((inner, nested) -> command(out, name + " " + inner, nested));
    }
}
