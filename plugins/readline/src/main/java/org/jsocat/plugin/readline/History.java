package org.jsocat.plugin.readline;

import org.jsocat.spi.OpenContext;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The lines that were entered, and the file that keeps them: one line of text each, as GNU history
 * has it. Written when the address has been closed, and when the program ends before that.
 * Thread-safe.
 */
final class History {
    private final List<String> lines = new ArrayList<>();

    History(OpenContext context, Optional<String> name) {
        name.ifPresent(
                text -> {
                    Path file = Path.of(text);
                    if (Files.exists(file)) {
                        read(context, file);
                    }
                    context.afterClosing(() -> write(context, file));
                });
    }

    private synchronized void read(OpenContext context, Path file) {
        try {
            lines.addAll(Files.readAllLines(file, LineSource.charset()));
        } catch (IOException failure) {
            context.log().warn("cannot read history \"{}\": {}", file, failure.getMessage());
        }
    }

    private synchronized void write(OpenContext context, Path file) {
        try {
            Files.write(file, lines, LineSource.charset());
        } catch (IOException failure) {
            context.log().warn("cannot write history \"{}\": {}", file, failure.getMessage());
        }
    }

    synchronized void add(String line) {
        lines.add(line);
    }

    synchronized List<String> lines() {
        return List.copyOf(lines);
    }
}
