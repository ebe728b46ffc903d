import java.io.File;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.spi.ToolProvider;
import java.util.stream.Stream;

/**
 * Makes a folder that runs jsocat without an installed Java: a run-time by jlink, the launchers, an
 * AOT cache trained on common command lines, and one trained on those with TLS. It runs on the JDK
 * whose run-time goes into the folder. Where the folder is there and was made from the same inputs,
 * nothing is done.
 *
 * <p>Arguments: the folder to make, the module path, the folder of the launcher, the file of
 * training command lines, the folder of native libraries, and the names of the modules to put in.
 */
final class Image {
    private static final Map<String, String> COMMANDS =
            Map.of("socat", "Socat", "jsocat", "Jsocat", "filan", "Filan", "procan", "Procan");

    /** Of the compilers the first one alone. */
    private static final List<String> FIRST = List.of("-XX:TieredStopAtLevel=1");

    /** Cryptography is a hundred times as fast behind the second compiler. */
    private static final List<String> BOTH =
            List.of(
                    "-XX:CompileCommand=quiet",
                    early("com.sun.crypto.provider"),
                    early("sun.security"),
                    early("java.math"),
                    early("org.bouncycastle"));

    /** Modules that call native code; one that is absent must not be named to the JVM. */
    private static final List<String> NATIVE =
            List.of(
                    "org.jsocat.spi",
                    "org.jnrproject.jffi",
                    "org.jline.nativ",
                    "com.fazecast.jSerialComm");

    private final String[] inputs;
    private final Path target;
    private final String modulePath;
    private final Path launcher;
    private final Path training;
    private final Path natives;
    private final List<String> modules;

    /** The folder while it is made. Only a complete image ever has the name of the target. */
    private final Path work;

    private Image(String[] arguments) {
        inputs = arguments;
        target = Path.of(arguments[0]);
        modulePath = arguments[1];
        launcher = Path.of(arguments[2], "launcher");
        training = Path.of(arguments[3]);
        natives = Path.of(arguments[4]);
        modules = List.of(arguments).subList(5, arguments.length);
        work = target.resolveSibling(target.getFileName() + ".new");
    }

    public static void main(String[] args) throws Exception {
        new Image(args).make();
    }

    private void make() throws IOException, InterruptedException, NoSuchAlgorithmException {
        String digest = digest();
        Path made = Path.of("lib", "inputs.sha256");
        if (Files.exists(target.resolve(made))
                && Files.readString(target.resolve(made)).equals(digest)) {
            return;
        }
        delete(work);
        link(upgradedModules());
        copyNatives();
        List<String> options = options();
        Path certificates = TrainingCertificates.make(work.resolveSibling("training"));
        train(options, training, "jsocat", certificates);
        train(options, training.resolveSibling("training-tls.txt"), "jsocat-tls", certificates);
        writeLaunchers(options);
        writeManuals();
        Files.writeString(work.resolve(made), digest);
        Path old = target.resolveSibling(target.getFileName() + ".old");
        delete(old);
        if (Files.exists(target)) {
            Files.move(target, old);
        }
        Files.move(work, target);
        delete(old);
    }

    private String digest() throws IOException, NoSuchAlgorithmException {
        MessageDigest sum = MessageDigest.getInstance("SHA-256");
        sum.update(String.join("\n", inputs).getBytes());
        sum.update(System.getProperty("java.vm.version").getBytes());
        // The training file lies beside this source.
        List<Path> roots = new ArrayList<>(List.of(launcher, training.getParent(), natives));
        Arrays.stream(modulePath.split(File.pathSeparator)).map(Path::of).forEach(roots::add);
        for (Path root : roots) {
            try (Stream<Path> files = Files.walk(root)) {
                for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
                    sum.update(file.toString().getBytes());
                    sum.update(Files.readAllBytes(file));
                }
            }
        }
        return HexFormat.of().formatHex(sum.digest());
    }

    private Path runtime() {
        return work.resolve("lib/runtime");
    }

    private static void delete(Path root) throws IOException {
        if (!Files.exists(root)) {
            return;
        }
        Files.walkFileTree(
                root,
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

    /** The module path, in which jars with classes too old for the AOT cache are replaced. */
    private String upgradedModules() throws IOException {
        Path folder = Files.createDirectories(work.resolveSibling("upgraded-modules"));
        List<Path> jars = jars();
        URL[] locations = new URL[jars.size()];
        for (int i = 0; i < locations.length; i++) {
            locations[i] = jars.get(i).toUri().toURL();
        }
        List<String> path = new ArrayList<>();
        try (URLClassLoader all = new URLClassLoader(locations)) {
            for (Path jar : jars) {
                if (ClassUpgrade.isNeededFor(jar)) {
                    Path upgraded = folder.resolve(jar.getFileName());
                    ClassUpgrade.copy(jar, upgraded, all);
                    path.add(upgraded.toString());
                } else {
                    path.add(jar.toString());
                }
            }
        }
        return String.join(File.pathSeparator, path);
    }

    private List<Path> jars() throws IOException {
        List<Path> jars = new ArrayList<>();
        for (String place : modulePath.split(File.pathSeparator)) {
            try (Stream<Path> files = Files.walk(Path.of(place))) {
                files.filter(file -> file.toString().endsWith(".jar")).sorted().forEach(jars::add);
            }
        }
        return jars;
    }

    private void link(String modulePath) throws IOException {
        Files.createDirectories(work.resolve("lib"));
        int status =
                ToolProvider.findFirst("jlink")
                        .orElseThrow(() -> new IOException("this JDK has no jlink"))
                        .run(
                                System.out,
                                System.err,
                                "--module-path=" + modulePath,
                                "--add-modules=" + String.join(",", modules),
                                // Bouncy Castle's jars are signed; inside an image that means
                                // nothing.
                                "--ignore-signing-information",
                                "--no-header-files",
                                "--no-man-pages",
                                "--output=" + runtime());
        if (status != 0) {
            throw new IOException("jlink ended with status " + status);
        }
    }

    /** Native libraries lie in the image, so that none is unpacked to a temporary folder. */
    private void copyNatives() throws IOException {
        boolean arm = System.getProperty("os.arch").equals("aarch64");
        copyNatives(natives.resolve("jni/" + (arm ? "aarch64" : "x86_64") + "-Linux"));
        copyNatives(natives.resolve("Linux/" + (arm ? "armv8_64" : "x86_64")));
        if (!arm) {
            NativeLibrary.write(runtime().resolve("lib/libjsocat.so"));
        }
    }

    private void copyNatives(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return;
        }
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Files.copy(
                        file,
                        runtime().resolve("lib").resolve(file.getFileName()),
                        StandardCopyOption.REPLACE_EXISTING);
            }
        }
    }

    /** What the JVM is given at each start; the AOT cache is good for these very options only. */
    private List<String> options() throws IOException {
        String release = Files.readString(runtime().resolve("release"));
        List<String> present =
                List.of(release.replaceFirst("(?s).*MODULES=\"([^\"]*)\".*", "$1").split(" "));
        return List.of(
                "-XX:+UseSerialGC",
                // What a start runs is not worth compiling; with the usual thresholds that costs a
                // fifth of its processor time.
                "-XX:CompileThresholdScaling=4",
                // Nor is what the cache knows of the training worth a thread that reads it.
                "-XX:+UnlockDiagnosticVMOptions",
                "-XX:-AOTReplayTraining",
                // By default these reserve 1.3 GB of address space.
                "-XX:CompressedClassSpaceSize=64m",
                "-XX:ReservedCodeCacheSize=64m",
                "-XX:-UsePerfData",
                "-Xms16m",
                // Standard output is the data's, and no file is written where the program is run.
                "-Xlog:disable",
                "-XX:-PrintWarnings",
                "-XX:+DisplayVMOutputToStderr",
                // The only way to keep the first lines about a crash out of standard output.
                "-XX:+SuppressFatalErrorMessage",
                "-XX:-DumpReplayDataOnError",
                // Signals are the program's, from the first moment on.
                "-Xrs",
                "-XX:+DisableAttachMechanism",
                // The program raises it itself and remembers what programs are to get.
                "-XX:-MaxFDLimit",
                "-Dslf4j.provider=org.jsocat.cli.log.LogProvider",
                "-Dslf4j.internal.verbosity=ERROR",
                "--sun-misc-unsafe-memory-access=allow",
                "--enable-native-access="
                        + String.join(",", NATIVE.stream().filter(present::contains).toList()));
    }

    /** Has classes compiled at the usual thresholds, in spite of the scaling of all. */
    private static String early(String classes) {
        return "-XX:CompileCommand=CompileThresholdScaling," + classes + ".*::*,0.25";
    }

    private void writeLaunchers(List<String> options) throws IOException {
        String template = Files.readString(launcher);
        Path bin = Files.createDirectories(work.resolve("bin"));
        for (Map.Entry<String, String> command : COMMANDS.entrySet()) {
            // What is executed names the process.
            Files.createSymbolicLink(
                    runtime().resolve("bin").resolve(command.getKey()), Path.of("java"));
            Path file = bin.resolve(command.getKey());
            Files.writeString(
                    file,
                    template.replace("@OPTIONS@", quoted(options))
                            .replace("@FIRST@", quoted(FIRST))
                            .replace("@BOTH@", quoted(BOTH))
                            .replace("@NAME@", command.getKey())
                            .replace("@MAIN@", command.getValue()));
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
        }
    }

    /** Because the shell takes some for patterns of file names. */
    private static String quoted(List<String> options) {
        return "'" + String.join("' '", options) + "'";
    }

    /** Manual pages, the HTML manual and completion scripts, made by the program itself. */
    private void writeManuals() throws IOException, InterruptedException {
        String jsocat = work.resolve("bin/jsocat").toString();
        int status =
                new ProcessBuilder(jsocat, "manual", "--install=" + work.resolve("share"))
                        .inheritIO()
                        .start()
                        .waitFor();
        if (status != 0) {
            throw new IOException("the manual could not be made: status " + status);
        }
    }

    /** Runs the command lines in one JVM, which records what it loads and links. */
    private void train(List<String> options, Path lines, String name, Path certificates)
            throws IOException, InterruptedException {
        Path cache = work.resolve("lib/" + name + ".aot");
        Path log = target.resolveSibling(name + "-training.log");
        List<String> command = new ArrayList<>();
        command.add(runtime().resolve("bin/java").toString());
        command.add("-XX:AOTCacheOutput=" + cache);
        command.addAll(options);
        command.add("-Djsocat.home=" + work);
        command.add("-Djsocat.program=socat");
        command.add("-m");
        command.add("org.jsocat.cli/org.jsocat.cli.Training");
        command.add(lines.toString());
        command.add(certificates.toString());
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment()
                .keySet()
                .removeAll(List.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "_JAVA_OPTIONS"));
        int status =
                builder.redirectErrorStream(true).redirectOutput(log.toFile()).start().waitFor();
        if (status != 0 || !Files.exists(cache)) {
            throw new IOException("training ended with status " + status + "; see " + log);
        }
    }
}
