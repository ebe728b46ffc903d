package org.jsocat.cli.plugins;

import org.jsocat.core.plan.PluginManifest;
import org.pf4j.DefaultPluginStatusProvider;
import org.pf4j.PluginRuntimeException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;

/** Changes the user's plugins on disk: installs, enables, disables. */
public final class PluginFiles {
    private final PluginFolders folders;

    public PluginFiles(PluginFolders folders) {
        this.folders = folders;
    }

    /** From now on a plugin is used or not used. */
    public void enable(String id, boolean enabled) {
        try {
            Files.createDirectories(folders.choices());
            DefaultPluginStatusProvider status = new DefaultPluginStatusProvider(folders.choices());
            if (enabled) {
                status.enablePlugin(id);
            } else {
                status.disablePlugin(id);
            }
        } catch (IOException | PluginRuntimeException unwritable) {
            throw new PluginException(
                    "cannot write into " + folders.choices() + ": " + unwritable.getMessage());
        }
    }

    /**
     * Copies a plugin into the user's folder, in place of another version of it that lies there.
     *
     * @return its id
     * @throws PluginException when the jar is no plugin or works with other versions of the SPI;
     *     nothing has changed then
     */
    public String install(Path jar) {
        Path copy = null;
        try {
            Path folder = folders.userFolder();
            if (!Files.isDirectory(folder)) {
                Files.createDirectories(folder);
                // Whatever the umask is: a folder that others may write to would be refused.
                Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
            }
            // Not a name that a start which happens now would take for a plugin's.
            copy = Files.createTempFile(folder, ".install-", ".part");
            Files.copy(jar, copy, StandardCopyOption.REPLACE_EXISTING);
            Files.setPosixFilePermissions(copy, PosixFilePermissions.fromString("rw-r--r--"));
            Candidate candidate = check(jar, copy);
            remove(candidate.id(), folder);
            Files.move(
                    copy, folder.resolve(candidate.id() + ".jar"), StandardCopyOption.ATOMIC_MOVE);
            return candidate.id();
        } catch (IOException failure) {
            throw new PluginException("cannot install " + jar + ": " + failure.getMessage());
        } finally {
            delete(copy);
        }
    }

    private static Candidate check(Path jar, Path copy) throws IOException {
        Path named = copy.resolveSibling(copy.getFileName() + ".jar");
        Files.move(copy, named);
        try {
            Candidate candidate = Candidate.of(named);
            if (!candidate.id().matches("[\\w][\\w.-]*")) {
                throw new PluginException(
                        "its Plugin-Id has characters that no file name should have");
            }
            PluginManifest.objection(candidate.descriptor().getRequires())
                    .ifPresent(
                            reason -> {
                                throw new PluginException(reason);
                            });
            return candidate;
        } catch (PluginException unfit) {
            throw new PluginException("plugin " + jar + " is not installed: " + unfit.getMessage());
        } finally {
            Files.move(named, copy);
        }
    }

    private static void remove(String id, Path folder) throws IOException {
        for (Path jar : PluginFolders.jars(folder)) {
            try {
                if (Candidate.of(jar).id().equals(id)) {
                    Files.delete(jar);
                }
            } catch (PluginException other) {
                // Not this plugin; the next start says what is wrong with it.
            }
        }
    }

    private static void delete(Path copy) {
        try {
            if (copy != null) {
                Files.deleteIfExists(copy);
            }
        } catch (IOException left) {
            throw new PluginException("cannot remove " + copy + ": " + left.getMessage());
        }
    }
}
