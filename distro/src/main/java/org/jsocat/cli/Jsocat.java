package org.jsocat.cli;

import org.jsocat.cli.plugins.PluginException;
import org.jsocat.cli.plugins.PluginFolders;
import org.jsocat.cli.plugins.Plugins;
import org.jsocat.core.run.Session;
import org.jsocat.spi.AddressException;
import org.jsocat.spi.Subcommand;
import org.jsocat.spi.posix.PosixException;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.ISetter;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.Option;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;

/**
 * The command {@code jsocat}: what is new beside {@code socat}, whose command line has no room for
 * subcommands.
 */
@Command(
        name = "jsocat",
        description =
                "Looks after jsocat's plugins and tells what it can do. The relay itself is the"
                        + " command socat.",
        subcommands = {
            PluginsCommand.class,
            AddressesCommand.class,
            OptionsCommand.class,
            ExplainCommand.class,
            CompletionCommand.class,
            ManualCommand.class,
            CommandLine.HelpCommand.class
        })
final class Jsocat {
    private static final String PLUGIN_PATH = "--plugin-path";

    private final PluginFolders folders;
    private final Plugins plugins;

    @CommandLine.Spec CommandSpec spec;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "print this help and exit")
    boolean help;

    @Option(
            names = {"-V", "--version"},
            versionHelp = true,
            description = "print the versions and exit")
    boolean versions;

    @Option(
            names = PLUGIN_PATH,
            paramLabel = "FOLDERS",
            description = "look for plugins in these folders too, separated by colons",
            scope = CommandLine.ScopeType.INHERIT)
    String pluginPath;

    private Jsocat(PluginFolders folders) {
        this.folders = folders;
        plugins = Plugins.load(folders);
    }

    /**
     * Runs the command and ends the JVM with its exit status: 0, 1 for a failure, 2 for wrong
     * usage.
     */
    public static void main(String[] args) {
        int status = run(List.of(Startup.begin(args)));
        Runtime.getRuntime().halt(status);
    }

    /** Runs the command; returns its exit status. */
    static int run(List<String> args) {
        Optional<String> home = Optional.ofNullable(System.getProperty("jsocat.home"));
        Jsocat jsocat = new Jsocat(PluginFolders.of(System.getenv(), home, pluginPath(args)));
        CommandLine line = new CommandLine(jsocat);
        line.getCommandSpec().version(versionLines());
        for (Subcommand added : jsocat.plugins.subcommands()) {
            line.addSubcommand(added.name(), spec(added));
        }
        line.getSubcommands().get("explain").setUnmatchedOptionsArePositionalParams(true);
        line.setExecutionExceptionHandler(
                (failure, command, parsed) -> {
                    if (failure instanceof PluginException
                            || failure instanceof AddressException
                            || failure instanceof PosixException) {
                        command.getErr().println("jsocat: " + failure.getMessage());
                        return isUsage(failure) ? ExitCode.USAGE : ExitCode.SOFTWARE;
                    }
                    throw failure;
                });
        int status = line.execute(args.toArray(String[]::new));
        line.getOut().flush();
        line.getErr().flush();
        return status;
    }

    private static boolean isUsage(Exception failure) {
        return failure instanceof AddressException address
                && address.kind() == AddressException.Kind.USAGE;
    }

    /**
     * The folders decide which subcommands there are, so they are needed before the line is parsed.
     */
    private static Optional<String> pluginPath(List<String> args) {
        for (int i = 0; i < args.size(); i++) {
            String word = args.get(i);
            if (word.startsWith(PLUGIN_PATH + "=")) {
                return Optional.of(word.substring(PLUGIN_PATH.length() + 1));
            }
            if (word.equals(PLUGIN_PATH) && i + 1 < args.size()) {
                return Optional.of(args.get(i + 1));
            }
        }
        return Optional.empty();
    }

    private static CommandSpec spec(Subcommand added) {
        List<String> arguments = new ArrayList<>();
        CommandSpec[] spec = new CommandSpec[1];
        Callable<Integer> action =
                () -> {
                    PrintWriter out = spec[0].commandLine().getOut();
                    added.run(List.copyOf(arguments)).forEach(out::println);
                    return ExitCode.OK;
                };
        spec[0] = CommandSpec.wrapWithoutInspection(action).name(added.name());
        spec[0].usageMessage().description(added.summary());
        spec[0].addOption(
                OptionSpec.builder("-h", "--help")
                        .usageHelp(true)
                        .description("print this help and exit")
                        .build());
        spec[0].addPositional(
                PositionalParamSpec.builder()
                        .paramLabel(added.parameters())
                        .hideParamSyntax(true)
                        .arity("0..*")
                        .type(List.class)
                        .auxiliaryTypes(String.class)
                        .setter(
                                new ISetter() {
                                    @Override
                                    @SuppressWarnings("unchecked")
                                    public <T> T set(T value) {
                                        arguments.clear();
                                        if (value != null) {
                                            arguments.addAll((List<String>) value);
                                        }
                                        return value;
                                    }
                                })
                        .build());
        return spec[0];
    }

    @Command(
            name = "version",
            description = "Prints the versions of jsocat and of what it is made of.")
    int version() {
        for (String line : versionLines()) {
            spec.commandLine().getOut().println(line);
        }
        return ExitCode.OK;
    }

    private static String[] versionLines() {
        return new String[] {
            "jsocat " + Version.own(),
            "compatible with socat " + Session.COMPATIBLE,
            "plugin contract (SPI) " + Plugins.spiVersion(),
            "Java " + Runtime.version()
        };
    }

    /** Where plugins are looked for. */
    PluginFolders folders() {
        return folders;
    }

    /** What was found there. */
    Plugins plugins() {
        return plugins;
    }
}
