package org.jsocat.core.parse;

import java.util.Objects;

/** A link of a chain: an address, or two that share the two directions. */
public sealed interface Element {

    /** Offset of the element in the argument, from 0. */
    int column();

    /**
     * One address.
     *
     * @param reversed whether {@code ^} stands before it, which swaps the left and the right side
     *     of a stage
     * @param address the address
     */
    record Single(boolean reversed, Address address) implements Element {

        public Single {
            Objects.requireNonNull(address, "address");
        }

        @Override
        public int column() {
            return address.column();
        }
    }

    /**
     * Two addresses, each for one direction.
     *
     * @param rightward carries the bytes that move right, away from the other side of the relay: at
     *     the end of a chain it is the address that is written to. In {@code a%b} it is a, in
     *     {@code a!!b} it is b
     * @param leftward carries the bytes that move left: at the end of a chain, the address that is
     *     read from
     * @param notation how it was written
     */
    record Dual(Single rightward, Single leftward, Notation notation) implements Element {

        public Dual {
            Objects.requireNonNull(rightward, "rightward");
            Objects.requireNonNull(leftward, "leftward");
            Objects.requireNonNull(notation, "notation");
        }

        /** A dual from its halves in the order in which they are written. */
        static Dual written(Single first, Single second, Notation notation) {
            return notation == Notation.READ_WRITE
                    ? new Dual(second, first, notation)
                    : new Dual(first, second, notation);
        }

        /** The half that stands first in the text. */
        public Single first() {
            return notation == Notation.READ_WRITE ? leftward : rightward;
        }

        /** The half that stands second in the text. */
        public Single second() {
            return notation == Notation.READ_WRITE ? rightward : leftward;
        }

        @Override
        public int column() {
            return first().column();
        }
    }

    /** The two ways to write a dual. */
    enum Notation {
        /** socat 1: {@code read!!write}. */
        READ_WRITE("!!"),
        /** socat 2: {@code right%left}; as an endpoint, write%read. */
        RIGHT_LEFT("%");

        private final String operator;

        Notation(String operator) {
            this.operator = operator;
        }

        /** The operator between the halves. */
        public String operator() {
            return operator;
        }
    }
}
