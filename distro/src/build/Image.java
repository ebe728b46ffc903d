import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.spi.ToolProvider;

/**
 * Makes a folder that runs jsocat without an installed Java: a run-time by jlink, the launchers,
 * and an AOT cache trained on common command lines. It runs on the JDK whose run-time goes into the
 * folder.
 *
 * <p>Arguments: the folder to make, the folder of the module jars, the folder of launchers, the
 * file of training command lines, the folder of native libraries, and the names of the modules to
 * put in.
 */
final class Image {
    private static final Map<String, String> COMMANDS =
            Map.of("socat", "Socat", "jsocat", "Jsocat");

    /**
     * Modules that call native code; one that is absent from the image must not be named to the
     * JVM.
     */
    private static final List<String> NATIVE =
            List.of(
                    "org.jsocat.spi",
                    "org.jnrproject.jffi",
                    "org.jline.nativ",
                    "com.fazecast.jSerialComm");

    private final Path target;
    private final Path moduleJars;
    private final List<String> modules;

    private Image(Path target, Path moduleJars, List<String> modules) {
        this.target = target;
        this.moduleJars = moduleJars;
        this.modules = modules;
    }

    public static void main(String[] args) throws IOException, InterruptedException {
        Image image =
                new Image(
                        Path.of(args[0]), Path.of(args[1]), List.of(args).subList(5, args.length));
        image.delete();
        image.link();
        image.copyNatives(Path.of(args[4]));
        List<String> options = image.options();
        image.writeLaunchers(Path.of(args[2]), options);
        image.train(Path.of(args[3]), options);
    }

    private Path runtime() {
        return target.resolve("lib/runtime");
    }

    private void delete() throws IOException {
        if (!Files.exists(target)) {
            return;
        }
        Files.walkFileTree(
                target,
                new SimpleFileVisitor<>() {
                    @Override
                    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
                            throws IOException {
                        Files.delete(file);
                        return FileVisitResult.CONTINUE;
                    }

                    @Override
                    public FileVisitResult postVisitDirectory(Path folder, IOException failure)
                            throws IOException {
                        Files.delete(folder);
                        return FileVisitResult.CONTINUE;
                    }
                });
    }

    private void link() throws IOException {
        Files.createDirectories(target.resolve("lib"));
        int status =
                ToolProvider.findFirst("jlink")
                        .orElseThrow(() -> new IOException("this JDK has no jlink"))
                        .run(
                                System.out,
                                System.err,
                                "--module-path=" + moduleJars,
                                "--add-modules=" + String.join(",", modules),
                                "--no-header-files",
                                "--no-man-pages",
                                "--output=" + runtime());
        if (status != 0) {
            throw new IOException("jlink ended with status " + status);
        }
    }

    private void copyNatives(Path natives) throws IOException {
        String architecture =
                System.getProperty("os.arch").equals("aarch64") ? "aarch64" : "x86_64";
        Path folder = natives.resolve("jni/" + architecture + "-Linux");
        try (var files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Files.copy(
                        file,
                        runtime().resolve("lib").resolve(file.getFileName()),
                        StandardCopyOption.REPLACE_EXISTING);
            }
        }
    }

    /** What the JVM is given at each start; the AOT cache is only good for these very options. */
    private List<String> options() throws IOException {
        String present = Files.readString(runtime().resolve("release"));
        List<String> natives =
                NATIVE.stream()
                        .filter(name -> present.matches("(?s).*[\" ]" + name + "[\" ].*"))
                        .toList();
        return List.of(
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-XX:-UsePerfData",
                "-Xms16m",
                "-Xlog:disable",
                "-Xlog:all=error:stderr",
                "--sun-misc-unsafe-memory-access=allow",
                "--enable-native-access=" + String.join(",", natives));
    }

    private void writeLaunchers(Path templates, List<String> options) throws IOException {
        String template = Files.readString(templates.resolve("launcher"));
        Path bin = Files.createDirectories(target.resolve("bin"));
        for (Map.Entry<String, String> command : COMMANDS.entrySet()) {
            Path file = bin.resolve(command.getKey());
            Files.writeString(
                    file,
                    template.replace("@OPTIONS@", String.join(" ", options))
                            .replace("@MAIN@", command.getValue()));
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
        }
    }

    /** Runs the command lines once in one JVM, which writes down what it loaded and linked. */
    private void train(Path commandLines, List<String> options)
            throws IOException, InterruptedException {
        Path cache = target.resolve("lib/jsocat.aot");
        Path log = target.resolveSibling("training.log");
        List<String> command = new ArrayList<>();
        command.add(runtime().resolve("bin/java").toString());
        command.add("-XX:AOTCacheOutput=" + cache);
        command.addAll(options);
        command.add("-Djsocat.home=" + target);
        command.add("-Djsocat.program=socat");
        command.add("-m");
        command.add("org.jsocat.cli/org.jsocat.cli.Training");
        command.add(commandLines.toString());
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment()
                .keySet()
                .removeIf(name -> name.contains("JAVA_") && name.endsWith("OPTIONS"));
        int status =
                builder.redirectErrorStream(true).redirectOutput(log.toFile()).start().waitFor();
        if (status != 0 || !Files.exists(cache)) {
            throw new IOException(
                    "training the AOT cache ended with status " + status + "; see " + log);
        }
    }
}
