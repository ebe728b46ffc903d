package org.jsocat.cli.process;

import org.jsocat.cli.descriptors.Inherited;
import org.jsocat.cli.descriptors.Inspector;
import org.jsocat.spi.posix.Libc;
import org.jsocat.spi.posix.Linux;
import org.jsocat.spi.posix.NativeStrings;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a process is, as procan of socat 1.8 prints it, and as JSON. */
public final class ProcessReport {
    private static final String NONE = "(none)";

    /** Names of the limits as printed, in the order of {@link ProcessFacts.Limit#ROWS}. */
    private static final String[] LIMITS = {
        "cpu time (seconds)      ",
        "file size (blocks)      ",
        "data seg size (kbytes)  ",
        "stack size (blocks)     ",
        "core file size (blocks) ",
        "max resident set size   ",
        "max user processes      ",
        "open files              ",
        "max locked-in-memory\n  address space         ",
        "virtual memory (kbytes) "
    };

    private static final String[] KEYS = {
        "cpuSeconds",
        "fileBytes",
        "dataBytes",
        "stackBytes",
        "coreBytes",
        "residentBytes",
        "processes",
        "openFiles",
        "lockedBytes",
        "addressSpaceBytes"
    };

    private static final int LIMIT_WIDTH = 24;
    private static final int STANDARD = 3;

    private final ProcessFacts facts;
    private final boolean self;
    private final StringBuilder out = new StringBuilder();

    private ProcessReport(ProcessFacts facts, boolean self) {
        this.facts = facts;
        this.self = self;
    }

    /** This process. */
    public static ProcessReport ofThis() {
        return new ProcessReport(ProcessFacts.of("self"), true);
    }

    /** Another process. */
    public static ProcessReport of(int pid) {
        return new ProcessReport(ProcessFacts.of(Integer.toString(pid)), false);
    }

    /** The text. */
    public String text() {
        line("process id = ", facts.pid());
        line("process parent id = ", facts.parent());
        out.append("controlling terminal by ctermid():           \"/dev/tty\"\n");
        String tty = openTerminal().map(name -> "\"" + name + "\"").orElse(NONE);
        out.append("controlling terminal by /dev/tty, ttyname(): ").append(tty).append('\n');
        String device = terminal().map(name -> "\"" + name + "\"").orElse(NONE);
        out.append("controlling terminal by /proc/<pid>/:        ").append(device).append('\n');
        line("process group id = ", facts.group());
        line("process session id = ", facts.session());
        String[] names = {"stdin", "stdout", "stderr"};
        for (int fd = 0; fd < STANDARD; fd++) {
            line("process group id if fg process / " + names[fd] + " = ", foreground(fd));
        }
        line("user id  = ", facts.users().get(0));
        line("effective user id  = ", facts.users().get(1));
        line("saved set-user id  = ", facts.users().get(2));
        line("group id = ", facts.groups().get(0));
        line("effective group id = ", facts.groups().get(1));
        line("saved set-group id = ", facts.groups().get(2));
        String mask = Integer.toOctalString(facts.umask());
        out.append("\numask = 0").repeat('0', Math.max(0, 3 - mask.length())).append(mask);
        out.append("\n\n/* Resource limits */\n");
        out.append("resource                                 current                 maximum\n");
        for (int i = 0; i < LIMITS.length; i++) {
            out.append(LIMITS[i]);
            limit(facts.limits().get(i).current());
            limit(facts.limits().get(i).maximum());
            out.append('\n');
        }
        out.append('\n').append(Constants.ofProcesses());
        namespace("net").ifPresent(net -> out.append("Network namespace: ").append(net));
        return out.toString();
    }

    /** The same as a map, ready for JSON. Limits that are none are left out. */
    public Map<String, Object> object() {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("pid", facts.pid());
        object.put("parent", facts.parent());
        object.put("group", facts.group());
        object.put("session", facts.session());
        terminal().ifPresent(name -> object.put("terminal", name));
        List<Object> groups = new ArrayList<>();
        for (int fd = 0; fd < STANDARD; fd++) {
            groups.add(foreground(fd));
        }
        object.put("foregroundGroups", groups);
        String[] kinds = {"real", "effective", "saved"};
        Map<String, Object> users = new LinkedHashMap<>();
        Map<String, Object> own = new LinkedHashMap<>();
        for (int i = 0; i < kinds.length; i++) {
            users.put(kinds[i], facts.users().get(i));
            own.put(kinds[i], facts.groups().get(i));
        }
        object.put("uid", users);
        object.put("gid", own);
        object.put("umask", "0" + Integer.toOctalString(facts.umask()));
        Map<String, Object> limits = new LinkedHashMap<>();
        for (int i = 0; i < KEYS.length; i++) {
            Map<String, Object> limit = new LinkedHashMap<>();
            if (facts.limits().get(i).current() >= 0) {
                limit.put("current", facts.limits().get(i).current());
            }
            if (facts.limits().get(i).maximum() >= 0) {
                limit.put("maximum", facts.limits().get(i).maximum());
            }
            limits.put(KEYS[i], limit);
        }
        object.put("limits", limits);
        Map<String, Object> namespaces = new LinkedHashMap<>();
        for (String kind : List.of("net", "mnt", "pid", "user", "uts", "ipc", "cgroup", "time")) {
            namespace(kind).ifPresent(name -> namespaces.put(kind, name));
        }
        object.put("namespaces", namespaces);
        return object;
    }

    private void line(String name, long value) {
        out.append(name).append(value).append('\n');
    }

    private void limit(long value) {
        String text = Long.toUnsignedString(value);
        out.repeat(' ', Math.max(0, LIMIT_WIDTH - text.length())).append(text);
    }

    /** The name of the terminal that opening /dev/tty gives: the kernel's name of the file. */
    private Optional<String> openTerminal() {
        if (!self) {
            return terminal();
        }
        int fd = Libc.open("/dev/tty", Linux.O_RDONLY | Linux.O_NOCTTY, 0);
        if (fd < 0) {
            return Optional.empty();
        }
        Optional<String> name = Inspector.terminalName(fd);
        Libc.close(fd);
        return name;
    }

    private Optional<String> terminal() {
        if (facts.majorOfTerminal().isEmpty()) {
            return Optional.empty();
        }
        int major = facts.majorOfTerminal().get();
        int minor = facts.minorOfTerminal();
        return Optional.of(
                Devices.name("/dev", major, minor).orElse("device " + major + ", " + minor));
    }

    /** The foreground group of a standard descriptor if that is the controlling terminal, or -1. */
    private int foreground(int fd) {
        if (self) {
            return Inherited.has(fd) ? Math.max(-1, Libc.tcgetpgrp(fd)) : -1;
        }
        Optional<String> path = link("fd/" + fd);
        return path.isPresent() && path.equals(terminal()) ? facts.foreground() : -1;
    }

    private Optional<String> namespace(String kind) {
        return link("ns/" + kind);
    }

    private Optional<String> link(String name) {
        byte[] target = new byte[4096];
        int length = Libc.readlink("/proc/" + facts.pid() + "/" + name, target);
        return length < 0 ? Optional.empty() : Optional.of(NativeStrings.decode(target, 0, length));
    }
}
