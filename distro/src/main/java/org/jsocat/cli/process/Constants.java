package org.jsocat.cli.process;

import org.jsocat.spi.posix.Linux;
import org.jsocat.spi.posix.Platform;

import java.nio.ByteOrder;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Constants and types of the system's C interface: glibc on 64-bit Linux. Scripts take values for
 * addresses like SOCKET-CONNECT from {@code procan -c}, so the lines look as those of socat 1.8 do.
 */
public final class Constants {
    private static final int NAME_WIDTH = 11;

    /** How a value is written. */
    private enum Form {
        /** Decimal, the name padded. */
        PADDED,
        /** Decimal. */
        DECIMAL,
        /** Hexadecimal of six digits, and octal. */
        FLAG,
        /** Hexadecimal of eight digits, and octal. */
        TERMIOS,
        /** Hexadecimal, the name padded. */
        PADDED_HEXADECIMAL,
        /** Hexadecimal. */
        HEXADECIMAL,
        /** Decimal, the name at the right of 24 columns. */
        RIGHT,
        /** Hexadecimal of two digits, the name in 14 columns. */
        RESOLVER_FLAG,
        /** Decimal, the name in 15 columns. */
        RESOLVER_ERROR
    }

    private record Row(String name, Form form, int value) {}

    private static Row padded(String name, int value) {
        return new Row(name, Form.PADDED, value);
    }

    private static Row decimal(String name, int value) {
        return new Row(name, Form.DECIMAL, value);
    }

    private static Row flag(String name, int value) {
        return new Row(name, Form.FLAG, value);
    }

    private static Row termios(String name, int value) {
        return new Row(name, Form.TERMIOS, value);
    }

    private static Row hexadecimal(String name, int value) {
        return new Row(name, Form.HEXADECIMAL, value);
    }

    private static Row right(String name, int value) {
        return new Row(name, Form.RIGHT, value);
    }

    private static Row resolverFlag(String name, int value) {
        return new Row(name, Form.RESOLVER_FLAG, value);
    }

    private static Row resolverError(String name, int value) {
        return new Row(name, Form.RESOLVER_ERROR, value);
    }

    private Constants() {}

    private static Row[] rows() {
        return new Row[] {
            padded("FD_SETSIZE", 1024),
            padded("NFDBITS", 64),
            padded("O_RDONLY", Linux.O_RDONLY),
            padded("O_WRONLY", Linux.O_WRONLY),
            padded("O_RDWR", Linux.O_RDWR),
            flag("O_CREAT", Linux.O_CREAT),
            flag("O_EXCL", Linux.O_EXCL),
            flag("O_NOCTTY", Linux.O_NOCTTY),
            flag("O_TRUNC", Linux.O_TRUNC),
            flag("O_APPEND", Linux.O_APPEND),
            flag("O_NONBLOCK", Linux.O_NONBLOCK),
            flag("O_NDELAY", Linux.O_NONBLOCK),
            flag("O_SYNC", 04010000),
            flag("O_FSYNC", 04010000),
            // 0 in C programs for 64 bits, whose every file is a large one
            flag("O_LARGEFILE", 0),
            flag("O_DIRECTORY", Platform.O_DIRECTORY),
            flag("O_NOFOLLOW", Platform.O_NOFOLLOW),
            flag("O_CLOEXEC", Linux.O_CLOEXEC),
            flag("O_DIRECT", Platform.O_DIRECT),
            flag("O_NOATIME", 01000000),
            flag("O_PATH", 010000000),
            // the reference prints the value of O_SYNC here
            flag("O_DSYNC", 04010000),
            flag("O_TMPFILE", Platform.O_TMPFILE),
            padded("SHUT_RD", 0),
            padded("SHUT_WR", 1),
            padded("SHUT_RDWR", 2),
            termios("CRDLY", 03000),
            termios("CR0", 0),
            termios("CR1", 01000),
            termios("CR2", 02000),
            termios("CR3", 03000),
            termios("TABDLY", 014000),
            termios("TAB0", 0),
            termios("TAB1", 04000),
            termios("TAB2", 010000),
            termios("TAB3", 014000),
            termios("CSIZE", 060),
            new Row("TIOCEXCL", Form.PADDED_HEXADECIMAL, 0x540c),
            decimal("FOPEN_MAX", 16),
            decimal("PF_UNSPEC", 0),
            decimal("PF_UNIX", 1),
            decimal("PF_INET", 2),
            decimal("PF_INET6", 10),
            decimal("PF_APPLETALK", 5),
            decimal("PF_PACKET", 17),
            decimal("PF_VSOCK", 40),
            decimal("SOCK_STREAM", 1),
            decimal("SOCK_DGRAM", 2),
            decimal("SOCK_RAW", 3),
            decimal("SOCK_SEQPACKET", 5),
            decimal("SOCK_PACKET", 10),
            decimal("IPPROTO_IP", 0),
            decimal("IPPROTO_TCP", 6),
            decimal("IPPROTO_UDP", 17),
            decimal("IPPROTO_DCCP", 33),
            decimal("IPPROTO_SCTP", 132),
            decimal("IPPROTO_UDPLITE", 136),
            decimal("IPPROTO_RAW", 255),
            hexadecimal("SOL_SOCKET", 1),
            hexadecimal("SOL_PACKET", 0x107),
            hexadecimal("SOL_IP", 0),
            hexadecimal("SOL_IPV6", 0x29),
            hexadecimal("SOL_TCP", 6),
            hexadecimal("SOL_DCCP", 0x10d),
            decimal("SO_PROTOCOL", 38),
            decimal("SO_REUSEADDR", 2),
            decimal("TCP_MAXSEG", 2),
            right("RTM_NEWLINK", 16),
            right("RTM_DELLINK", 17),
            right("RTM_GETLINK", 18),
            right("RTM_SETLINK", 19),
            resolverFlag("AI_PASSIVE", 0x01),
            resolverFlag("AI_CANONNAME", 0x02),
            resolverFlag("AI_NUMERICHOST", 0x04),
            resolverFlag("AI_V4MAPPED", 0x08),
            resolverFlag("AI_ALL", 0x10),
            resolverFlag("AI_ADDRCONFIG", 0x20),
            resolverError("EAI_BADFLAGS", -1),
            resolverError("EAI_NONAME", -2),
            resolverError("EAI_AGAIN", -3),
            resolverError("EAI_FAIL", -4),
            resolverError("EAI_FAMILY", -6),
            resolverError("EAI_SOCKTYPE", -7),
            resolverError("EAI_SERVICE", -8),
            resolverError("EAI_MEMORY", -10),
            resolverError("EAI_SYSTEM", -11),
            resolverError("EAI_OVERFLOW", -12),
            resolverError("EAI_NODATA", -5),
            resolverError("EAI_ADDRFAMILY", -9),
            resolverError("EAI_INPROGRESS", -100),
            resolverError("EAI_CANCELED", -101),
            resolverError("EAI_NOTCANCELED", -102),
            resolverError("EAI_ALLDONE", -103),
            resolverError("EAI_INTR", -104),
            resolverError("EAI_IDN_ENCODE", -105),
        };
    }

    /** The lines of {@code procan -c}. */
    public static String text() {
        StringBuilder out = new StringBuilder("__GLIBC__                 = 2\n");
        for (Row row : rows()) {
            out.append("#define ");
            append(out, row);
            out.append('\n');
        }
        return out.toString();
    }

    /** The same as a map from name to value, ready for JSON. */
    public static Map<String, Object> object() {
        Map<String, Object> object = new LinkedHashMap<>();
        for (Row row : rows()) {
            object.put(row.name(), row.value());
        }
        return object;
    }

    private static void append(StringBuilder out, Row row) {
        String name = row.name();
        int value = row.value();
        switch (row.form()) {
            case PADDED -> left(out, name, NAME_WIDTH).append(' ').append(value);
            case DECIMAL -> out.append(name).append(' ').append(value);
            case FLAG -> {
                left(out, name, NAME_WIDTH).append(" 0x");
                digits(out, Integer.toHexString(value), 6).append("  /* 0");
                digits(out, Integer.toOctalString(value), 8).append(" */");
            }
            case TERMIOS -> {
                left(out, name, NAME_WIDTH).append(" 0x");
                digits(out, Integer.toHexString(value), 8).append("  /* 0");
                digits(out, Integer.toOctalString(value), 11).append(" */");
            }
            case PADDED_HEXADECIMAL ->
                    left(out, name, NAME_WIDTH).append(" 0x").append(Integer.toHexString(value));
            case HEXADECIMAL -> out.append(name).append(" 0x").append(Integer.toHexString(value));
            case RIGHT ->
                    out.repeat(' ', 24 - name.length()).append(name).append(' ').append(value);
            case RESOLVER_FLAG -> {
                left(out, name, 14).append(" 0x");
                digits(out, Integer.toHexString(value), 2);
            }
            case RESOLVER_ERROR -> left(out, name, 15).append(' ').append(value);
        }
    }

    private static StringBuilder left(StringBuilder out, String name, int width) {
        return out.append(name).repeat(' ', Math.max(0, width - name.length()));
    }

    private static StringBuilder digits(StringBuilder out, String digits, int count) {
        return out.repeat('0', Math.max(0, count - digits.length())).append(digits);
    }

    /** Lines of constants that stand among what is told about a process. */
    static String ofProcesses() {
        return """
        // CC:                      gcc
        #define __STDC_VERSION__    201710
        SIZE_MAX                  = 18446744073709551615 /* maximum value of size_t */
        P_tmpdir                  = "/tmp"
        L_tmpnam                  = 20
        TMP_MAX                   = 238328
        FD_SETSIZE                = 1024 /* maximum number of FDs for select() */
        PIPE_BUF                  = 4096\040\040\040\040\040\040\040\040\040\040\040\
        \040\040\040\040\040\040\040\040\040
        """;
    }

    /** The sizes of C's types; those that the reference calls its own are the ones it has. */
    static String ofTypes() {
        boolean little = ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN;
        // a plain char is signed on x86-64 and unsigned on aarch64
        String character = Platform.O_DIRECT == 040000 ? "signed char  " : "unsigned char";
        return """

        C TYPE SIZES
        sizeof(char)      = 1
        sizeof(short)     = 2
        sizeof(int)       = 4
        sizeof(long)      = 8
        sizeof(long long) = 8
        sizeof(size_t)    = 8
        """
                + "typedef "
                + character
                + "       char;\n"
                + """
                typedef unsigned long       size_t;     /* sizeof(size_t) = 8 */
                typedef unsigned int        mode_t;     /* sizeof(mode_t) = 4 */
                typedef          int        pid_t;      /* sizeof(pid_t) = 4 */
                typedef unsigned int        uid_t;      /* sizeof(uid_t) = 4 */
                typedef unsigned int        gid_t;      /* sizeof(gid_t) = 4 */
                typedef          long       time_t;     /* sizeof(time_t) = 8 */
                typedef unsigned int        socklen_t;  /* sizeof(socklen_t) = 4 */
                typedef          long       off_t;      /* sizeof(off_t) = 8 */
                typedef          long       off64_t;    /* sizeof(off64_t) = 8 */
                typedef unsigned long       dev_t;      /* sizeof(dev_t) = 8 */
                typedef unsigned long       ino_t;      /* sizeof(ino_t) = 8 */
                typedef unsigned int        tcflag_t;      /* sizeof(tcflag_t) = 4 */
                """
                + (little
                        ? "#define __BYTE_ORDER __LITTLE_ENDIAN\t/* Intel ea.*/\n"
                        : "#define __BYTE_ORDER __BIG_ENDIAN\t/* Motorola ea.*/\n")
                + """
                sizeof(struct timespec)      = 16

                /* Socat types */
                sizeof(struct diag_dgram)      = 520
                ((struct diag_dgram *)0)->op-((struct diag_dgram *)0)     = 0
                ((struct diag_dgram *)0)->now-((struct diag_dgram *)0)     = 8
                ((struct diag_dgram *)0)->exitcode-((struct diag_dgram *)0)     = 32
                ((struct diag_dgram *)0)->text-((struct diag_dgram *)0)     = 36
                """;
    }
}
