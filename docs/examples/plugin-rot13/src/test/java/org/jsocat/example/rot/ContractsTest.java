package org.jsocat.example.rot;

import org.jsocat.spi.AddressProvider;
import org.jsocat.spi.OptionGroup;
import org.jsocat.testkit.AddressProviderContractTest;
import org.jsocat.testkit.Opening;
import org.jsocat.testkit.OptionGroupContractTest;
import org.jsocat.testkit.StageContractTest;
import org.junit.jupiter.api.Nested;

import java.util.List;

/** The contracts that every plugin keeps. */
class ContractsTest {
    @Nested
    class Addresses extends AddressProviderContractTest {
        @Override
        protected AddressProvider provider() {
            return new RotProvider();
        }
    }

    @Nested
    class Options extends OptionGroupContractTest {
        @Override
        protected OptionGroup group() {
            return new RotOptions();
        }
    }

    @Nested
    class Stage extends StageContractTest {
        @Override
        protected Opening opening() {
            return Opening.of(new RotProvider(), "ROT13", List.of(new RotOptions()));
        }

        @Override
        protected byte[] encoded(byte[] plain) {
            return turned(plain, 13);
        }

        @Override
        protected byte[] decoded(byte[] wire) {
            return turned(wire, 13);
        }

        private static byte[] turned(byte[] bytes, int places) {
            byte[] turned = bytes.clone();
            for (int i = 0; i < turned.length; i++) {
                char letter = (char) turned[i];
                if (letter >= 'a' && letter <= 'z') {
                    turned[i] = (byte) ('a' + (letter - 'a' + places) % 26);
                } else if (letter >= 'A' && letter <= 'Z') {
                    turned[i] = (byte) ('A' + (letter - 'A' + places) % 26);
                }
            }
            return turned;
        }
    }
}
