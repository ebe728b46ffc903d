package org.jsocat.spi.posix;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/**
 * A sequence of system calls that a child makes before it executes a program: what posix_spawn(3)
 * does, but any calls in any order, so that the child takes an identity and a root directory of its
 * own and is never a thread of this process with that identity.
 *
 * <p>The child is made by clone(2) with CLONE_VM and CLONE_VFORK, as posix_spawn(3) makes it: it
 * shares the memory, the calling thread waits until the child has executed the program or has
 * ended, and nothing is copied. No Java code can run in it, so a few machine instructions walk
 * through the table of calls.
 *
 * <p>Not thread-safe. To be run with all signals blocked, or a handler of the JVM would run in the
 * child.
 */
final class SystemCalls {
    /** A call's number, five arguments, and whether it may fail. */
    private static final int WORDS = 7;

    private static final int BYTES = WORDS * Long.BYTES;

    // What the instructions report: the call that failed, what it returned, whether in a child.
    private static final int REPORT_BYTES = 24;
    private static final int REPORT_RESULT = 8;
    private static final int REPORT_CHILD = 16;

    private static final String X86 =
            "53 4154" // push rbx; push r12
                    + "4889fb 4989f4" // mov rbx, rdi; mov r12, rsi
                    + "49837c241000 741b" // cmp qword [r12+16], 0; je next
                    + "b838000000 bf11410000" // mov eax, SYS_clone; mov edi, VM|VFORK|SIGCHLD
                    + "31f6 31d2 4531d2 4531c0" // xor esi, esi; edx, edx; r10d, r10d; r8d, r8d
                    + "0f05 4885c0 7548" // syscall; test rax, rax; jne out
                    + "488b03 488b7b08" // next: mov rax, [rbx]; mov rdi, [rbx+8]
                    + "488b7310 488b5318" // mov rsi, [rbx+16]; mov rdx, [rbx+24]
                    + "4c8b5320 4c8b4328" // mov r10, [rbx+32]; mov r8, [rbx+40]
                    + "0f05 4885c0 7924" // syscall; test rax, rax; jns done
                    + "48837b3000 751d" // cmp qword [rbx+48], 0; jne done
                    + "49891c24 4989442408" // mov [r12], rbx; mov [r12+8], rax
                    + "49837c241000 7412" // cmp qword [r12+16], 0; je out
                    + "bf7f000000 b8e7000000 0f05" // exit_group(127)
                    + "4883c338 ebb8" // done: add rbx, 56; jmp next
                    + "415c 5b c3"; // out: pop r12; pop rbx; ret

    private static final String AARCH64 =
            "e90300aa ea0301aa" // mov x9, x0; mov x10, x1
                    + "4b0940f9 2b0100b4" // ldr x11, [x10, #16]; cbz x11, next
                    + "202288d2" // mov x0, #VM|VFORK|SIGCHLD
                    + "010080d2 020080d2 030080d2 040080d2" // mov x1 to x4, #0
                    + "881b80d2 010000d4" // mov x8, #SYS_clone; svc #0
                    + "600200b5" // cbnz x0, out
                    + "280140f9 200540f9" // next: ldr x8, [x9]; ldr x0, [x9, #8]
                    + "210940f9 220d40f9" // ldr x1, [x9, #16]; ldr x2, [x9, #24]
                    + "231140f9 241540f9" // ldr x3, [x9, #32]; ldr x4, [x9, #40]
                    + "010000d4 2001f8b6" // svc #0; tbz x0, #63, done
                    + "2c1940f9 ec0000b5" // ldr x12, [x9, #48]; cbnz x12, done
                    + "490100f9 400500f9" // str x9, [x10]; str x0, [x10, #8]
                    + "cb0000b4" // cbz x11, out
                    + "e00f80d2 c80b80d2 010000d4" // exit_group(127)
                    + "29e10091 efffff17" // done: add x9, x9, #56; b next
                    + "c0035fd6"; // out: ret

    private static Symbol walk;

    private final Arena arena;
    private final List<long[]> calls = new ArrayList<>();
    private final List<String> texts = new ArrayList<>();

    /**
     * No calls yet.
     *
     * @param arena where arguments in memory are kept, until the calls have been made
     */
    SystemCalls(Arena arena) {
        this.arena = arena;
    }

    /** Adds a call that must succeed; the text is for the message where it does not. */
    SystemCalls call(String text, int number, long... arguments) {
        return add(text, false, number, arguments);
    }

    /** Adds a call that may fail. */
    SystemCalls attempt(int number, long... arguments) {
        return add("", true, number, arguments);
    }

    private SystemCalls add(String text, boolean mayFail, int number, long... arguments) {
        long[] words = new long[WORDS];
        words[0] = number;
        System.arraycopy(arguments, 0, words, 1, arguments.length);
        words[WORDS - 1] = mayFail ? 1 : 0;
        calls.add(words);
        texts.add(text);
        return this;
    }

    long string(String text) {
        return NativeStrings.cString(arena, text).address();
    }

    long vector(List<String> texts) {
        return NativeStrings.vector(arena, texts).address();
    }

    long words(long... values) {
        return arena.allocateFrom(JAVA_LONG, values).address();
    }

    long ints(int... values) {
        return arena.allocateFrom(JAVA_INT, values).address();
    }

    /**
     * Has a child make the calls, the last of which executes a program.
     *
     * @return the child's number
     * @throws PosixException where a call failed; the child has ended and been waited for
     */
    int inChild() {
        return run(true);
    }

    /**
     * Has the calling thread make the calls; returns only where the last one does not execute a
     * program.
     *
     * @throws PosixException where a call failed; those before it have taken effect
     */
    void here() {
        run(false);
    }

    private int run(boolean child) {
        MemorySegment table = arena.allocate((long) (calls.size() + 1) * BYTES, Long.BYTES);
        int place = 0;
        for (long[] words : calls) {
            for (long word : words) {
                table.setAtIndex(JAVA_LONG, place++, word);
            }
        }
        table.setAtIndex(JAVA_LONG, place, -1); // no such call: that fails, and so the walk ends
        MemorySegment report = arena.allocate(REPORT_BYTES, Long.BYTES);
        report.set(JAVA_LONG, REPORT_CHILD, child ? 1 : 0);
        CallState state = CallState.current();
        int result = walk().callValue(state, table.address(), report.address(), 0, 0, 0, 0);
        long failed = report.get(JAVA_LONG, 0);
        if (failed == 0) {
            return PosixException.check(result, "clone(CLONE_VM|CLONE_VFORK)");
        }
        int index = (int) ((failed - table.address()) / BYTES);
        if (child) {
            Libc.waitpid(result, 0);
        } else if (index == calls.size()) {
            return 0;
        }
        throw new PosixException((int) -report.get(JAVA_LONG, REPORT_RESULT), texts.get(index));
    }

    private static synchronized Symbol walk() {
        if (walk == null) {
            String code = (Platform.AARCH64 ? AARCH64 : X86).replace(" ", "");
            walk = new Symbol("clone", MachineCode.load(HexFormat.of().parseHex(code)));
        }
        return walk;
    }
}
