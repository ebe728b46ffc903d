package org.jsocat.plugin.readline;

import org.jline.terminal.Terminal;
import org.jline.terminal.impl.PosixSysTerminal;
import org.jline.utils.InfoCmp;

import java.io.IOException;
import java.util.Optional;

/**
 * A terminal for JLine over two descriptors, which starts no program, registers no signal handler
 * and asks the terminal nothing.
 */
final class DescriptorTerminal extends PosixSysTerminal {
    private DescriptorTerminal(String type, DescriptorPty pty) throws IOException {
        super("socat", type, pty, LineSource.charset(), false, Terminal.SignalHandler.SIG_DFL);
    }

    /**
     * The terminal that is read and written through these descriptors, of the type that TERM names.
     */
    static DescriptorTerminal on(int input, int output, EditorSettings settings)
            throws IOException {
        String type = System.getenv("TERM");
        return new DescriptorTerminal(
                type == null || type.isEmpty() ? TYPE_DUMB : type,
                new DescriptorPty(input, output, settings));
    }

    /**
     * JLine would run infocmp(1) for a type that it does not know; this takes the nearest one that
     * it does.
     */
    @Override
    protected void parseInfoCmp() {
        String capabilities = capabilities(type).orElseGet(() -> InfoCmp.getDefaultInfoCmp("ansi"));
        InfoCmp.parseInfoCmp(capabilities, bools, ints, strings);
    }

    private static Optional<String> capabilities(String type) {
        String nearest = type.startsWith("tmux") ? "screen" + type.substring(4) : type;
        String known = InfoCmp.getDefaultInfoCmp(nearest);
        while (known == null && nearest.contains("-")) {
            nearest = nearest.substring(0, nearest.lastIndexOf('-'));
            known = InfoCmp.getDefaultInfoCmp(nearest);
        }
        return Optional.ofNullable(known);
    }

    @Override
    public boolean supportsGraphemeClusterMode() {
        return false;
    }
}
