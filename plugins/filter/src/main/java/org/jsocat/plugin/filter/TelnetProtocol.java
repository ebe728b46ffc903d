package org.jsocat.plugin.filter;

import java.nio.ByteBuffer;

/**
 * One connection of TELNET (RFC 854): data as they are on the side that talks it, and the answers
 * to what the peer proposes (RFC 855, the states of RFC 1143). Binary transmission, echo by the
 * peer and the suppression of go-ahead are agreed to, all else is declined.
 */
final class TelnetProtocol {
    private static final int SUBNEGOTIATION_END = 240;
    private static final int SUBNEGOTIATION = 250;
    private static final int WILL = 251;
    private static final int WONT = 252;
    private static final int DO = 253;
    private static final int DONT = 254;
    private static final int COMMAND = 255;
    private static final int BINARY = 0;
    private static final int ECHO = 1;
    private static final int SUPPRESS_GO_AHEAD = 3;
    private static final int OPTIONS = 256;
    private static final int ANSWER = 3;
    private static final int ANSWERS = 1024 * ANSWER;

    private final boolean[] here = new boolean[OPTIONS];
    private final boolean[] there = new boolean[OPTIONS];
    private final ByteBuffer answers = ByteBuffer.allocate(ANSWERS).flip();
    private final Codec encoder = new Encoder();
    private final Codec decoder = new Decoder();

    /** From data to the protocol. */
    Codec encoder() {
        return encoder;
    }

    /** From the protocol to data. */
    Codec decoder() {
        return decoder;
    }

    private void propose(int verb, int option) {
        boolean wanted = verb == WILL || verb == DO;
        boolean peer = verb == WILL || verb == WONT;
        boolean[] states = peer ? there : here;
        boolean agreed =
                wanted
                        && (option == BINARY
                                || option == SUPPRESS_GO_AHEAD
                                || (peer && option == ECHO));
        if (wanted == agreed && states[option] == agreed) {
            return; // nothing changes: an answer would be answered
        }
        states[option] = agreed;
        answers.compact()
                .put((byte) COMMAND)
                .put((byte) (peer ? agreed ? DO : DONT : agreed ? WILL : WONT))
                .put((byte) option)
                .flip();
    }

    private final class Encoder implements Codec {
        private boolean afterReturn;

        @Override
        public void convert(ByteBuffer source, ByteBuffer target) {
            int count = Math.min(answers.remaining(), target.remaining());
            target.put(answers.slice(answers.position(), count));
            answers.position(answers.position() + count);
            while (source.hasRemaining() && target.remaining() > 2) {
                byte octet = source.get();
                if (afterReturn && octet != '\n' && !here[BINARY]) {
                    target.put((byte) 0);
                }
                afterReturn = octet == '\r';
                target.put(octet);
                if ((octet & 0xff) == COMMAND) {
                    target.put(octet);
                }
            }
        }

        @Override
        public boolean hasMore() {
            return answers.hasRemaining();
        }

        @Override
        public boolean end(ByteBuffer target) {
            convert(ByteBuffer.allocate(0), target);
            if (afterReturn && !here[BINARY] && target.hasRemaining()) {
                target.put((byte) 0);
                afterReturn = false;
            }
            return !answers.hasRemaining() && !(afterReturn && !here[BINARY]);
        }
    }

    private final class Decoder implements Codec {
        private static final int DATA = 0;

        /** The command that has begun, or {@link #DATA}. */
        private int command = DATA;

        private boolean skipped;
        private boolean afterReturn;

        @Override
        public void convert(ByteBuffer source, ByteBuffer target) {
            while (source.hasRemaining() && target.hasRemaining() && !isBlocked()) {
                byte octet = source.get();
                if (take(octet & 0xff)) {
                    target.put(octet);
                }
            }
        }

        /** Takes a byte; whether it is data. */
        private boolean take(int octet) {
            switch (command) {
                case DATA -> {
                    if (octet == COMMAND) {
                        command = COMMAND;
                        return false;
                    }
                    return isData(octet);
                }
                case COMMAND -> {
                    return begin(octet);
                }
                case SUBNEGOTIATION -> {
                    command = skipped && octet == SUBNEGOTIATION_END ? DATA : SUBNEGOTIATION;
                    skipped = !skipped && octet == COMMAND;
                }
                default -> {
                    propose(command, octet);
                    command = DATA;
                }
            }
            return false;
        }

        /** The byte behind the one that begins a command. */
        private boolean begin(int octet) {
            command = octet >= SUBNEGOTIATION && octet < COMMAND ? octet : DATA;
            skipped = false;
            return octet == COMMAND && isData(octet);
        }

        private boolean isData(int octet) {
            boolean filler = afterReturn && octet == 0 && !there[BINARY];
            afterReturn = octet == '\r';
            return !filler;
        }

        @Override
        public boolean isBlocked() {
            return answers.remaining() > ANSWERS - ANSWER;
        }

        @Override
        public boolean hasMore() {
            return false;
        }

        @Override
        public boolean end(ByteBuffer target) {
            return true;
        }
    }
}
