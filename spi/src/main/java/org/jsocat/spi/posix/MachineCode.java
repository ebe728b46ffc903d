package org.jsocat.spi.posix;

import java.lang.foreign.MemorySegment;

/** Instructions that are put into memory of their own, which may be executed and not written. */
final class MachineCode {
    private static final Symbol MMAP = new Symbol("mmap");
    private static final Symbol MPROTECT = new Symbol("mprotect");
    private static final int PROT_READ_WRITE = 3;
    private static final int PROT_READ_EXEC = 5;
    private static final int MAP_PRIVATE_ANONYMOUS = 0x22;

    private MachineCode() {}

    /**
     * Loads instructions for the rest of the program's life.
     *
     * @return the first one's address
     * @throws PosixException where memory that may be executed cannot be had
     */
    static MemorySegment load(byte[] instructions) {
        CallState state = CallState.current();
        long length = Math.max(instructions.length, Platform.pageSize());
        long code =
                PosixException.check(
                        MMAP.callLong(
                                state, 0, length, PROT_READ_WRITE, MAP_PRIVATE_ANONYMOUS, -1, 0),
                        "mmap()");
        MemorySegment memory = MemorySegment.ofAddress(code);
        memory.reinterpret(length).asByteBuffer().put(instructions);
        PosixException.check(MPROTECT.callInt(state, code, length, PROT_READ_EXEC), "mprotect()");
        return memory;
    }
}
