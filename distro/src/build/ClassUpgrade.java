import java.io.IOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassFile.StackMapsOption;
import java.lang.classfile.ClassFileVersion;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.ClassModel;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeTransform;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;

/**
 * Brings the classes of a jar to a version that the AOT cache takes. It takes none that was
 * compiled for a Java before 6, since the verifier of that time is another; picocli is compiled for
 * Java 5, and parsing it anew would cost 60 ms of each start.
 */
final class ClassUpgrade {
    private static final int OLDEST = ClassFile.JAVA_6_VERSION;

    private static final int UPGRADED = ClassFile.JAVA_8_VERSION;

    private ClassUpgrade() {}

    /** Tells whether a jar has classes to upgrade. */
    static boolean isNeededFor(Path file) throws IOException {
        try (JarFile jar = new JarFile(file.toFile())) {
            for (JarEntry entry : jar.stream().toList()) {
                if (entry.getName().endsWith(".class")) {
                    // Bytes 6 and 7 of a class file are its major version.
                    byte[] start = jar.getInputStream(entry).readNBytes(8);
                    if ((start[6] << 8 | start[7]) < OLDEST) {
                        return true;
                    }
                }
            }
        }
        return false;
    }

    /**
     * Writes a jar like the given one, with upgraded classes.
     *
     * @param all has the classes of all jars, of which verification needs to know who extends whom
     */
    static void copy(Path from, Path to, ClassLoader all) throws IOException {
        try (JarFile jar = new JarFile(from.toFile());
                JarOutputStream out = new JarOutputStream(Files.newOutputStream(to))) {
            ClassFile classFile =
                    ClassFile.of(
                            StackMapsOption.GENERATE_STACK_MAPS,
                            ClassFile.ClassHierarchyResolverOption.of(
                                    ClassHierarchyResolver.ofResourceParsing(all)));
            for (JarEntry entry : jar.stream().filter(entry -> !entry.isDirectory()).toList()) {
                byte[] bytes = jar.getInputStream(entry).readAllBytes();
                out.putNextEntry(new JarEntry(entry.getName()));
                out.write(entry.getName().endsWith(".class") ? upgrade(classFile, bytes) : bytes);
            }
        }
    }

    private static byte[] upgrade(ClassFile classFile, byte[] bytes) {
        ClassModel model = classFile.parse(bytes);
        if (model.majorVersion() >= OLDEST) {
            return bytes;
        }
        ClassTransform version =
                (builder, element) ->
                        builder.with(
                                element instanceof ClassFileVersion
                                        ? ClassFileVersion.of(UPGRADED, 0)
                                        : element);
        return classFile.transformClass(
                model,
                version.andThen(ClassTransform.transformingMethodBodies(CodeTransform.ACCEPT_ALL)));
    }
}
