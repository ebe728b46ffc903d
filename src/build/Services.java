import java.io.IOException;
import java.io.InputStream;
import java.lang.module.ModuleDescriptor;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Writes what a compiled module provides to {@code META-INF/services}, so that services are found
 * on the class path too, and are declared in one place all the same: {@code module-info.java}.
 *
 * <p>Arguments: folders of classes, each with a {@code module-info.class}. It runs on the JDK that
 * compiled them.
 */
final class Services {
    private Services() {}

    public static void main(String[] folders) throws IOException {
        for (String folder : folders) {
            write(Path.of(folder));
        }
    }

    private static void write(Path classes) throws IOException {
        ModuleDescriptor module;
        try (InputStream descriptor = Files.newInputStream(classes.resolve("module-info.class"))) {
            module = ModuleDescriptor.read(descriptor);
        }
        for (ModuleDescriptor.Provides provided : module.provides()) {
            Path folder = Files.createDirectories(classes.resolve("META-INF/services"));
            Files.write(folder.resolve(provided.service()), provided.providers());
        }
    }
}
