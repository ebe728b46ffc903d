package org.jsocat.plugin.readline;

import org.jline.keymap.KeyMap;
import org.jline.reader.Binding;
import org.jline.reader.EndOfFileException;
import org.jline.reader.LineReader;
import org.jline.reader.LineReaderBuilder;
import org.jline.reader.Reference;
import org.jline.reader.UserInterruptException;
import org.jline.reader.impl.DefaultParser;
import org.jline.reader.impl.history.DefaultHistory;
import org.jline.terminal.Attributes;
import org.jline.terminal.Attributes.LocalFlag;
import org.jsocat.spi.posix.Libc;
import org.jsocat.spi.posix.Linux;

import java.io.IOError;
import java.io.IOException;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;

/** JLine's editor on a terminal. Used by one thread. */
final class LineEditor implements AutoCloseable {
    private static final String SUSPEND = "suspend";

    private final DescriptorTerminal terminal;
    private final LineReader reader;
    private final History history;

    private LineEditor(DescriptorTerminal terminal, LineReader reader, History history) {
        this.terminal = terminal;
        this.reader = reader;
        this.history = history;
    }

    /**
     * An editor on a terminal that is read and written through these descriptors, which stay the
     * caller's.
     */
    static LineEditor on(int input, int output, History history, EditorSettings settings)
            throws IOException {
        DescriptorTerminal terminal = DescriptorTerminal.on(input, output, settings);
        LineReader reader =
                LineReaderBuilder.builder()
                        .terminal(terminal)
                        .appName("socat")
                        .history(new DefaultHistory())
                        .completer(new FileCompletion())
                        .parser(
                                new DefaultParser()
                                        .quoteChars(new char[0])
                                        .escapeChars(new char[0]))
                        .option(LineReader.Option.BRACKETED_PASTE, false)
                        .option(LineReader.Option.DISABLE_EVENT_EXPANSION, true)
                        .option(LineReader.Option.HISTORY_IGNORE_DUPS, false)
                        .option(LineReader.Option.HISTORY_IGNORE_SPACE, false)
                        .option(LineReader.Option.HISTORY_REDUCE_BLANKS, false)
                        .option(LineReader.Option.INSERT_TAB, true)
                        .variable(LineReader.BELL_STYLE, "none")
                        .build();
        bindArrows(reader);
        bindSuspension(terminal, reader);
        for (String line : history.lines()) {
            reader.getHistory().add(line);
        }
        return new LineEditor(terminal, reader, history);
    }

    /**
     * JLine binds the keys that a terminal sends in application mode, which it sets while a line is
     * edited. The first key of a line is typed before that.
     */
    private static void bindArrows(LineReader reader) {
        Map<String, String> keys =
                Map.of(
                        "A", LineReader.UP_LINE_OR_HISTORY,
                        "B", LineReader.DOWN_LINE_OR_HISTORY,
                        "C", LineReader.FORWARD_CHAR,
                        "D", LineReader.BACKWARD_CHAR,
                        "F", LineReader.END_OF_LINE,
                        "H", LineReader.BEGINNING_OF_LINE);
        KeyMap<Binding> map = reader.getKeyMaps().get(LineReader.MAIN);
        keys.forEach(
                (key, widget) -> map.bind(new Reference(widget), "\033[" + key, "\033O" + key));
    }

    /**
     * While a line is edited the terminal passes its keys on, also the one that stops programs:
     * this stops the program and its fellows, the terminal as programs expect it meanwhile.
     */
    private static void bindSuspension(DescriptorTerminal terminal, LineReader reader) {
        reader.getWidgets()
                .put(
                        SUSPEND,
                        () -> {
                            Attributes editing = terminal.getAttributes();
                            Attributes usual = new Attributes(editing);
                            usual.setLocalFlags(
                                    EnumSet.of(LocalFlag.ICANON, LocalFlag.ECHO, LocalFlag.ISIG),
                                    true);
                            terminal.setAttributes(usual);
                            Libc.kill(0, Linux.SIGTSTP);
                            terminal.setAttributes(editing);
                            reader.callWidget(LineReader.REDRAW_LINE);
                            return true;
                        });
        reader.getKeyMaps().get(LineReader.MAIN).bind(new Reference(SUSPEND), KeyMap.ctrl('Z'));
    }

    /**
     * Has the user edit a line. The key that interrupts is a signal to this program, which ends it
     * or is passed on; where it goes on, so does the line.
     *
     * @return the line without its end, or empty at the end of input
     */
    Optional<String> edit(String prompt) throws IOException {
        String begun = null;
        while (true) {
            try {
                // JLine expands % in prompts.
                String line =
                        reader.readLine(prompt.replace("%", "%%"), null, (Character) null, begun);
                history.add(line);
                return Optional.of(line);
            } catch (EndOfFileException end) {
                return Optional.empty();
            } catch (UserInterruptException interrupted) {
                if (Thread.currentThread().isInterrupted()) {
                    return Optional.empty();
                }
                begun = interrupted.getPartialLine();
                Libc.kill(Libc.getpid(), Linux.SIGINT);
            } catch (IOError failure) {
                throw new IOException(failure.getCause());
            }
        }
    }

    @Override
    public void close() throws IOException {
        terminal.close();
    }
}
