package org.jsocat.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;

/**
 * Makes jars of plugins, as their authors would: compiled against the SPI and nothing else of
 * jsocat.
 */
final class PluginJar {
    private static final Path JDK = Path.of(System.getProperty("java.home"));

    private final Path classes;
    private final Map<String, String> manifest = new LinkedHashMap<>();

    private PluginJar(Path classes) {
        this.classes = classes;
        with("Plugin-Version", "1.0.0").with("Plugin-Requires", "~0.1");
    }

    /** The sample plugin from the documentation. */
    static PluginJar sample(Path work) throws IOException {
        Path project =
                Path.of(System.getProperty("jsocat.examples"), "plugin-rot13", "src", "main");
        PluginJar jar =
                new PluginJar(
                        compile(
                                project.resolve("java"),
                                work.resolve("sample-classes"),
                                List.of()));
        try (var input = Files.newInputStream(project.resolve("manifest/MANIFEST.MF"))) {
            new Manifest(input)
                    .getMainAttributes()
                    .forEach((name, value) -> jar.with(name.toString(), value.toString()));
        }
        return jar;
    }

    /**
     * A plugin whose address gives the name of its own module.
     *
     * @param id of the plugin; the module is {@code test.ID}
     * @param keyword of the address
     * @param needs jars of plugins whose modules it requires
     */
    static PluginJar provider(Path work, String id, String keyword, Path... needs)
            throws IOException {
        return compiled(work, id, keyword, "\"from \" + getClass().getModule().getName()", needs);
    }

    /** A plugin that prints what becomes of relays on standard error. */
    static PluginJar listener(Path work, String id) throws IOException {
        Path sources = Files.createDirectories(work.resolve(id + "-src"));
        Files.writeString(
                sources.resolve("module-info.java"),
                """
                module test.%1$s {
                    requires org.jsocat.spi;
                    provides org.jsocat.spi.RelayListener with test.%1$s.Told;
                }
                """
                        .formatted(id));
        Path folder = Files.createDirectories(sources.resolve("test/" + id));
        Files.writeString(
                folder.resolve("Told.java"),
                """
                package test.%s;
                import org.jsocat.spi.*;
                public final class Told implements RelayListener {
                    @Override
                    public void opened(RelayInfo relay) {
                        System.err.println("opened");
                    }
                    @Override
                    public void ended(RelayInfo relay) {
                        System.err.println("ended " + relay.bytesToSecond());
                    }
                    @Override
                    public void failed(RelayInfo relay, Throwable cause) {
                        System.err.println("failed " + cause.getMessage());
                    }
                }
                """
                        .formatted(id));
        return new PluginJar(compile(sources, work.resolve(id + "-classes"), List.of()))
                .with("Plugin-Id", id);
    }

    /**
     * A plugin of sources of its own.
     *
     * @param id of the plugin; the module is {@code test.ID}
     * @param provides what stands in the module's descriptor beside the SPI
     * @param provider the body of the class {@code test.ID.Provider}
     */
    static PluginJar of(Path work, String id, String provides, String provider) throws IOException {
        Path sources = Files.createDirectories(work.resolve(id + "-src"));
        Files.writeString(
                sources.resolve("module-info.java"),
                "module test." + id + " { requires org.jsocat.spi; " + provides + " }");
        Path folder = Files.createDirectories(sources.resolve("test/" + id));
        Files.writeString(
                folder.resolve("Provider.java"),
                "package test."
                        + id
                        + "; import java.util.*; import org.jsocat.spi.*; public final class"
                        + " Provider "
                        + provider);
        return new PluginJar(compile(sources, work.resolve(id + "-classes"), List.of()))
                .with("Plugin-Id", id);
    }

    /** A plugin that fails as soon as it is asked what it has. */
    static PluginJar failing(Path work, String id) throws IOException {
        return compiled(work, id, "NEVER", "Integer.toString(1 / Integer.parseInt(\"0\"))");
    }

    /**
     * Another version of a plugin of the distribution.
     *
     * @param name of the plugin: its folder
     * @param version of what is made
     * @param changed the class in which a text is replaced
     * @param text what is replaced
     * @param other what stands there in this version
     */
    static PluginJar builtIn(
            Path work, String name, String version, String changed, String text, String other)
            throws IOException {
        Path plugins = Path.of(System.getProperty("jsocat.examples"), "..", "..", "plugins");
        Path sources = work.resolve(name + "-" + version + "-src");
        Path original = plugins.resolve(name).resolve("src/main/java");
        try (Stream<Path> files = Files.walk(original)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                String source = Files.readString(file);
                if (file.endsWith(changed + ".java")) {
                    assertThat(source).contains(text);
                    source = source.replace(text, other);
                }
                Path copy = sources.resolve(original.relativize(file));
                Files.createDirectories(copy.getParent());
                Files.writeString(copy, source);
            }
        }
        List<Path> needs = new ArrayList<>();
        Path jar = null;
        try (Stream<Path> modules = Files.list(Path.of(System.getProperty("jsocat.modules")))) {
            for (Path module : modules.toList()) {
                String file = module.getFileName().toString();
                if (file.startsWith("jsocat-plugin-" + name + "-")) {
                    jar = module;
                } else if (file.startsWith("jsocat-plugin-")) {
                    needs.add(module);
                }
            }
        }
        PluginJar made = new PluginJar(compile(sources, work.resolve(name + "-" + version), needs));
        try (JarFile own = new JarFile(jar.toFile())) {
            own.getManifest()
                    .getMainAttributes()
                    .forEach((key, value) -> made.with(key.toString(), value.toString()));
        }
        return made.with("Plugin-Version", version);
    }

    private static PluginJar compiled(
            Path work, String id, String keyword, String expression, Path... needs)
            throws IOException {
        Path sources = Files.createDirectories(work.resolve(id + "-src"));
        StringBuilder module =
                new StringBuilder("module test." + id + " { requires org.jsocat.spi;\n");
        for (Path need : needs) {
            module.append("requires test.").append(name(need)).append(";\n");
        }
        Files.writeString(
                sources.resolve("module-info.java"),
                module
                        + "exports test."
                        + id
                        + ";\nprovides org.jsocat.spi.AddressProvider with test."
                        + id
                        + ".Provider; }\n");
        Path folder = Files.createDirectories(sources.resolve("test/" + id));
        StringBuilder uses = new StringBuilder();
        for (Path need : needs) {
            uses.append("private final Object other = new test.")
                    .append(name(need))
                    .append(".Provider();\n");
        }
        Files.writeString(
                folder.resolve("Provider.java"),
                """
                package test.%s;
                import java.util.List;
                import org.jsocat.spi.*;
                import org.jsocat.spi.posix.*;
                public final class Provider implements AddressProvider {
                    %s
                    private final String text = %s;
                    @Override
                    public List<AddressType> addressTypes() {
                        return List.of(AddressType.named("%s").groups("FD").opens(
                            AddressType.Parameters.NONE, Direction.READ, this::open));
                    }
                    private Endpoint open(OpenContext context) {
                        Pipe pipe = Pipe.open(Linux.O_NONBLOCK);
                        byte[] bytes = text.getBytes();
                        Libc.write(pipe.writer().number(), bytes, 0, bytes.length);
                        pipe.writer().close();
                        return DescriptorEndpoint.over(context, pipe.reader()).build();
                    }
                }
                """
                        .formatted(id, uses, expression, keyword));
        return new PluginJar(compile(sources, work.resolve(id + "-classes"), List.of(needs)))
                .with("Plugin-Id", id);
    }

    private static String name(Path jar) {
        return jar.getFileName().toString().replace(".jar", "");
    }

    /**
     * Compiles modules against the SPI and further jars.
     *
     * @return the folder of the classes
     */
    static Path compile(Path sources, Path classes, List<Path> needs) throws IOException {
        List<String> command =
                new ArrayList<>(
                        List.of(JDK.resolve("bin/javac").toString(), "-d", classes.toString()));
        StringBuilder path = new StringBuilder();
        try (Stream<Path> modules = Files.list(Path.of(System.getProperty("jsocat.modules")))) {
            modules.filter(jar -> jar.getFileName().toString().matches("(jsocat-spi|slf4j-api)-.*"))
                    .forEach(jar -> path.append(jar).append(':'));
        }
        needs.forEach(jar -> path.append(jar).append(':'));
        command.addAll(List.of("--module-path", path.toString()));
        try (Stream<Path> files = Files.walk(sources)) {
            files.map(Path::toString).filter(file -> file.endsWith(".java")).forEach(command::add);
        }
        Process javac = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(javac.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        try {
            assertThat(javac.waitFor()).as(output).isZero();
        } catch (InterruptedException interrupted) {
            throw new IOException(interrupted);
        }
        return classes;
    }

    /** Sets an attribute of the manifest. */
    PluginJar with(String attribute, String value) {
        manifest.put(attribute, value);
        return this;
    }

    /** Writes the jar, for everyone to read and only the user to write. */
    Path write(Path jar) throws IOException {
        return write(jar, true);
    }

    /** Writes the jar without its module descriptor. */
    Path writeWithoutModule(Path jar) throws IOException {
        return write(jar, false);
    }

    private Path write(Path jar, boolean module) throws IOException {
        Manifest entries = new Manifest();
        entries.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.forEach((name, value) -> entries.getMainAttributes().putValue(name, value));
        Files.createDirectories(jar.getParent());
        try (OutputStream file = Files.newOutputStream(jar);
                JarOutputStream out = new JarOutputStream(file, entries);
                Stream<Path> files = Files.walk(classes)) {
            for (Path entry : files.filter(Files::isRegularFile).toList()) {
                if (module || !entry.endsWith("module-info.class")) {
                    out.putNextEntry(new JarEntry(classes.relativize(entry).toString()));
                    Files.copy(entry, out);
                }
            }
        }
        Files.setPosixFilePermissions(jar, PosixFilePermissions.fromString("rw-r--r--"));
        return jar;
    }
}
