package org.jsocat.spi;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.io.InputStream;
import java.lang.module.ModuleDescriptor;
import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.Field;
import java.lang.reflect.Member;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What plugins may be compiled against stays: all that {@code api.txt} lists is there. After a
 * change that is meant, run this test with {@code -Djsocat.api.record=FILE} and put that file in
 * its place; a member that is gone from it asks for a new version of the SPI.
 */
final class CompatibilityTest {
    @Test
    void whatWasThereIsThere() throws IOException, URISyntaxException, ClassNotFoundException {
        Set<String> now = signatures();
        String record = System.getProperty("jsocat.api.record");
        if (record != null) {
            Files.write(Path.of(record), now);
        }
        Set<String> recorded;
        try (InputStream file = CompatibilityTest.class.getResourceAsStream("api.txt")) {
            recorded =
                    new TreeSet<>(
                            new String(file.readAllBytes(), StandardCharsets.UTF_8)
                                    .lines()
                                    .toList());
        }
        assertThat(recorded).hasSizeGreaterThan(500);
        assertThat(now)
                .filteredOn(line -> line.contains(" abstract ") && !recorded.contains(line))
                .as("asked of those who implement what they have implemented already")
                .noneMatch(line -> recorded.stream().anyMatch(old -> sameType(old, line)));
        recorded.removeAll(now);
        assertThat(recorded).as("gone from the API of the SPI").isEmpty();
    }

    private static boolean sameType(String member, String other) {
        return member.startsWith(other.substring(0, other.indexOf(' ') + 1));
    }

    private static Set<String> signatures()
            throws IOException, URISyntaxException, ClassNotFoundException {
        Path classes =
                Path.of(
                        AddressProvider.class
                                .getProtectionDomain()
                                .getCodeSource()
                                .getLocation()
                                .toURI());
        Set<String> all = new TreeSet<>();
        try (InputStream descriptor = Files.newInputStream(classes.resolve("module-info.class"))) {
            for (ModuleDescriptor.Exports exported : ModuleDescriptor.read(descriptor).exports()) {
                if (!exported.isQualified()) {
                    describe(classes, exported.source(), all);
                }
            }
        }
        return all;
    }

    private static void describe(Path classes, String exported, Set<String> all)
            throws IOException, ClassNotFoundException {
        List<String> names;
        try (Stream<Path> files = Files.list(classes.resolve(exported.replace('.', '/')))) {
            names =
                    files.map(file -> file.getFileName().toString())
                            .filter(name -> name.matches("[A-Z].*\\.class"))
                            .map(name -> exported + "." + name.replace(".class", ""))
                            .toList();
        }
        for (String name : names) {
            Class<?> type = Class.forName(name, false, CompatibilityTest.class.getClassLoader());
            if (isVisible(type)) {
                describe(type, all);
            }
        }
    }

    private static boolean isVisible(Class<?> type) {
        for (Class<?> outer = type; outer != null; outer = outer.getEnclosingClass()) {
            if (!Modifier.isPublic(outer.getModifiers()) || outer.isAnonymousClass()) {
                return false;
            }
        }
        return true;
    }

    private static void describe(Class<?> type, Set<String> all) {
        all.add(kind(type) + " " + type.getName() + above(type));
        if (type.isRecord()) {
            all.add(
                    type.getName()
                            + " of "
                            + Arrays.stream(type.getRecordComponents())
                                    .map(RecordComponent::getName)
                                    .collect(Collectors.joining(", ")));
        }
        for (Field field : type.getDeclaredFields()) {
            if (counts(field)) {
                all.add(member(type, field, text(field.getGenericType()) + " " + field.getName()));
            }
        }
        for (Constructor<?> constructor : type.getDeclaredConstructors()) {
            if (counts(constructor)) {
                all.add(member(type, constructor, "new" + parameters(constructor)));
            }
        }
        for (Method method : type.getDeclaredMethods()) {
            if (counts(method)) {
                all.add(
                        member(
                                type,
                                method,
                                text(method.getGenericReturnType())
                                        + " "
                                        + method.getName()
                                        + parameters(method)));
            }
        }
    }

    private static String kind(Class<?> type) {
        String sealed = type.isSealed() ? "sealed " : "";
        String base = Modifier.isFinal(type.getModifiers()) ? "final class" : "class";
        if (type.isInterface()) {
            base = "interface";
        } else if (type.isEnum()) {
            base = "enum";
        } else if (type.isRecord()) {
            base = "record";
        } else if (Modifier.isAbstract(type.getModifiers())) {
            base = "abstract class";
        }
        return sealed + base;
    }

    private static String above(Class<?> type) {
        Stream<Type> parent = Stream.ofNullable(type.getGenericSuperclass());
        return Stream.concat(parent, Arrays.stream(type.getGenericInterfaces()))
                .map(CompatibilityTest::text)
                .filter(name -> !name.equals("java.lang.Object"))
                .collect(Collectors.joining(", ", " <: ", ""));
    }

    private static boolean counts(Member member) {
        int modifiers = member.getModifiers();
        return (Modifier.isPublic(modifiers) || Modifier.isProtected(modifiers))
                && !member.isSynthetic();
    }

    private static String member(Class<?> type, Member member, String signature) {
        int kept =
                member.getModifiers() & (Modifier.STATIC | Modifier.ABSTRACT | Modifier.PROTECTED);
        String modifiers = Modifier.toString(kept);
        return type.getName() + " " + (modifiers.isEmpty() ? "" : modifiers + " ") + signature;
    }

    private static String parameters(Executable call) {
        return Arrays.stream(call.getGenericParameterTypes())
                .map(CompatibilityTest::text)
                .collect(Collectors.joining(", ", "(", ")"));
    }

    private static String text(Type type) {
        return type.getTypeName();
    }
}
