package org.jsocat.cli;

import org.jsocat.core.plan.PlannedPair;
import org.jsocat.core.plan.Planner;
import org.jsocat.spi.AddressException;
import org.slf4j.helpers.NOPLogger;

import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import java.util.List;
import java.util.concurrent.Callable;

/** {@code jsocat explain}: how a command line of socat is understood. Opens nothing. */
@Command(
        name = "explain",
        description = {
            "Tells how socat understands two addresses: elements, directions, options, and what"
                    + " they will need. Opens nothing.",
            "The options of socat that change this (-u, -U, -t, -T, -b, -g) may stand before the"
                    + " addresses."
        })
final class ExplainCommand extends CatalogCommand implements Callable<Integer> {
    @Option(names = "--json", description = "print it as JSON")
    boolean json;

    @Parameters(
            arity = "1..*",
            paramLabel = "[OPTION...] ADDRESS ADDRESS",
            hideParamSyntax = true,
            description = "as for socat")
    List<String> words;

    @Override
    public Integer call() {
        Invocation invocation = SocatOptions.parse("jsocat", words, System.getenv());
        if (!invocation.mistakes().isEmpty() || invocation.action() != Invocation.Action.RELAY) {
            throw AddressException.usage(
                    invocation.mistakes().isEmpty()
                            ? "two addresses are needed"
                            : invocation.mistakes().getFirst().getMessage());
        }
        List<String> addresses = invocation.addresses();
        PlannedPair pair =
                PlannedPair.of(
                        new Planner(catalog(), invocation.anyGroup(), NOPLogger.NOP_LOGGER),
                        addresses.get(0),
                        addresses.get(1),
                        invocation.direction());
        if (!pair.fits()) {
            for (String problem : pair.problems()) {
                spec.commandLine().getErr().println("jsocat: " + problem);
            }
            return ExitCode.SOFTWARE;
        }
        Explanation explanation = Explanation.of(invocation, pair);
        spec.commandLine()
                .getOut()
                .print(json ? Json.text(explanation.model()) : explanation.text());
        return ExitCode.OK;
    }
}
