package org.jsocat.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/**
 * {@code jsocat completion}: a script that completes the commands in a shell, addresses with their
 * options among them.
 */
@Command(
        name = "completion",
        description =
                "Prints a script that completes socat, jsocat, filan and procan in a shell, made"
                        + " from the tables: source <(jsocat completion bash)")
final class CompletionCommand extends CatalogCommand implements Runnable {
    @Parameters(paramLabel = "SHELL", description = "bash, zsh or fish")
    CompletionScript.Shell shell;

    @Override
    public void run() {
        CommandLine root = spec.root().commandLine();
        spec.commandLine().getOut().print(new CompletionScript(catalog(), root).text(shell));
    }
}
