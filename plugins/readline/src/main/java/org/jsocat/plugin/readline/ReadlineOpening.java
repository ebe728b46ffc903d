package org.jsocat.plugin.readline;

import org.jsocat.spi.AddressException;
import org.jsocat.spi.BlockingStreams;
import org.jsocat.spi.Direction;
import org.jsocat.spi.Endpoint;
import org.jsocat.spi.OpenContext;
import org.jsocat.spi.OptionTarget;
import org.jsocat.spi.Phase;
import org.jsocat.spi.TerminalState;
import org.jsocat.spi.posix.Fd;
import org.jsocat.spi.posix.Libc;
import org.jsocat.spi.posix.Linux;
import org.jsocat.spi.posix.PosixException;
import org.jsocat.spi.posix.Termios;
import org.jsocat.spi.posix.Termios.Word;

import java.io.InputStream;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** Opens READLINE. */
final class ReadlineOpening {
    private static final int STDIN = 0;
    private static final int STDOUT = 1;

    private ReadlineOpening() {}

    static Endpoint open(OpenContext context) {
        context.log().info(notice(context.direction()));
        Fd stdin = new Fd(STDIN);
        boolean terminal = Libc.isatty(STDIN) == 1;
        TerminalState.keep(context, stdin);
        EditorSettings settings = new EditorSettings();
        context.afterClosing(settings::giveBack); // before that state is restored
        applyOptions(context, OptionTarget.of(stdin));

        Optional<Prompt> dynamic = Optional.empty();
        Optional<String> fixed = context.option(ReadlineOptions.PROMPT);
        if (!context.flag(ReadlineOptions.NOPROMPT) && fixed.isEmpty()) {
            dynamic = Optional.of(new Prompt());
        }
        Optional<Pattern> noEcho =
                context.option(ReadlineOptions.NOECHO).map(ReadlineOpening::pattern);
        History history = new History(context, context.option(ReadlineOptions.HISTORY));
        TerminalLock lock = new TerminalLock();
        InputStream input;
        int output = STDOUT;
        if (terminal) {
            stopEchoing();
            output = isWritable(STDIN) ? STDIN : STDOUT;
            LineSource.Prompting prompting = new LineSource.Prompting(fixed, dynamic, noEcho);
            input = new LineSource(STDIN, output, prompting, history, lock, settings);
        } else {
            context.log().warn("standard input is not a terminal; lines are read without editing");
            input = new PlainSource(STDIN);
        }
        return BlockingStreams.over(context, input, new PromptingOutput(output, dynamic, lock));
    }

    private static String notice(Direction direction) {
        return switch (direction) {
            case READ -> "using readline on stdin for reading";
            case WRITE -> "using stdio for writing";
            case BOTH -> "using readline on stdin for reading and stdio for writing";
        };
    }

    private static void applyOptions(OpenContext context, OptionTarget target) {
        for (Phase phase : new Phase[] {Phase.EARLY, Phase.PREOPEN, Phase.OPEN, Phase.PASTOPEN}) {
            context.apply(phase, OptionTarget.NONE);
        }
        for (Phase phase : new Phase[] {Phase.FD, Phase.LATE, Phase.LATE2, Phase.PASTEXEC}) {
            context.apply(phase, target);
        }
    }

    private static Pattern pattern(String text) {
        try {
            return Pattern.compile(text);
        } catch (PatternSyntaxException wrong) {
            throw AddressException.usage(
                    "regcomp(\"" + text + "\", REG_EXTENDED|REG_NOSUB): " + wrong.getDescription());
        }
    }

    /**
     * Between two lines the terminal passes on single characters, unseen; the editor shows them
     * when its turn comes.
     */
    private static void stopEchoing() {
        Termios termios = Termios.of(STDIN);
        termios.set(Word.LOCAL, Linux.ICANON | Linux.ECHO, 0);
        PosixException.check(
                termios.apply(STDIN, Linux.TCSADRAIN), () -> "tcsetattr(0, TCSADRAIN, ...)");
    }

    private static boolean isWritable(int fd) {
        int flags = Libc.fcntl(fd, Linux.F_GETFL, 0);
        return flags >= 0 && (flags & Linux.O_ACCMODE) != Linux.O_RDONLY;
    }
}
