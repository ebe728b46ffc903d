package org.jsocat.cli.plugins;

import org.jsocat.core.plan.PluginManifest;
import org.pf4j.DefaultPluginStatusProvider;
import org.pf4j.PluginRuntimeException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;

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
     * Copies a plugin into the user's folder, in place of another version of it that lies there. It
     * is loaded before, beside all others, so that what is wrong with it is known now.
     *
     * @return its id
     * @throws PluginException when the jar is no plugin, works with other versions of the SPI, does
     *     not load, or has tables that do not fit; nothing has changed then
     */
    public String install(Path jar) {
        Path trial = null;
        try {
            Path folder = folders.userFolder();
            if (!Files.isDirectory(folder)) {
                Files.createDirectories(folder);
                // Whatever the umask is: a folder that others may write to would be refused.
                Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
            }
            trial = Files.createTempDirectory(folder, ".install-");
            Path copy = trial.resolve("plugin.jar");
            Files.copy(jar, copy);
            Files.setPosixFilePermissions(copy, PosixFilePermissions.fromString("rw-r--r--"));
            String id = check(jar, copy);
            remove(id, folder);
            Files.move(copy, folder.resolve(id + ".jar"), StandardCopyOption.ATOMIC_MOVE);
            return id;
        } catch (NoSuchFileException absent) {
            throw new PluginException("cannot install " + jar + ": there is no such file");
        } catch (IOException failure) {
            throw new PluginException("cannot install " + jar + ": " + failure.getMessage());
        } finally {
            delete(trial);
        }
    }

    private String check(Path jar, Path copy) {
        try {
            Candidate candidate = Candidate.of(copy);
            if (!candidate.id().matches("[\\w][\\w.-]*")) {
                throw new PluginException(
                        "its Plugin-Id has characters that no file name should have");
            }
            PluginManifest.objection(candidate.descriptor().getRequires())
                    .ifPresent(PluginFiles::unfit);
            tryOut(candidate.id(), copy.getParent());
            return candidate.id();
        } catch (PluginException unfit) {
            throw new PluginException("plugin " + jar + " is not installed: " + unfit.getMessage());
        }
    }

    /** Loads what there would be if it were installed. */
    private void tryOut(String id, Path trial) {
        List<Path> places = new ArrayList<>(List.of(trial));
        places.addAll(folders.folders());
        Plugins plugins =
                Plugins.load(new PluginFolders(places, folders.userFolder(), folders.choices()));
        for (Plugin plugin : plugins.found()) {
            if (!plugin.description().id().equals(id)) {
                continue;
            }
            if (plugin.state() == Plugin.State.REFUSED) {
                unfit(plugin.reason());
            }
            List<String> objections = TableCheck.objections(plugin.services(), plugins.catalog());
            if (!objections.isEmpty()) {
                unfit(String.join("; ", objections));
            }
        }
    }

    private static void unfit(String reason) {
        throw new PluginException(reason);
    }

    /**
     * Deletes a plugin from the user's folder.
     *
     * @return whether it was there
     */
    public boolean remove(String id) {
        try {
            return remove(id, folders.userFolder());
        } catch (IOException failure) {
            throw new PluginException("cannot remove " + id + ": " + failure.getMessage());
        }
    }

    private static boolean remove(String id, Path folder) throws IOException {
        boolean removed = false;
        for (Path jar : PluginFolders.jars(folder)) {
            try {
                if (Candidate.of(jar).id().equals(id)) {
                    Files.delete(jar);
                    removed = true;
                }
            } catch (PluginException other) {
                // Not this plugin; the next start says what is wrong with it.
            }
        }
        return removed;
    }

    private static void delete(Path trial) {
        if (trial == null) {
            return;
        }
        try {
            Files.deleteIfExists(trial.resolve("plugin.jar"));
            Files.delete(trial);
        } catch (IOException left) {
            throw new PluginException("cannot remove " + trial + ": " + left.getMessage());
        }
    }
}
