package org.jsocat.spi.posix;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.function.IntConsumer;

/**
 * Signals as events: each one that comes is written to a pipe and handed to an action on a thread
 * of its own.
 *
 * <p>The JDK passes on only a few signals and keeps SIGQUIT and the fault signals for itself, and a
 * signal may arrive on any thread at any time, where no Java code can run. So the handler is a few
 * machine instructions that write the number of the signal to the pipe (the self-pipe trick). A
 * fault signal that the kernel raised for the JVM itself goes on to the JVM's handler; only one
 * that another process sent is written.
 *
 * @since 1.0
 */
public final class SignalPipe {
    private static final Symbol SIGACTION = new Symbol("sigaction");
    private static final int STUB_BYTES = 64;
    private static final int SIGILL = 4;
    private static final int SIGBUS = 7;
    private static final int SIGFPE = 8;
    private static final int SIGSEGV = 11;

    // struct sigaction of glibc on 64-bit Linux: handler, mask of 128 bytes, flags, restorer
    private static final int SIGACTION_BYTES = 152;
    private static final int FLAGS_OFFSET = 136;
    private static final int SA_SIGINFO = 0x4;
    private static final int SA_ONSTACK = 0x08000000;
    private static final int SA_RESTART = 0x10000000;

    private final Pipe pipe;
    private final IntConsumer action;

    private SignalPipe(Pipe pipe, IntConsumer action) {
        this.pipe = pipe;
        this.action = action;
    }

    /**
     * Takes the signals over for the rest of the program's life.
     *
     * @param signals their numbers, at most 64
     * @param action told each one that comes, in order, on a daemon thread that does nothing else
     * @throws PosixException when the handler cannot be installed
     */
    public static void install(int[] signals, IntConsumer action) {
        SignalPipe signalPipe = new SignalPipe(Pipe.open(0), action);
        // A handler that waited for room would hold up the thread that it runs on, which may be the
        // one that makes room. A signal that does not fit is one of thousands not yet seen.
        Libc.fcntl(signalPipe.pipe.writer().number(), Linux.F_SETFL, Linux.O_NONBLOCK);
        CallState state = CallState.current();
        byte[] stubs = new byte[signals.length * STUB_BYTES];
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment memory = arena.allocate(SIGACTION_BYTES, 8);
            ByteBuffer before = memory.asByteBuffer().order(ByteOrder.nativeOrder());
            for (int i = 0; i < signals.length; i++) {
                PosixException.check(
                        SIGACTION.callInt(state, signals[i], 0, memory.address()), "sigaction()");
                byte[] stub =
                        stub(signals[i], signalPipe.pipe.writer().number(), before.getLong(0));
                System.arraycopy(stub, 0, stubs, i * STUB_BYTES, stub.length);
            }
            long code = MachineCode.load(stubs).address();
            for (int i = 0; i < signals.length; i++) {
                SIGACTION.callInt(state, signals[i], 0, memory.address());
                before.putLong(0, code + (long) i * STUB_BYTES);
                before.putInt(FLAGS_OFFSET, SA_SIGINFO | SA_ONSTACK | SA_RESTART);
                int signal = signals[i];
                PosixException.check(
                        SIGACTION.callInt(state, signal, memory.address(), 0),
                        () -> "sigaction(" + signal + ")");
            }
        }
        Thread.ofPlatform().daemon().name("signals").start(signalPipe::pass);
    }

    private void pass() {
        byte[] number = new byte[Integer.BYTES];
        while (true) {
            long count = Libc.read(pipe.reader().number(), number, 0, number.length);
            if (count == number.length) {
                action.accept(ByteBuffer.wrap(number).order(ByteOrder.nativeOrder()).getInt());
            } else if (count != -Errno.EINTR) {
                return;
            }
        }
    }

    /** The handler: {@code void handler(int signal, siginfo_t *info, void *context)}. */
    private static byte[] stub(int signal, int fd, long previous) {
        ByteBuffer code = ByteBuffer.allocate(STUB_BYTES).order(ByteOrder.LITTLE_ENDIAN);
        boolean fault =
                signal == SIGILL || signal == SIGBUS || signal == SIGFPE || signal == SIGSEGV;
        if (Platform.AARCH64) {
            aarch64(code, fault, fd, previous);
        } else {
            x86(code, fault, fd, previous);
        }
        byte[] bytes = new byte[code.position()];
        code.flip().get(bytes);
        return bytes;
    }

    private static void x86(ByteBuffer code, boolean fault, int fd, long previous) {
        if (fault) {
            code.putInt(
                    0x00087e83); // cmp dword [rsi+8], 0      info->si_code: positive if raised by
            // the kernel
            code.putShort((short) 0x177f); // jg previous
        }
        code.put((byte) 0x57); // push rdi
        code.put((byte) 0xbf).putInt(fd); // mov edi, fd
        code.putShort((short) 0x8948).put((byte) 0xe6); // mov rsi, rsp
        code.put((byte) 0xba).putInt(Integer.BYTES); // mov edx, 4
        code.put((byte) 0xb8).putInt(1); // mov eax, SYS_write
        code.putShort((short) 0x050f); // syscall
        code.put((byte) 0x5f); // pop rdi
        code.put((byte) 0xc3); // ret
        code.putShort((short) 0xb848).putLong(previous); // previous: mov rax, handler
        code.putShort((short) 0xe0ff); // jmp rax
    }

    private static void aarch64(ByteBuffer code, boolean fault, int fd, long previous) {
        if (fault) {
            code.putInt(0xb9400829); // ldr w9, [x1, #8]
            code.putInt(0x7100013f); // cmp w9, #0
            code.putInt(0x5400014c); // b.gt previous
        }
        code.putInt(0xd10043ff); // sub sp, sp, #16
        code.putInt(0xb90003e0); // str w0, [sp]
        code.putInt(0x52800000 | (fd & 0xffff) << 5); // mov w0, #fd
        code.putInt(0x910003e1); // mov x1, sp
        code.putInt(0xd2800082); // mov x2, #4
        code.putInt(0xd2800808); // mov x8, #SYS_write
        code.putInt(0xd4000001); // svc #0
        code.putInt(0x910043ff); // add sp, sp, #16
        code.putInt(0xd65f03c0); // ret
        code.putInt(0x58000049); // previous: ldr x9, handler
        code.putInt(0xd61f0120); // br x9
        code.putLong(previous);
    }
}
