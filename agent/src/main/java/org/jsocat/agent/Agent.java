package org.jsocat.agent;

import java.io.IOException;
import java.lang.instrument.Instrumentation;
import java.lang.instrument.UnmodifiableClassException;
import java.lang.invoke.MethodHandles;
import java.lang.reflect.InvocationTargetException;
import java.net.Socket;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Sends the connections that a program makes through chains: {@code
 * -javaagent:jsocat-agent.jar=RULES}, where RULES is the name of a file of {@link Rules}, or rules
 * themselves, separated by semicolons.
 *
 * <p>The program sees nothing of jsocat's classes and libraries: they are loaded from the folder
 * {@code lib} beside the agent by a loader of their own.
 */
public final class Agent {
    private Agent() {}

    /**
     * Called by the JVM before the program begins. A rule that is wrong ends the JVM, with a line
     * that names it: connections that were to be led elsewhere must not go out as they are.
     */
    public static void premain(String arguments, Instrumentation jvm) {
        try {
            lead(arguments == null ? "" : arguments, jvm);
        } catch (IOException
                | ReflectiveOperationException
                | URISyntaxException
                | UnmodifiableClassException
                | RuntimeException failure) {
            Throwable cause =
                    failure instanceof InvocationTargetException wrapped
                            ? wrapped.getCause()
                            : failure;
            System.err.println("jsocat agent: " + cause.getMessage());
            Runtime.getRuntime().halt(1);
        }
    }

    private static void lead(String arguments, Instrumentation jvm)
            throws IOException,
                    ReflectiveOperationException,
                    URISyntaxException,
                    UnmodifiableClassException {
        Path self =
                Path.of(Agent.class.getProtectionDomain().getCodeSource().getLocation().toURI());
        List<URL> jars = new ArrayList<>(List.of(self.toUri().toURL()));
        try (Stream<Path> files = Files.list(self.resolveSibling("lib"))) {
            for (Path jar : files.filter(file -> file.toString().endsWith(".jar")).toList()) {
                jars.add(jar.toUri().toURL());
            }
        }
        // Never closed: the program connects as long as it runs.
        ClassLoader loader =
                new URLClassLoader(
                        "jsocat-agent",
                        jars.toArray(URL[]::new),
                        ClassLoader.getPlatformClassLoader());
        Object chains =
                loader.loadClass("org.jsocat.agent.Chains")
                        .getConstructor(List.class)
                        .newInstance(rules(arguments));
        redirection(jvm).getField(Redirection.WAY).set(null, chains);
        jvm.addTransformer(new ConnectCalls(), true);
        for (String name : ConnectCalls.METHODS.keySet()) {
            jvm.retransformClasses(Class.forName(name.replace('/', '.'), false, null));
        }
    }

    private static List<String> rules(String arguments) throws IOException {
        Path file = Path.of(arguments);
        if (Files.isRegularFile(file)) {
            return Files.readAllLines(file);
        }
        if (arguments.indexOf('=') < 0) {
            throw new IllegalArgumentException(
                    "\"" + arguments + "\" is neither a file of rules nor a rule");
        }
        return List.of(arguments.split(";"));
    }

    /** Puts the class that the JDK's own are to call among them. */
    private static Class<?> redirection(Instrumentation jvm) throws IllegalAccessException {
        jvm.redefineModule(
                Object.class.getModule(),
                Set.of(),
                Map.of(),
                Map.of("java.net", Set.of(Agent.class.getModule())),
                Set.of(),
                Map.of());
        return MethodHandles.privateLookupIn(Socket.class, MethodHandles.lookup())
                .defineClass(Redirection.bytes());
    }
}
