import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;

/**
 * Makes packages of the image: a tar.gz, a Debian package (by dpkg-deb, where that is there), an
 * image for containers in OCI's layout, without a daemon, and a bill of materials in CycloneDX. The
 * same input gives the same bytes: files are sorted and have one time.
 *
 * <p>Arguments: the image, the folder of the packages' own files, the project's folder, the folder
 * to write to, the version, the folder of the jars in the image, and what to make: {@code sbom},
 * {@code tar}, {@code deb}, {@code oci}.
 */
final class Package {
    private static final String HOME = "/opt/jsocat";

    /** 2026-01-01, the time of every file. */
    private static final long TIME = 1767225600L;

    private static final int BLOCK_BYTES = 512;
    private static final int USER = 65532;

    private final Path image;
    private final Path sources;
    private final Path project;
    private final Path target;
    private final String version;
    private final Path jars;

    private Package(String[] arguments) {
        image = Path.of(arguments[0]).toAbsolutePath();
        sources = Path.of(arguments[1]).toAbsolutePath();
        project = Path.of(arguments[2]).toAbsolutePath();
        target = Path.of(arguments[3]).toAbsolutePath();
        version = arguments[4];
        jars = Path.of(arguments[5]);
    }

    public static void main(String[] args) throws Exception {
        Package made = new Package(args);
        Files.createDirectories(made.target);
        for (String kind : List.of(args).subList(6, args.length)) {
            switch (kind) {
                case "sbom" -> made.sbom();
                case "tar" -> made.tar();
                case "deb" -> made.deb();
                case "oci" -> made.oci();
                default -> throw new IllegalArgumentException(kind);
            }
        }
    }

    private static String architecture(String x86, String arm) {
        return System.getProperty("os.arch").equals("aarch64") ? arm : x86;
    }

    /** What the image is made of: CycloneDX 1.6. */
    private void sbom() throws IOException {
        List<String> components = new ArrayList<>();
        try (Stream<Path> files = Files.list(jars)) {
            for (Path jar :
                    files.filter(file -> file.toString().endsWith(".jar")).sorted().toList()) {
                String file = jar.getFileName().toString().replaceFirst("\\.jar$", "");
                int split = file.replaceAll("-[0-9]", "\0").indexOf('\0');
                String name = file.substring(0, split);
                components.add(
                        component(
                                "library",
                                name,
                                file.substring(split + 1),
                                Files.readAllBytes(jar)));
            }
        }
        String java = System.getProperty("java.runtime.version");
        components.add(component("platform", "openjdk", java, new byte[0]));
        Files.writeString(
                target.resolve("jsocat-" + version + ".cdx.json"),
                """
                {
                  "bomFormat": "CycloneDX",
                  "specVersion": "1.6",
                  "version": 1,
                  "metadata": {"component": {"type": "application", "name": "jsocat", "version": "%s", \
                "licenses": [{"license": {"id": "Apache-2.0"}}]}},
                  "components": [
                %s
                  ]
                }
                """
                        .formatted(version, String.join(",\n", components)));
    }

    private String component(String type, String name, String version, byte[] bytes)
            throws IOException {
        String[] row = row(name);
        String purl =
                row[1].isEmpty()
                        ? ""
                        : ", \"purl\": \"pkg:maven/" + row[1] + "/" + name + "@" + version + "\"";
        String hash =
                bytes.length == 0
                        ? ""
                        : ", \"hashes\": [{\"alg\": \"SHA-256\", \"content\": \""
                                + digest(bytes)
                                + "\"}]";
        return "    {\"type\": \"%s\", \"name\": \"%s\", \"version\": \"%s\", \"licenses\": [{\"expression\": \"%s\"}]%s%s}"
                .formatted(type, name, version, row[2], purl, hash);
    }

    /** The row of the table of licenses whose first column a name begins with. */
    private String[] row(String name) throws IOException {
        for (String line : Files.readAllLines(sources.resolve("licenses.tsv"))) {
            String[] row = line.split("\t", -1);
            if (!line.startsWith("#") && name.startsWith(row[0])) {
                return row;
            }
        }
        throw new IOException("licenses.tsv has no row for " + name);
    }

    private void tar() throws IOException {
        String name = "jsocat-" + version + "-linux-" + architecture("x86_64", "aarch64");
        Path file = target.resolve(name + ".tar.gz");
        try (Tar tar = new Tar(new GZIPOutputStream(Files.newOutputStream(file)))) {
            tar.tree(image, name);
            for (String text : List.of("LICENSE", "NOTICE", "README.md")) {
                tar.file(name + "/" + text, Files.readAllBytes(project.resolve(text)), 0644);
            }
        }
    }

    private void deb() throws IOException, InterruptedException {
        if (!Files.isExecutable(Path.of("/usr/bin/dpkg-deb"))) {
            System.out.println("no Debian package: dpkg-deb is missing");
            return;
        }
        Path root = target.resolve("deb");
        delete(root);
        copy(image, root.resolve("opt/jsocat"));
        // what people look for below /usr is moved there
        Path share = root.resolve("opt/jsocat/share");
        if (Files.isDirectory(share)) {
            manuals(share.resolve("man/man1"), root.resolve("usr/share/man/man1"));
            delete(share.resolve("man"));
            copy(
                    share.resolve("bash-completion/completions/jsocat"),
                    root.resolve("usr/share/bash-completion/completions/jsocat"));
            Files.createDirectories(root.resolve("usr/share/doc"));
        }
        Path documents = Files.createDirectories(root.resolve("usr/share/doc/jsocat"));
        Files.copy(project.resolve("LICENSE"), documents.resolve("copyright"));
        Files.copy(project.resolve("NOTICE"), documents.resolve("NOTICE"));
        Path units = Files.createDirectories(root.resolve("usr/lib/systemd/system"));
        Files.copy(sources.resolve("jsocat@.service"), units.resolve("jsocat@.service"));
        Path bin = Files.createDirectories(root.resolve("usr/bin"));
        Files.createSymbolicLink(bin.resolve("jsocat"), Path.of("../../opt/jsocat/bin/jsocat"));
        control(root);
        Path file =
                target.resolve("jsocat_" + version + "_" + architecture("amd64", "arm64") + ".deb");
        run(
                "dpkg-deb",
                "--root-owner-group",
                "-Zgzip",
                "--build",
                root.toString(),
                file.toString());
        delete(root);
    }

    private static void manuals(Path from, Path to) throws IOException {
        Files.createDirectories(to);
        for (String name : List.of("socat", "filan", "procan", "jsocat")) {
            // beside the C program's pages, which have the plain names
            String page = name.equals("jsocat") ? "jsocat.1.gz" : "jsocat-" + name + ".1.gz";
            try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(to.resolve(page)))) {
                Files.copy(from.resolve(name + ".1"), out);
            }
        }
    }

    private void control(Path root) throws IOException {
        Path control = Files.createDirectories(root.resolve("DEBIAN"));
        long kilobytes;
        try (Stream<Path> files = Files.walk(root)) {
            kilobytes =
                    files.filter(Files::isRegularFile)
                                    .mapToLong(file -> file.toFile().length())
                                    .sum()
                            / 1024;
        }
        Files.writeString(
                control.resolve("control"),
                Files.readString(sources.resolve("control"))
                        .replace("@VERSION@", version)
                        .replace("@ARCHITECTURE@", architecture("amd64", "arm64"))
                        .replace("@SIZE@", Long.toString(kilobytes)));
        for (String script : List.of("postinst", "prerm")) {
            Path file = control.resolve(script);
            Files.copy(sources.resolve(script), file);
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
        }
    }

    /** The layout of an OCI image, version 1.0: one layer with the program and the C library. */
    private void oci() throws IOException, InterruptedException {
        Path layout = target.resolve("oci");
        delete(layout);
        Path blobs = Files.createDirectories(layout.resolve("blobs/sha256"));
        ByteArrayOutputStream plain = new ByteArrayOutputStream();
        try (Tar tar = new Tar(plain)) {
            rootFiles(tar);
        }
        String content = digest(plain.toByteArray());
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (OutputStream gzip = new GZIPOutputStream(packed)) {
            plain.writeTo(gzip);
        }
        String layer = blob(blobs, packed.toByteArray());
        String config =
                blob(
                        blobs,
                        """
                        {"architecture":"%s","os":"linux","config":{"User":"%d:%d","Env":["PATH=%s/bin","LANG=C.UTF-8"],\
                        "Entrypoint":["%s/bin/socat"],"WorkingDir":"/","StopSignal":"SIGTERM"},\
                        "rootfs":{"type":"layers","diff_ids":["sha256:%s"]}}\
                        """
                                .formatted(
                                        architecture("amd64", "arm64"),
                                        USER,
                                        USER,
                                        HOME,
                                        HOME,
                                        content)
                                .getBytes(StandardCharsets.UTF_8));
        String manifest =
                """
                {"schemaVersion":2,"mediaType":"application/vnd.oci.image.manifest.v1+json",\
                "config":{"mediaType":"application/vnd.oci.image.config.v1+json","digest":"sha256:%s","size":%d},\
                "layers":[{"mediaType":"application/vnd.oci.image.layer.v1.tar+gzip","digest":"sha256:%s","size":%d}]}\
                """
                        .formatted(config, Files.size(blobs.resolve(config)), layer, packed.size());
        String index = blob(blobs, manifest.getBytes(StandardCharsets.UTF_8));
        Files.writeString(layout.resolve("oci-layout"), "{\"imageLayoutVersion\":\"1.0.0\"}");
        Files.writeString(
                layout.resolve("index.json"),
                """
                {"schemaVersion":2,"manifests":[{"mediaType":"application/vnd.oci.image.manifest.v1+json","digest":"sha256:%s",\
                "size":%d,"annotations":{"org.opencontainers.image.ref.name":"jsocat"}}]}\
                """
                        .formatted(index, manifest.length()));
    }

    private void rootFiles(Tar tar) throws IOException, InterruptedException {
        byte[] passwd =
                ("root:x:0:0::/:/bin/false\njsocat:x:" + USER + ":" + USER + "::/:/bin/false\n")
                        .getBytes(StandardCharsets.UTF_8);
        byte[] group = ("root:x:0:\njsocat:x:" + USER + ":\n").getBytes(StandardCharsets.UTF_8);
        tar.folder("etc", 0755);
        tar.file("etc/passwd", passwd, 0644);
        tar.file("etc/group", group, 0644);
        tar.file("etc/nsswitch.conf", "hosts: files dns\n".getBytes(StandardCharsets.UTF_8), 0644);
        for (String text : List.of("etc/protocols", "etc/services")) {
            if (Files.exists(Path.of("/", text))) {
                tar.file(text, Files.readAllBytes(Path.of("/", text)), 0644);
            }
        }
        tar.folder("tmp", 01777);
        tar.folder("opt", 0755);
        tar.tree(image, HOME.substring(1));
        tar.file("opt/jsocat/LICENSE", Files.readAllBytes(project.resolve("LICENSE")), 0644);
        tar.file("opt/jsocat/NOTICE", Files.readAllBytes(project.resolve("NOTICE")), 0644);
        // the launcher is a script, and it needs the C library as the run-time does
        tar.folder("bin", 0755);
        tar.file("bin/sh", Files.readAllBytes(Path.of("/bin/dash").toRealPath()), 0755);
        Set<Path> libraries = new TreeSet<>();
        libraries.addAll(libraries(Path.of("/bin/dash")));
        libraries.addAll(libraries(image.resolve("lib/runtime/bin/java")));
        libraries.addAll(libraries(image.resolve("lib/runtime/lib/server/libjvm.so")));
        for (String name : List.of("libnss_dns.so.2", "libnss_files.so.2", "libresolv.so.2")) {
            Path found = libraries.iterator().next().resolveSibling(name);
            if (Files.exists(found)) {
                libraries.add(found);
            }
        }
        Set<String> folders = new TreeSet<>();
        for (Path library : libraries) {
            String name = library.toString().substring(1);
            for (int at = name.indexOf('/'); at > 0; at = name.indexOf('/', at + 1)) {
                if (folders.add(name.substring(0, at))) {
                    tar.folder(name.substring(0, at), 0755);
                }
            }
            tar.file(name, Files.readAllBytes(library.toRealPath()), 0755);
        }
    }

    /** The libraries that a program is linked with, outside of the image; by ldd(1). */
    private List<Path> libraries(Path program) throws IOException, InterruptedException {
        List<Path> found = new ArrayList<>();
        for (String line : run("ldd", program.toString()).split("\n")) {
            int start = line.indexOf('/');
            int end = line.indexOf(" (", Math.max(0, start));
            if (start >= 0 && end > start) {
                Path library = Path.of(line.substring(start, end)).normalize();
                if (!library.startsWith(image)) {
                    found.add(library);
                }
            }
        }
        return found;
    }

    private static String blob(Path folder, byte[] bytes) throws IOException {
        String digest = digest(bytes);
        Files.write(folder.resolve(digest), bytes);
        return digest;
    }

    private static String digest(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (java.security.NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static String run(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IOException(String.join(" ", command) + ": " + output);
        }
        return output;
    }

    private static void copy(Path from, Path to) throws IOException {
        Files.createDirectories(to.getParent());
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Path copy = to.resolve(from.relativize(file).toString());
                if (Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS)) {
                    Files.createDirectories(copy);
                } else {
                    Files.copy(
                            file,
                            copy,
                            LinkOption.NOFOLLOW_LINKS,
                            StandardCopyOption.COPY_ATTRIBUTES);
                }
            }
        }
    }

    private static void delete(Path root) throws IOException {
        if (!Files.exists(root, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        try (Stream<Path> files = Files.walk(root)) {
            for (Path file : files.sorted(java.util.Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    /** Writes an archive in the format of POSIX (ustar), owned by root, with one time. */
    private static final class Tar implements AutoCloseable {
        private static final Map<String, Integer> TYPES =
                Map.of("file", 48, "link", 50, "folder", 53);

        private final OutputStream out;

        Tar(OutputStream out) {
            this.out = out;
        }

        void tree(Path root, String name) throws IOException {
            try (Stream<Path> files = Files.walk(root)) {
                for (Path file : files.sorted().toList()) {
                    String entry = (name + "/" + root.relativize(file)).replaceAll("/$", "");
                    if (Files.isSymbolicLink(file)) {
                        header(entry, "link", 0777, 0, Files.readSymbolicLink(file).toString());
                    } else if (Files.isDirectory(file)) {
                        folder(entry, 0755);
                    } else {
                        boolean program =
                                Files.getPosixFilePermissions(file)
                                        .contains(PosixFilePermission.OWNER_EXECUTE);
                        file(entry, Files.readAllBytes(file), program ? 0755 : 0644);
                    }
                }
            }
        }

        void folder(String name, int mode) throws IOException {
            header(name + "/", "folder", mode, 0, "");
        }

        void file(String name, byte[] bytes, int mode) throws IOException {
            header(name, "file", mode, bytes.length, "");
            out.write(bytes);
            out.write(new byte[-bytes.length & BLOCK_BYTES - 1]);
        }

        private void header(String name, String type, int mode, long size, String link)
                throws IOException {
            byte[] block = new byte[BLOCK_BYTES];
            int split = name.length() <= 100 ? -1 : name.indexOf('/', name.length() - 101);
            text(block, 0, 100, name.substring(split + 1));
            text(block, 345, 155, split < 0 ? "" : name.substring(0, split));
            octal(block, 100, 8, mode);
            octal(block, 108, 8, 0);
            octal(block, 116, 8, 0);
            octal(block, 124, 12, size);
            octal(block, 136, 12, TIME);
            text(block, 148, 8, "        ");
            block[156] = TYPES.get(type).byteValue();
            text(block, 157, 100, link);
            text(block, 257, 8, "ustar\00000");
            int sum = 0;
            for (byte b : block) {
                sum += b & 0xff;
            }
            octal(block, 148, 7, sum);
            out.write(block);
        }

        private static void text(byte[] block, int at, int length, String text) throws IOException {
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            if (bytes.length > length) {
                throw new IOException("too long for an archive: " + text);
            }
            System.arraycopy(bytes, 0, block, at, bytes.length);
        }

        private static void octal(byte[] block, int at, int length, long value) {
            String digits = Long.toOctalString(value);
            String padded = "0".repeat(length - 1 - digits.length()) + digits;
            System.arraycopy(padded.getBytes(StandardCharsets.US_ASCII), 0, block, at, length - 1);
            block[at + length - 1] = 0;
        }

        @Override
        public void close() throws IOException {
            out.write(new byte[2 * BLOCK_BYTES]);
            out.close();
        }
    }
}
