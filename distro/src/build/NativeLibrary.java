import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;

/**
 * Writes {@code libjsocat.so}: two native methods of {@code org.jsocat.spi.posix.Native}, for
 * x86-64, of some thirty instructions. They are the whole library, so no C compiler is needed to
 * build the image; a table of machine code and the few structures that the dynamic linker reads
 * are.
 *
 * <p>Source: elf(5); System V ABI, AMD64 supplement.
 */
final class NativeLibrary {
    private static final String CLASS = "Java_org_jsocat_spi_posix_Native_";

    /**
     * {@code jlong call(env, class, function, errno, a, b, c, d, e, f)}: moves the arguments to
     * where the function has them, calls it and stores errno. Behind it, the place of the function
     * that tells where errno is.
     */
    private static final String CALL =
            "55 53 4883ec08" // push rbp; push rbx; sub rsp, 8
                    + "4889cd 4989d3" // mov rbp, rcx; mov r11, rdx
                    + "4c89c7 4c89ce" // mov rdi, r8; mov rsi, r9
                    + "488b542420 488b4c2428" // mov rdx, [rsp+32]; mov rcx, [rsp+40]
                    + "4c8b442430 4c8b4c2438" // mov r8, [rsp+48]; mov r9, [rsp+56]
                    + "31c0 41ffd3 4889c3" // xor eax, eax; call r11; mov rbx, rax
                    + "ff15"; // call [rip+...]

    private static final String CALL_END =
            "8b00 894500 4889d8" // mov eax, [rax]; mov [rbp], eax; mov rax, rbx
                    + "4883c408 5b 5d c3"; // add rsp, 8; pop rbx; pop rbp; ret

    /** {@code jlong resolver(env, class)}: the address of dlsym. */
    private static final String RESOLVER = "488b05"; // mov rax, [rip+...]

    private static final String RESOLVER_END = "c3"; // ret

    private static final String[] NAMES = {
        "", "__errno_location", "dlsym", CLASS + "call", CLASS + "resolver"
    };
    private static final int FIRST_DEFINED = 3;

    // Places in the file; the last part, which is written to, is one page further on in memory.
    private static final int HEADERS = 4;
    private static final int HASH = 64 + HEADERS * 56;
    private static final int SYMBOLS = HASH + 32;
    private static final int SYMBOL_BYTES = 24;
    private static final int RELOCATIONS = SYMBOLS + 5 * SYMBOL_BYTES;
    private static final int RELOCATION_BYTES = 24;
    private static final int STRINGS = RELOCATIONS + 2 * RELOCATION_BYTES;
    private static final int CODE = 0x300;
    private static final int WRITTEN = 0x400;
    private static final int PAGE = 0x1000;
    private static final int SLOTS = WRITTEN;
    private static final int DYNAMIC = WRITTEN + 16;
    private static final int DYNAMIC_ENTRIES = 9;
    private static final int END = DYNAMIC + DYNAMIC_ENTRIES * 16;

    private static final int EXECUTABLE = 5;
    private static final int WRITABLE = 6;

    private final ByteBuffer file = ByteBuffer.allocate(END).order(ByteOrder.LITTLE_ENDIAN);

    private NativeLibrary() {}

    /** Writes the library. */
    static void write(Path path) throws IOException {
        NativeLibrary library = new NativeLibrary();
        int resolver = library.code();
        library.header();
        int[] names = library.strings();
        library.symbols(names, resolver);
        library.dynamic(names[NAMES.length]);
        Files.write(path, library.file.array());
    }

    /** Writes the instructions; returns where the second method begins. */
    private int code() {
        file.position(CODE);
        file.put(bytes(CALL));
        reference(SLOTS);
        file.put(bytes(CALL_END));
        int resolver = file.position();
        file.put(bytes(RESOLVER));
        reference(SLOTS + Long.BYTES);
        file.put(bytes(RESOLVER_END));
        return resolver;
    }

    /** A distance from the next instruction. */
    private void reference(int slot) {
        file.putInt(slot + PAGE - (file.position() + Integer.BYTES));
    }

    private static byte[] bytes(String code) {
        return HexFormat.of().parseHex(code.replace(" ", ""));
    }

    private void header() {
        file.position(0);
        file.put(bytes("7f454c46 02 01 01 00 0000000000000000")); // ELF, 64 bits, little-endian
        file.putShort((short) 3).putShort((short) 62).putInt(1); // shared object, x86-64
        file.putLong(0).putLong(64).putLong(0).putInt(0); // no entry; headers follow; no sections
        file.putShort((short) 64).putShort((short) 56).putShort((short) HEADERS);
        file.putShort((short) 64).putShort((short) 0).putShort((short) 0);
        segment(1, EXECUTABLE, 0, 0, WRITTEN, PAGE); // PT_LOAD
        segment(1, WRITABLE, WRITTEN, WRITTEN + PAGE, END - WRITTEN, PAGE);
        segment(2, WRITABLE, DYNAMIC, DYNAMIC + PAGE, END - DYNAMIC, Long.BYTES); // PT_DYNAMIC
        segment(0x6474e551, WRITABLE, 0, 0, 0, 16); // PT_GNU_STACK: not executable
    }

    private void segment(int type, int flags, int offset, int address, int size, int alignment) {
        file.putInt(type).putInt(flags).putLong(offset).putLong(address).putLong(address);
        file.putLong(size).putLong(size).putLong(alignment);
    }

    /** Writes the names; returns where each begins, and the size of all. */
    private int[] strings() {
        int[] places = new int[NAMES.length + 1];
        file.position(STRINGS);
        for (int i = 0; i < NAMES.length; i++) {
            places[i] = file.position() - STRINGS;
            file.put(NAMES[i].getBytes(StandardCharsets.US_ASCII)).put((byte) 0);
        }
        places[NAMES.length] = file.position() - STRINGS;
        if (file.position() > CODE) {
            throw new IllegalStateException("the names reach into the code");
        }
        return places;
    }

    private void symbols(int[] names, int resolver) {
        file.position(HASH);
        // One bucket, whose chain has the symbols that are defined here.
        file.putInt(1).putInt(NAMES.length).putInt(FIRST_DEFINED);
        file.putInt(0).putInt(0).putInt(0).putInt(FIRST_DEFINED + 1).putInt(0);
        file.position(SYMBOLS + SYMBOL_BYTES);
        for (int i = 1; i < NAMES.length; i++) {
            boolean defined = i >= FIRST_DEFINED;
            file.putInt(names[i]).put((byte) 0x12).put((byte) 0); // a global function
            file.putShort((short) (defined ? 1 : 0));
            file.putLong(i == FIRST_DEFINED ? CODE : defined ? resolver : 0);
            file.putLong(i == FIRST_DEFINED ? resolver - CODE : defined ? Long.BYTES : 0);
        }
        file.position(RELOCATIONS);
        for (int i = 1; i < FIRST_DEFINED; i++) {
            // R_X86_64_GLOB_DAT
            file.putLong(SLOTS + PAGE + (i - 1) * Long.BYTES).putLong((long) i << 32 | 6);
            file.putLong(0);
        }
    }

    private void dynamic(int stringBytes) {
        file.position(DYNAMIC);
        entry(4, HASH);
        entry(5, STRINGS);
        entry(6, SYMBOLS);
        entry(10, stringBytes);
        entry(11, SYMBOL_BYTES);
        entry(7, RELOCATIONS); // DT_RELA
        entry(8, 2 * RELOCATION_BYTES);
        entry(9, RELOCATION_BYTES);
        entry(0, 0);
    }

    private void entry(int tag, int value) {
        file.putLong(tag).putLong(value);
    }
}
