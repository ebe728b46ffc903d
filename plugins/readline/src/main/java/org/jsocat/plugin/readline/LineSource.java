package org.jsocat.plugin.readline;

import org.jsocat.spi.posix.Linux;
import org.jsocat.spi.posix.Termios;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The lines that a user edits, each with its newline. Editing begins with the first key of a line,
 * so that output shows up until then. Used by one thread.
 */
final class LineSource extends InputStream {
    /**
     * What stands before a line.
     *
     * @param fixed always this
     * @param dynamic the last unfinished line of output
     * @param noEcho behind which dynamic prompts the line is not shown
     */
    record Prompting(Optional<String> fixed, Optional<Prompt> dynamic, Optional<Pattern> noEcho) {}

    private static final byte[] CARRIAGE_RETURN = {'\r'};

    private final int fd;
    private final int output;
    private final Prompting prompting;
    private final History history;
    private final TerminalLock lock;
    private final EditorSettings settings;
    private final PlainSource source;
    private Optional<LineEditor> editor = Optional.empty();
    private byte[] line = new byte[0];
    private int position;

    LineSource(
            int fd,
            int output,
            Prompting prompting,
            History history,
            TerminalLock lock,
            EditorSettings settings) {
        this.fd = fd;
        this.output = output;
        this.prompting = prompting;
        this.history = history;
        this.lock = lock;
        this.settings = settings;
        source = new PlainSource(fd);
    }

    /** Bytes of the user's locale; where that has ASCII only, each byte stands for itself. */
    static Charset charset() {
        Charset locale = Charset.forName(System.getProperty("native.encoding", "UTF-8"));
        return locale.equals(StandardCharsets.US_ASCII) ? StandardCharsets.ISO_8859_1 : locale;
    }

    @Override
    public int read() throws IOException {
        byte[] single = new byte[1];
        return read(single, 0, 1) < 1 ? -1 : single[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int offset, int count) throws IOException {
        while (position == line.length) {
            source.await(-1);
            lock.acquire();
            try {
                Optional<byte[]> next = isSecret() ? secretLine() : editedLine();
                if (next.isEmpty()) {
                    return -1;
                }
                line = next.get();
                position = 0;
            } finally {
                lock.release();
            }
        }
        int copied = Math.min(count, line.length - position);
        System.arraycopy(line, position, bytes, offset, copied);
        position += copied;
        return copied;
    }

    private boolean isSecret() {
        return prompting.noEcho().isPresent()
                && prompting.dynamic().isPresent()
                && prompting
                        .noEcho()
                        .get()
                        .matcher(new String(prompting.dynamic().get().bytes(), charset()))
                        .find();
    }

    /**
     * A line that is not shown. The terminal's own editing cannot be used: a line that begins
     * before it is switched on would end there.
     */
    private Optional<byte[]> secretLine() throws IOException {
        Termios keys = Termios.of(fd);
        ByteArrayOutputStream secret = new ByteArrayOutputStream();
        int key = source.read();
        while (key >= 0 && key != '\n' && key != '\r' && key != keys.controlCharacter(Linux.VEOF)) {
            if (key == keys.controlCharacter(Linux.VKILL)) {
                secret.reset();
            } else if (key == keys.controlCharacter(Linux.VERASE)) {
                byte[] left = secret.toByteArray();
                secret.reset();
                secret.write(left, 0, Math.max(0, left.length - 1));
            } else {
                secret.write(key);
            }
            key = source.read();
        }
        prompting.dynamic().ifPresent(Prompt::take);
        if (key == '\n' || key == '\r') {
            secret.write('\n');
        }
        return secret.size() == 0 ? Optional.empty() : Optional.of(secret.toByteArray());
    }

    private Optional<byte[]> editedLine() throws IOException {
        if (editor.isEmpty()) {
            editor = Optional.of(LineEditor.on(fd, output, history, settings));
        }
        String prompt =
                prompting
                        .fixed()
                        .or(
                                () ->
                                        prompting
                                                .dynamic()
                                                .map(
                                                        dynamic ->
                                                                new String(
                                                                        dynamic.take(), charset())))
                        .orElse("");
        if (prompting.fixed().isPresent() || prompting.dynamic().isPresent()) {
            // The prompt is on the screen already; the editor writes it once more over itself.
            PromptingOutput.writeAll(output, CARRIAGE_RETURN, 0, 1);
        }
        return editor.get().edit(prompt).map(text -> (text + "\n").getBytes(charset()));
    }

    @Override
    public void close() throws IOException {
        if (editor.isPresent()) {
            editor.get().close();
        }
    }
}
