package org.jsocat.plugin.file;

import org.jsocat.plugin.socket.SocketOptions;
import org.jsocat.spi.Endpoint;
import org.jsocat.spi.FdOptions;
import org.jsocat.spi.NamedOptions;
import org.jsocat.spi.OpenOptions;
import org.jsocat.spi.OptionGroup;
import org.jsocat.testkit.Opening;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Opens addresses of this plugin and moves text through them. */
final class FileFixture {
    static final List<OptionGroup> GROUPS =
            List.of(
                    new FdOptions(),
                    new NamedOptions(),
                    new OpenOptions(),
                    new RegularFileOptions(),
                    new BlockDeviceOptions(),
                    new FifoOptions(),
                    new SocketOptions());

    private FileFixture() {}

    static Opening opening(String keyword, String... parameters) {
        return Opening.of(new FileAddresses(), keyword, GROUPS, parameters);
    }

    static void write(Endpoint endpoint, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        ByteBuffer buffer = ByteBuffer.allocateDirect(bytes.length).put(bytes).flip();
        endpoint.write(buffer);
        if (buffer.hasRemaining()) {
            throw new AssertionError(buffer.remaining() + " bytes were not taken");
        }
    }

    /** What one read gives; empty at the end. */
    static String read(Endpoint endpoint) {
        ByteBuffer buffer = ByteBuffer.allocateDirect(1 << 16);
        endpoint.read(buffer);
        byte[] bytes = new byte[buffer.flip().remaining()];
        buffer.get(bytes);
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
