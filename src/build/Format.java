import com.google.googlejavaformat.java.Formatter;
import com.google.googlejavaformat.java.FormatterException;
import com.google.googlejavaformat.java.JavaFormatterOptions;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Checks (or, with {@code write}, makes) the layout of all Java sources by google-java-format.
 *
 * <p>It runs on the JDK that compiles the sources, since the formatter parses with the javac of the
 * JDK it runs on. Files that have not changed since the last success are not looked at.
 *
 * <p>Arguments: {@code check}, {@code write} or {@code skip}, the folder to search, the file that
 * keeps the time of the last success.
 */
final class Format {
    private static final Set<String> NOT_SOURCES = Set.of("target", ".git", ".mvn");

    private static final Formatter FORMATTER =
            new Formatter(
                    JavaFormatterOptions.builder().style(JavaFormatterOptions.Style.AOSP).build());

    private Format() {}

    public static void main(String[] args) throws IOException {
        if (args[0].equals("skip")) {
            return;
        }
        boolean write = args[0].equals("write");
        Path root = Path.of(args[1]);
        Path stamp = Path.of(args[2]);
        FileTime started = FileTime.from(Instant.now());
        FileTime lastSuccess =
                Files.exists(stamp) ? Files.getLastModifiedTime(stamp) : FileTime.fromMillis(0);

        List<Path> wrong =
                sources(root, lastSuccess).parallelStream()
                        .filter(file -> !isFormatted(file, write))
                        .sorted()
                        .toList();
        if (!wrong.isEmpty() && !write) {
            wrong.forEach(file -> System.err.println("not formatted: " + root.relativize(file)));
            System.err.println("run: mvn -q -N verify -Dformat=write");
            System.exit(1);
        }
        Files.createDirectories(stamp.getParent());
        Files.writeString(stamp, "");
        Files.setLastModifiedTime(stamp, started);
    }

    private static List<Path> sources(Path root, FileTime since) throws IOException {
        List<Path> found = new ArrayList<>();
        Files.walkFileTree(
                root,
                new SimpleFileVisitor<>() {
                    @Override
                    public FileVisitResult preVisitDirectory(
                            Path folder, BasicFileAttributes attributes) {
                        return NOT_SOURCES.contains(folder.getFileName().toString())
                                ? FileVisitResult.SKIP_SUBTREE
                                : FileVisitResult.CONTINUE;
                    }

                    @Override
                    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                        if (file.toString().endsWith(".java")
                                && attributes.lastModifiedTime().compareTo(since) >= 0) {
                            found.add(file);
                        }
                        return FileVisitResult.CONTINUE;
                    }
                });
        return found;
    }

    /** Tells whether the file was as it should be; with {@code write} it is so afterwards. */
    private static boolean isFormatted(Path file, boolean write) {
        try {
            String text = Files.readString(file);
            String formatted = FORMATTER.formatSourceAndFixImports(text);
            if (formatted.equals(text)) {
                return true;
            }
            if (write) {
                Files.writeString(file, formatted);
            }
            return false;
        } catch (FormatterException e) {
            System.err.println(file + ": " + e.getMessage());
            return false;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
