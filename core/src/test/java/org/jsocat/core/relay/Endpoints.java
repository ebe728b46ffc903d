package org.jsocat.core.relay;

import org.jsocat.core.open.OpeningFixture;
import org.jsocat.spi.DescriptorEndpoint;
import org.jsocat.spi.Direction;
import org.jsocat.spi.Endpoint;
import org.jsocat.spi.posix.Fd;
import org.jsocat.spi.posix.Pipe;

/** Endpoints over descriptors, as addresses without options make them. */
final class Endpoints {
    private Endpoints() {}

    /** Over a socket. */
    static Endpoint socket(Fd fd) {
        return over(fd, Direction.BOTH).socket().build();
    }

    /** Over a socket that keeps packets, of which an empty one is no end. */
    static Endpoint packets(Fd fd) {
        return over(fd, Direction.BOTH).socket().packets(false).build();
    }

    /** Over anything else. */
    static Endpoint file(Fd fd, Direction direction) {
        return over(fd, direction).build();
    }

    /** Over descriptors as they are inherited: blocking, and not to be closed. */
    static Endpoint kept(Fd input, Fd output) {
        return DescriptorEndpoint.over(
                        OpeningFixture.context(Direction.BOTH, new RecordingLog()), input, output)
                .end(DescriptorEndpoint.End.NONE)
                .shutdown(DescriptorEndpoint.Shutdown.NONE)
                .build();
    }

    /** Both ends of a pipe. */
    static Endpoint pair(Pipe pipe) {
        return DescriptorEndpoint.over(
                        OpeningFixture.context(Direction.BOTH, new RecordingLog()),
                        pipe.reader(),
                        pipe.writer())
                .build();
    }

    private static DescriptorEndpoint.Builder over(Fd fd, Direction direction) {
        return DescriptorEndpoint.over(OpeningFixture.context(direction, new RecordingLog()), fd);
    }
}
