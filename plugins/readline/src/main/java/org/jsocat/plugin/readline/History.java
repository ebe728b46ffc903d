package org.jsocat.plugin.readline;

import org.jsocat.spi.OpenContext;
import org.jsocat.spi.posix.Fd;
import org.jsocat.spi.posix.Libc;
import org.jsocat.spi.posix.Linux;
import org.jsocat.spi.posix.PosixException;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The lines that were entered, and the file that keeps them: one line each, as GNU history has it.
 * Lines that were there are kept byte for byte, whatever the user's locale makes of them. Written
 * when the address has been closed, and when the program ends before that; a new file is the user's
 * alone. Thread-safe.
 */
final class History {
    private static final int BLOCK = 8192;

    private final List<byte[]> lines = new ArrayList<>();

    History(OpenContext context, Optional<String> name) {
        name.ifPresent(
                path -> {
                    if (read(context, path)) {
                        context.afterClosing(() -> write(context, path));
                    }
                });
    }

    /** Returns whether the file may be written again: nothing of it would be lost. */
    private synchronized boolean read(OpenContext context, String path) {
        if (Libc.access(path, Linux.F_OK) < 0) {
            return true;
        }
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        try (Fd file = Fd.open(path, Linux.O_RDONLY, 0)) {
            byte[] block = new byte[BLOCK];
            long count = Libc.read(file.number(), block, 0, BLOCK);
            while (count > 0) {
                content.write(block, 0, (int) count);
                count = Libc.read(file.number(), block, 0, BLOCK);
            }
            PosixException.check(count, "read(" + file + ")");
        } catch (PosixException failure) {
            context.log().warn("cannot read history \"{}\": {}", path, failure.getMessage());
            return false;
        }
        split(content.toByteArray());
        return true;
    }

    private void split(byte[] content) {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (byte b : content) {
            if (b == '\n') {
                lines.add(line.toByteArray());
                line.reset();
            } else {
                line.write(b);
            }
        }
        if (line.size() > 0) {
            lines.add(line.toByteArray());
        }
    }

    private synchronized void write(OpenContext context, String path) {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        for (byte[] line : lines) {
            content.write(line, 0, line.length);
            content.write('\n');
        }
        byte[] bytes = content.toByteArray();
        int flags = Linux.O_WRONLY | Linux.O_CREAT | Linux.O_TRUNC;
        try (Fd file = Fd.open(path, flags, 0600)) {
            for (int done = 0; done < bytes.length; ) {
                long count = Libc.write(file.number(), bytes, done, bytes.length - done);
                PosixException.check(count, "write(" + file + ")");
                done += (int) count;
            }
        } catch (PosixException failure) {
            context.log().warn("cannot write history \"{}\": {}", path, failure.getMessage());
        }
    }

    synchronized void add(String line) {
        lines.add(line.getBytes(LineSource.charset()));
    }

    /** As the user's locale shows them. */
    synchronized List<String> lines() {
        return lines.stream().map(line -> new String(line, LineSource.charset())).toList();
    }
}
