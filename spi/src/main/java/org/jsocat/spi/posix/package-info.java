/**
 * The system calls that jsocat speaks in: Linux on x86-64 and aarch64, through {@code
 * java.lang.foreign}.
 *
 * <p>{@link org.jsocat.spi.posix.Libc} has the calls, {@link org.jsocat.spi.posix.Linux}, {@link
 * org.jsocat.spi.posix.Platform} and {@link org.jsocat.spi.posix.Errno} the constants, {@link
 * org.jsocat.spi.posix.Fd} owns a descriptor, {@link org.jsocat.spi.posix.PosixException} tells
 * what failed in the words of a C program. Nothing here knows addresses or options.
 */
package org.jsocat.spi.posix;
