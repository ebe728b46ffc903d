package org.jsocat.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** The packages, each used as its users do. */
final class PackagesIT {
    private static final Path PACKAGES = Path.of(System.getProperty("jsocat.packages"));

    @TempDir private Path folder;

    @BeforeEach
    void packagesAreMade() {
        assumeThat(PACKAGES).as("made by the profile packages").isDirectory();
    }

    private static Path only(String end) throws IOException {
        try (Stream<Path> files = Files.list(PACKAGES)) {
            return files.filter(file -> file.toString().endsWith(end)).findFirst().orElseThrow();
        }
    }

    /** Runs a script that may mount what it likes. */
    private String privately(String script) throws IOException, InterruptedException {
        assumeThat(System.getProperty("user.name")).as("mounting needs root").isEqualTo("root");
        return run("unshare", "-mpf", "--propagation", "private", "bash", "-ec", script);
    }

    private String run(String... command) throws IOException, InterruptedException {
        Process process =
                new ProcessBuilder(command)
                        .directory(folder.toFile())
                        .redirectErrorStream(true)
                        .redirectInput(Path.of("/dev/null").toFile())
                        .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
        return output;
    }

    @Test
    void theArchiveRunsWhereItIsUnpacked() throws IOException, InterruptedException {
        run("tar", "xzf", only(".tar.gz").toString(), "--strip-components=1");
        assertThat(run("bin/socat", "-u", "TEXT:hello", "STDOUT")).isEqualTo("hello");
        assertThat(folder.resolve("LICENSE")).content().contains("Apache License");
    }

    @Test
    void theDebianPackageIsInstalledUsedAndRemoved() throws IOException, InterruptedException {
        assumeThat(RunningSocat.isThere("dpkg")).as("dpkg is here").isTrue();
        String output =
                privately(
                        "mount -t tmpfs none "
                                + folder
                                + "; cd "
                                + folder
                                + "\n"
                                + "for d in usr var etc opt; do mkdir $d.u $d.w; mount -t overlay"
                                + " overlay -o lowerdir=/$d,upperdir=$PWD/$d.u,workdir=$PWD/$d.w"
                                + " /$d; done\n"
                                + "before=$(sha256sum < /usr/bin/socat)\n"
                                + "dpkg -i "
                                + only(".deb")
                                + "\n"
                                + "echo; socat -u TEXT:hello STDOUT; echo; filan -s -i 0; jsocat"
                                + " -V\n"
                                + "/usr/bin/socat.c -V | grep version\n"
                                + "update-alternatives --set socat /usr/bin/socat.c; socat -V | sed"
                                + " -n 1p\n"
                                + "dpkg -r jsocat\n"
                                + "[ \"$before\" = \"$(sha256sum < /usr/bin/socat)\" ] && echo as"
                                + " before\n"
                                + "[ -e /opt/jsocat ] || echo nothing left\n");
        assertThat(output)
                .contains("\nhello\nchrdev /dev/null\njsocat ", "socat by Gerhard Rieger")
                .endsWith("as before\nnothing left\n");
    }

    @Test
    void theContainerRunsWithoutRightsOrTheHostsFiles() throws IOException, InterruptedException {
        Path blobs = PACKAGES.resolve("oci/blobs/sha256");
        Path layer;
        try (Stream<Path> files = Files.list(blobs)) {
            layer =
                    files.max(java.util.Comparator.comparingLong(file -> file.toFile().length()))
                            .orElseThrow();
        }
        assertThat(run("sha256sum", layer.toString())).startsWith(layer.getFileName().toString());
        String output =
                privately(
                        "chmod 755 .; tar xzf "
                                + layer
                                + "; mkdir proc dev; mount -t proc proc proc; mount --bind /dev"
                                + " dev\n"
                                + "chroot --userspec=65532:65532 . /opt/jsocat/bin/socat -u"
                                + " TEXT:hello STDOUT; echo\n"
                                + "chroot --userspec=65532:65532 . /opt/jsocat/bin/procan | grep"
                                + " '^user id'\n"
                                + "umount proc dev\n");
        assertThat(output).isEqualTo("hello\nuser id  = 65532\n");
    }

    @Test
    void theBillOfMaterialsNamesEveryJarAndSoDoesTheNotice() throws IOException {
        String bill = Files.readString(only(".cdx.json"));
        String notice =
                Files.readString(Path.of(System.getProperty("jsocat.image"), "../../../NOTICE"));
        try (Stream<Path> jars = Files.list(Path.of(System.getProperty("jsocat.modules")))) {
            for (Path jar : jars.toList()) {
                String file = jar.getFileName().toString();
                String name = file.replaceFirst("-[0-9].*", "");
                assertThat(bill).contains("\"name\": \"" + name + "\"");
                if (!name.startsWith("jsocat")) {
                    String work = name.startsWith("bc") ? name.replaceFirst("-.*", "") : name;
                    String family =
                            work.startsWith("asm") || work.startsWith("jline")
                                    ? work.replaceFirst("-.*", "")
                                    : work;
                    assertThat(notice).contains(family.replaceFirst("-api$", ""));
                }
            }
        }
    }
}
