package org.jsocat.plugin.openssl;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Makes keys and certificates with the program openssl. */
final class Openssl {
    private final Path folder;

    Openssl(Path folder) {
        this.folder = folder;
    }

    Path file(String name) {
        return folder.resolve(name);
    }

    String name(String name) {
        return file(name).toString();
    }

    /** Runs the program; words are separated by blanks. */
    Openssl run(String words, String... further) {
        List<String> command = new ArrayList<>(List.of(("openssl " + words).split(" ")));
        command.addAll(List.of(further));
        try {
            Path log = file("openssl.log");
            Process process =
                    new ProcessBuilder(command)
                            .directory(folder.toFile())
                            .redirectErrorStream(true)
                            .redirectOutput(log.toFile())
                            .start();
            assertThat(process.waitFor()).as(() -> text(log)).isZero();
            return this;
        } catch (IOException unable) {
            throw new UncheckedIOException(unable);
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException unreadable) {
            return unreadable.toString();
        }
    }

    /** NAME.key, NAME.crt and NAME.pem with both, self-signed. */
    Openssl certificate(String name, String algorithm, String subject, String... further) {
        run(
                "req -x509 -nodes -days 30 -newkey "
                        + algorithm
                        + " -keyout "
                        + name
                        + ".key -out "
                        + name
                        + ".crt -subj",
                all(subject, further));
        try {
            Files.writeString(
                    file(name + ".pem"),
                    Files.readString(file(name + ".key")) + Files.readString(file(name + ".crt")));
        } catch (IOException unable) {
            throw new UncheckedIOException(unable);
        }
        return this;
    }

    private static String[] all(String first, String... further) {
        List<String> all = new ArrayList<>(List.of(first));
        all.addAll(List.of(further));
        return all.toArray(String[]::new);
    }
}
