package org.jsocat.spi.posix;

import java.util.HexFormat;

/** Prints the bytes of its arguments; {@link NativeStringsTest} runs it. */
final class ArgumentsProgram {

    private ArgumentsProgram() {}

    public static void main(String[] arguments) {
        for (String argument : NativeStrings.arguments(arguments)) {
            System.out.println(HexFormat.of().formatHex(NativeStrings.encode(argument)));
        }
    }
}
