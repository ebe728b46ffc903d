package org.jsocat.example.rot;

import java.nio.ByteBuffer;

/** Turns the 26 letters of ASCII by some places; every other byte stays as it is. */
record Rotation(int places) {
    /** Changes nothing. */
    static final Rotation NONE = new Rotation(0);

    private static final int LETTERS = 26;

    byte turn(byte letter) {
        if (letter >= 'a' && letter <= 'z') {
            return (byte) ('a' + Math.floorMod(letter - 'a' + places, LETTERS));
        }
        if (letter >= 'A' && letter <= 'Z') {
            return (byte) ('A' + Math.floorMod(letter - 'A' + places, LETTERS));
        }
        return letter;
    }

    /** Turns the bytes of a buffer from one position to another. */
    void turn(ByteBuffer buffer, int from, int to) {
        for (int i = from; i < to; i++) {
            buffer.put(i, turn(buffer.get(i)));
        }
    }

    Rotation back() {
        return new Rotation(-places);
    }
}
