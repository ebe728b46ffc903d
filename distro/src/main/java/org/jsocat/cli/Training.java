package org.jsocat.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Runs command lines one after another in this JVM while it records what goes into the AOT cache.
 */
final class Training {
    private Training() {}

    public static void main(String[] args) throws IOException {
        for (String line : Files.readAllLines(Path.of(args[0]))) {
            if (!line.isBlank() && !line.startsWith("#")) {
                Socat.run(List.of(line.split(" +")).toArray(String[]::new));
            }
        }
    }
}
