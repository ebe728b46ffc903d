package org.jsocat.plugin.readline;

import org.jline.terminal.Attributes;
import org.jline.terminal.Size;
import org.jline.terminal.Sized;
import org.jline.terminal.impl.AbstractPty;
import org.jline.terminal.impl.LinuxTermiosMapping;
import org.jline.terminal.impl.TermiosData;
import org.jline.terminal.spi.SystemStream;
import org.jsocat.spi.posix.Linux;
import org.jsocat.spi.posix.PosixException;
import org.jsocat.spi.posix.Termios;
import org.jsocat.spi.posix.Termios.Word;
import org.jsocat.spi.posix.WindowSize;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** What JLine needs of a terminal, by the system calls of the SPI. */
final class DescriptorPty extends AbstractPty {
    private static final Size USUAL = Size.of(80, 24);

    private final int input;
    private final int output;
    private final EditorSettings settings;

    DescriptorPty(int input, int output, EditorSettings settings) {
        super(null, SystemStream.Output);
        this.input = input;
        this.output = output;
        this.settings = settings;
    }

    @Override
    public InputStream getSlaveInput() {
        return doGetSlaveInput();
    }

    @Override
    protected InputStream doGetSlaveInput() {
        return new KeyInput(input);
    }

    @Override
    public OutputStream getSlaveOutput() {
        return new OutputStream() {
            @Override
            public void write(int single) throws IOException {
                write(new byte[] {(byte) single}, 0, 1);
            }

            @Override
            public void write(byte[] bytes, int offset, int count) throws IOException {
                PromptingOutput.writeAll(output, bytes, offset, count);
            }
        };
    }

    @Override
    public InputStream getMasterInput() {
        throw new UnsupportedOperationException(
                "the program behind a terminal has its slave side only");
    }

    @Override
    public OutputStream getMasterOutput() {
        throw new UnsupportedOperationException(
                "the program behind a terminal has its slave side only");
    }

    @Override
    public Attributes getAttr() throws IOException {
        return LinuxTermiosMapping.INSTANCE.toAttributes(data(termios()));
    }

    @Override
    protected void doSetAttr(Attributes attributes) throws IOException {
        Termios termios = termios();
        TermiosData data = LinuxTermiosMapping.INSTANCE.toTermios(attributes, data(termios));
        termios.set(Word.INPUT, -1, (int) data.iflag());
        termios.set(Word.OUTPUT, -1, (int) data.oflag());
        termios.set(Word.LOCAL, -1, (int) data.lflag());
        byte[] characters = data.cc();
        for (int i = 0; i <= Linux.VEOL2; i++) {
            termios.controlCharacter(i, characters[i] & 0xff);
        }
        int result = settings.apply(termios, input);
        if (result < 0) {
            throw failure(new PosixException(-result, "tcsetattr(" + input + ", TCSADRAIN, ...)"));
        }
    }

    private Termios termios() throws IOException {
        try {
            return Termios.of(input);
        } catch (PosixException failure) {
            throw failure(failure);
        }
    }

    private static TermiosData data(Termios termios) {
        TermiosData data = new TermiosData();
        data.iflag(termios.flags(Word.INPUT));
        data.oflag(termios.flags(Word.OUTPUT));
        data.cflag(Integer.toUnsignedLong(termios.flags(Word.CONTROL)));
        data.lflag(termios.flags(Word.LOCAL));
        for (int i = 0; i <= Linux.VEOL2; i++) {
            data.cc()[i] = (byte) termios.controlCharacter(i);
        }
        return data;
    }

    @Override
    public Size getSize() throws IOException {
        try {
            WindowSize size = WindowSize.of(input);
            return size.columns() == 0 || size.rows() == 0
                    ? USUAL
                    : Size.of(size.columns(), size.rows());
        } catch (PosixException failure) {
            throw failure(failure);
        }
    }

    @Override
    public void setSize(Sized size) {
        throw new UnsupportedOperationException("the user sets the size of the window");
    }

    private static IOException failure(PosixException failure) {
        return new IOException(failure.getMessage(), failure);
    }

    @Override
    public void close() {
        // The descriptors were inherited.
    }
}
