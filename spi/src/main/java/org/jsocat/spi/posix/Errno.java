package org.jsocat.spi.posix;

import java.lang.foreign.MemorySegment;

/**
 * Error numbers of Linux (the same on x86-64 and aarch64), their names and their texts.
 *
 * <p>Thread-safe. Source: errno(3), strerror(3).
 *
 * @since 0.1
 */
public final class Errno {

    public static final int EPERM = 1;
    public static final int ENOENT = 2;
    public static final int ESRCH = 3;
    public static final int EINTR = 4;
    public static final int EIO = 5;
    public static final int ENXIO = 6;
    public static final int E2BIG = 7;
    public static final int ENOEXEC = 8;
    public static final int EBADF = 9;
    public static final int ECHILD = 10;
    public static final int EWOULDBLOCK = 11;
    public static final int EAGAIN = 11;
    public static final int ENOMEM = 12;
    public static final int EACCES = 13;
    public static final int EFAULT = 14;
    public static final int ENOTBLK = 15;
    public static final int EBUSY = 16;
    public static final int EEXIST = 17;
    public static final int EXDEV = 18;
    public static final int ENODEV = 19;
    public static final int ENOTDIR = 20;
    public static final int EISDIR = 21;
    public static final int EINVAL = 22;
    public static final int ENFILE = 23;
    public static final int EMFILE = 24;
    public static final int ENOTTY = 25;
    public static final int ETXTBSY = 26;
    public static final int EFBIG = 27;
    public static final int ENOSPC = 28;
    public static final int ESPIPE = 29;
    public static final int EROFS = 30;
    public static final int EMLINK = 31;
    public static final int EPIPE = 32;
    public static final int EDOM = 33;
    public static final int ERANGE = 34;
    public static final int EDEADLK = 35;
    public static final int EDEADLOCK = 35;
    public static final int ENAMETOOLONG = 36;
    public static final int ENOLCK = 37;
    public static final int ENOSYS = 38;
    public static final int ENOTEMPTY = 39;
    public static final int ELOOP = 40;
    public static final int ENOMSG = 42;
    public static final int EIDRM = 43;
    public static final int ECHRNG = 44;
    public static final int EL2NSYNC = 45;
    public static final int EL3HLT = 46;
    public static final int EL3RST = 47;
    public static final int ELNRNG = 48;
    public static final int EUNATCH = 49;
    public static final int ENOCSI = 50;
    public static final int EL2HLT = 51;
    public static final int EBADE = 52;
    public static final int EBADR = 53;
    public static final int EXFULL = 54;
    public static final int ENOANO = 55;
    public static final int EBADRQC = 56;
    public static final int EBADSLT = 57;
    public static final int EBFONT = 59;
    public static final int ENOSTR = 60;
    public static final int ENODATA = 61;
    public static final int ETIME = 62;
    public static final int ENOSR = 63;
    public static final int ENONET = 64;
    public static final int ENOPKG = 65;
    public static final int EREMOTE = 66;
    public static final int ENOLINK = 67;
    public static final int EADV = 68;
    public static final int ESRMNT = 69;
    public static final int ECOMM = 70;
    public static final int EPROTO = 71;
    public static final int EMULTIHOP = 72;
    public static final int EDOTDOT = 73;
    public static final int EBADMSG = 74;
    public static final int EOVERFLOW = 75;
    public static final int ENOTUNIQ = 76;
    public static final int EBADFD = 77;
    public static final int EREMCHG = 78;
    public static final int ELIBACC = 79;
    public static final int ELIBBAD = 80;
    public static final int ELIBSCN = 81;
    public static final int ELIBMAX = 82;
    public static final int ELIBEXEC = 83;
    public static final int EILSEQ = 84;
    public static final int ERESTART = 85;
    public static final int ESTRPIPE = 86;
    public static final int EUSERS = 87;
    public static final int ENOTSOCK = 88;
    public static final int EDESTADDRREQ = 89;
    public static final int EMSGSIZE = 90;
    public static final int EPROTOTYPE = 91;
    public static final int ENOPROTOOPT = 92;
    public static final int EPROTONOSUPPORT = 93;
    public static final int ESOCKTNOSUPPORT = 94;
    public static final int ENOTSUP = 95;
    public static final int EOPNOTSUPP = 95;
    public static final int EPFNOSUPPORT = 96;
    public static final int EAFNOSUPPORT = 97;
    public static final int EADDRINUSE = 98;
    public static final int EADDRNOTAVAIL = 99;
    public static final int ENETDOWN = 100;
    public static final int ENETUNREACH = 101;
    public static final int ENETRESET = 102;
    public static final int ECONNABORTED = 103;
    public static final int ECONNRESET = 104;
    public static final int ENOBUFS = 105;
    public static final int EISCONN = 106;
    public static final int ENOTCONN = 107;
    public static final int ESHUTDOWN = 108;
    public static final int ETOOMANYREFS = 109;
    public static final int ETIMEDOUT = 110;
    public static final int ECONNREFUSED = 111;
    public static final int EHOSTDOWN = 112;
    public static final int EHOSTUNREACH = 113;
    public static final int EALREADY = 114;
    public static final int EINPROGRESS = 115;
    public static final int ESTALE = 116;
    public static final int EUCLEAN = 117;
    public static final int ENOTNAM = 118;
    public static final int ENAVAIL = 119;
    public static final int EISNAM = 120;
    public static final int EREMOTEIO = 121;
    public static final int EDQUOT = 122;
    public static final int ENOMEDIUM = 123;
    public static final int EMEDIUMTYPE = 124;
    public static final int ECANCELED = 125;
    public static final int ENOKEY = 126;
    public static final int EKEYEXPIRED = 127;
    public static final int EKEYREVOKED = 128;
    public static final int EKEYREJECTED = 129;
    public static final int EOWNERDEAD = 130;
    public static final int ENOTRECOVERABLE = 131;
    public static final int ERFKILL = 132;
    public static final int EHWPOISON = 133;

    private Errno() {}

    /**
     * The name of an error number, for example {@code ECONNREFUSED}.
     *
     * @param errno a positive error number
     * @return the name, or {@code "errno N"} for a number that Linux does not define
     */
    public static String name(int errno) {
        String[] names = Names.BY_NUMBER;
        String name = errno > 0 && errno < names.length ? names[errno] : null;
        return name != null ? name : "errno " + errno;
    }

    /**
     * The text of an error number as strerror(3) gives it in the C locale, for example {@code
     * Connection refused}.
     *
     * <p>The C locale is asked for explicitly: the JVM sets the process's locale from the
     * environment, and scripts match these texts.
     *
     * @param errno a positive error number
     * @return the text; {@code Unknown error N} for a number that is not defined
     */
    public static String text(int errno) {
        return Texts.text(errno);
    }

    /** Texts come from libc; a class of its own because most runs never fail. */
    private static final class Texts {
        private static final Symbol STRERROR_L = new Symbol("strerror_l");
        private static final Symbol NEWLOCALE = new Symbol("newlocale");
        private static final int LC_ALL_MASK = 0x1fbf;
        private static final long C_LOCALE = cLocale();

        static long cLocale() {
            CallState state = CallState.current();
            return NEWLOCALE.pointer(state, LC_ALL_MASK, state.cString(0, "C"), 0);
        }

        @SuppressWarnings("restricted") // strerror_l(3) returns a pointer to a text
        static String text(int errno) {
            if (C_LOCALE == 0) {
                return "Unknown error " + errno;
            }
            long address = STRERROR_L.pointer(CallState.current(), errno, C_LOCALE, 0);
            if (address == 0) {
                return "Unknown error " + errno;
            }
            return MemorySegment.ofAddress(address).reinterpret(1024).getString(0);
        }
    }

    private static final class Names {
        static final String[] BY_NUMBER = new String[134];

        private static void name(int errno, String name) {
            BY_NUMBER[errno] = name;
        }

        static {
            name(EPERM, "EPERM");
            name(ENOENT, "ENOENT");
            name(ESRCH, "ESRCH");
            name(EINTR, "EINTR");
            name(EIO, "EIO");
            name(ENXIO, "ENXIO");
            name(E2BIG, "E2BIG");
            name(ENOEXEC, "ENOEXEC");
            name(EBADF, "EBADF");
            name(ECHILD, "ECHILD");
            name(EAGAIN, "EAGAIN");
            name(ENOMEM, "ENOMEM");
            name(EACCES, "EACCES");
            name(EFAULT, "EFAULT");
            name(ENOTBLK, "ENOTBLK");
            name(EBUSY, "EBUSY");
            name(EEXIST, "EEXIST");
            name(EXDEV, "EXDEV");
            name(ENODEV, "ENODEV");
            name(ENOTDIR, "ENOTDIR");
            name(EISDIR, "EISDIR");
            name(EINVAL, "EINVAL");
            name(ENFILE, "ENFILE");
            name(EMFILE, "EMFILE");
            name(ENOTTY, "ENOTTY");
            name(ETXTBSY, "ETXTBSY");
            name(EFBIG, "EFBIG");
            name(ENOSPC, "ENOSPC");
            name(ESPIPE, "ESPIPE");
            name(EROFS, "EROFS");
            name(EMLINK, "EMLINK");
            name(EPIPE, "EPIPE");
            name(EDOM, "EDOM");
            name(ERANGE, "ERANGE");
            name(EDEADLK, "EDEADLK");
            name(ENAMETOOLONG, "ENAMETOOLONG");
            name(ENOLCK, "ENOLCK");
            name(ENOSYS, "ENOSYS");
            name(ENOTEMPTY, "ENOTEMPTY");
            name(ELOOP, "ELOOP");
            name(ENOMSG, "ENOMSG");
            name(EIDRM, "EIDRM");
            name(ECHRNG, "ECHRNG");
            name(EL2NSYNC, "EL2NSYNC");
            name(EL3HLT, "EL3HLT");
            name(EL3RST, "EL3RST");
            name(ELNRNG, "ELNRNG");
            name(EUNATCH, "EUNATCH");
            name(ENOCSI, "ENOCSI");
            name(EL2HLT, "EL2HLT");
            name(EBADE, "EBADE");
            name(EBADR, "EBADR");
            name(EXFULL, "EXFULL");
            name(ENOANO, "ENOANO");
            name(EBADRQC, "EBADRQC");
            name(EBADSLT, "EBADSLT");
            name(EBFONT, "EBFONT");
            name(ENOSTR, "ENOSTR");
            name(ENODATA, "ENODATA");
            name(ETIME, "ETIME");
            name(ENOSR, "ENOSR");
            name(ENONET, "ENONET");
            name(ENOPKG, "ENOPKG");
            name(EREMOTE, "EREMOTE");
            name(ENOLINK, "ENOLINK");
            name(EADV, "EADV");
            name(ESRMNT, "ESRMNT");
            name(ECOMM, "ECOMM");
            name(EPROTO, "EPROTO");
            name(EMULTIHOP, "EMULTIHOP");
            name(EDOTDOT, "EDOTDOT");
            name(EBADMSG, "EBADMSG");
            name(EOVERFLOW, "EOVERFLOW");
            name(ENOTUNIQ, "ENOTUNIQ");
            name(EBADFD, "EBADFD");
            name(EREMCHG, "EREMCHG");
            name(ELIBACC, "ELIBACC");
            name(ELIBBAD, "ELIBBAD");
            name(ELIBSCN, "ELIBSCN");
            name(ELIBMAX, "ELIBMAX");
            name(ELIBEXEC, "ELIBEXEC");
            name(EILSEQ, "EILSEQ");
            name(ERESTART, "ERESTART");
            name(ESTRPIPE, "ESTRPIPE");
            name(EUSERS, "EUSERS");
            name(ENOTSOCK, "ENOTSOCK");
            name(EDESTADDRREQ, "EDESTADDRREQ");
            name(EMSGSIZE, "EMSGSIZE");
            name(EPROTOTYPE, "EPROTOTYPE");
            name(ENOPROTOOPT, "ENOPROTOOPT");
            name(EPROTONOSUPPORT, "EPROTONOSUPPORT");
            name(ESOCKTNOSUPPORT, "ESOCKTNOSUPPORT");
            name(EOPNOTSUPP, "EOPNOTSUPP");
            name(EPFNOSUPPORT, "EPFNOSUPPORT");
            name(EAFNOSUPPORT, "EAFNOSUPPORT");
            name(EADDRINUSE, "EADDRINUSE");
            name(EADDRNOTAVAIL, "EADDRNOTAVAIL");
            name(ENETDOWN, "ENETDOWN");
            name(ENETUNREACH, "ENETUNREACH");
            name(ENETRESET, "ENETRESET");
            name(ECONNABORTED, "ECONNABORTED");
            name(ECONNRESET, "ECONNRESET");
            name(ENOBUFS, "ENOBUFS");
            name(EISCONN, "EISCONN");
            name(ENOTCONN, "ENOTCONN");
            name(ESHUTDOWN, "ESHUTDOWN");
            name(ETOOMANYREFS, "ETOOMANYREFS");
            name(ETIMEDOUT, "ETIMEDOUT");
            name(ECONNREFUSED, "ECONNREFUSED");
            name(EHOSTDOWN, "EHOSTDOWN");
            name(EHOSTUNREACH, "EHOSTUNREACH");
            name(EALREADY, "EALREADY");
            name(EINPROGRESS, "EINPROGRESS");
            name(ESTALE, "ESTALE");
            name(EUCLEAN, "EUCLEAN");
            name(ENOTNAM, "ENOTNAM");
            name(ENAVAIL, "ENAVAIL");
            name(EISNAM, "EISNAM");
            name(EREMOTEIO, "EREMOTEIO");
            name(EDQUOT, "EDQUOT");
            name(ENOMEDIUM, "ENOMEDIUM");
            name(EMEDIUMTYPE, "EMEDIUMTYPE");
            name(ECANCELED, "ECANCELED");
            name(ENOKEY, "ENOKEY");
            name(EKEYEXPIRED, "EKEYEXPIRED");
            name(EKEYREVOKED, "EKEYREVOKED");
            name(EKEYREJECTED, "EKEYREJECTED");
            name(EOWNERDEAD, "EOWNERDEAD");
            name(ENOTRECOVERABLE, "ENOTRECOVERABLE");
            name(ERFKILL, "ERFKILL");
            name(EHWPOISON, "EHWPOISON");
        }
    }
}
