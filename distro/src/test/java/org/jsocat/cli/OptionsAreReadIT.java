package org.jsocat.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.CodeElement;
import java.lang.classfile.MethodModel;
import java.lang.classfile.Opcode;
import java.lang.classfile.instruction.FieldInstruction;
import java.lang.classfile.instruction.InvokeInstruction;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Stream;

/**
 * Every option that is listed is used. A row either has an action, which core applies by phase, or
 * is a key that some code outside of the table reads; this looks for rows that have neither, in the
 * instructions of all classes. (That every option used is listed follows from the keys being the
 * rows, and core refuses an option that an address left unused.)
 */
final class OptionsAreReadIT {
    private static final String OPTION = "org/jsocat/spi/Option";
    private static final String OPTION_TYPE = "L" + OPTION + ";";

    /** {@code Option.of(name, type, phase)}, which makes a row without an action. */
    private static final String WITHOUT_ACTION =
            "(Ljava/lang/String;Lorg/jsocat/spi/OptionType;Lorg/jsocat/spi/Phase;)" + OPTION_TYPE;

    private static final List<ClassModel> CLASSES = new ArrayList<>();
    private static final Set<String> READ = new HashSet<>();
    private static final Set<String> KEYS = new HashSet<>();
    private static final List<String> NAMELESS = new ArrayList<>();

    @BeforeAll
    static void readInstructions() throws IOException {
        try (Stream<Path> files = Files.list(Path.of(System.getProperty("jsocat.modules")))) {
            for (Path jar : files.filter(OptionsAreReadIT::isOurs).toList()) {
                readJar(jar);
            }
        }
        CLASSES.forEach(OptionsAreReadIT::readClass);
    }

    private static boolean isOurs(Path jar) {
        return jar.getFileName().toString().startsWith("jsocat-");
    }

    private static void readJar(Path path) throws IOException {
        try (JarFile jar = new JarFile(path.toFile())) {
            for (JarEntry entry : jar.stream().toList()) {
                if (entry.getName().endsWith(".class")) {
                    CLASSES.add(ClassFile.of().parse(jar.getInputStream(entry).readAllBytes()));
                }
            }
        }
    }

    private static void readClass(ClassModel model) {
        for (MethodModel method : model.methods()) {
            boolean table = method.methodName().equalsString("<clinit>");
            boolean keyMade = false;
            for (CodeElement element :
                    method.code().map(code -> code.elementList()).orElse(List.of())) {
                if (element instanceof InvokeInstruction call && isOptionOf(call)) {
                    if (keyMade) {
                        NAMELESS.add(model.thisClass().asInternalName());
                    }
                    keyMade = table && call.type().equalsString(WITHOUT_ACTION);
                } else if (element instanceof InvokeInstruction call && takesRow(call)) {
                    keyMade = false;
                } else if (element instanceof FieldInstruction field
                        && field.type().equalsString(OPTION_TYPE)) {
                    String name = field.owner().asInternalName() + "." + field.name().stringValue();
                    if (field.opcode() == Opcode.GETSTATIC && !table) {
                        READ.add(name);
                    } else if (field.opcode() == Opcode.PUTSTATIC && keyMade) {
                        KEYS.add(name);
                        keyMade = false;
                    }
                }
            }
            if (keyMade) {
                NAMELESS.add(model.thisClass().asInternalName());
            }
        }
    }

    private static boolean isOptionOf(InvokeInstruction call) {
        return call.owner().asInternalName().equals(OPTION) && call.name().equalsString("of");
    }

    /**
     * A constructor that keeps the row in a table of its own, all of which is read (open flags).
     */
    private static boolean takesRow(InvokeInstruction call) {
        return call.name().equalsString("<init>")
                && call.type().stringValue().contains(OPTION_TYPE);
    }

    @Test
    void everyKeyIsReadSomewhere() {
        assertThat(KEYS).as("rows without an action").hasSizeGreaterThan(40);
        assertThat(READ).as("keys that are read").containsAll(KEYS);
    }

    @Test
    void everyRowWithoutActionIsAKey() {
        assertThat(NAMELESS)
                .as("tables with a row that has neither an action nor a name")
                .isEmpty();
    }
}
