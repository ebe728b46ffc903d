package org.jsocat.cli;

import org.jsocat.core.relay.Tap;
import org.slf4j.Logger;

import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.function.Supplier;

/** Makes the taps that a command line asks for. */
final class Taps {
    private Taps() {}

    /** What makes a tap for each relay; empty where none is asked for. */
    static Optional<Supplier<Tap>> of(Invocation invocation, Logger log) {
        boolean shown = invocation.dumpText() || invocation.dumpHex();
        boolean raw = invocation.rawLeft().isPresent() || invocation.rawRight().isPresent();
        Supplier<Tap> dump = () -> new DataDump(invocation.dumpText(), invocation.dumpHex());
        Supplier<Tap> files =
                () ->
                        RawDump.open(
                                invocation.rawLeft(),
                                invocation.rawRight(),
                                invocation.settings().programName(),
                                log);
        if (shown && raw) {
            return Optional.of(() -> new Both(files.get(), dump.get()));
        }
        return shown ? Optional.of(dump) : raw ? Optional.of(files) : Optional.empty();
    }

    private record Both(Tap first, Tap second) implements Tap {
        @Override
        public void block(boolean leftToRight, ByteBuffer block) {
            first.block(leftToRight, block);
            second.block(leftToRight, block);
        }

        @Override
        public void close() {
            first.close();
            second.close();
        }
    }
}
