package org.example.shout;

import org.jsocat.spi.AddressProvider;
import org.jsocat.testkit.AddressProviderContractTest;
import org.jsocat.testkit.Opening;
import org.jsocat.testkit.StageContractTest;
import org.junit.jupiter.api.Nested;

import java.util.List;

/** The contracts that every plugin keeps. */
class ContractsTest {
    @Nested
    class Addresses extends AddressProviderContractTest {
        @Override
        protected AddressProvider provider() {
            return new ShoutProvider();
        }
    }

    @Nested
    class Stage extends StageContractTest {
        @Override
        protected Opening opening() {
            return Opening.of(new ShoutProvider(), "SHOUT", List.of());
        }

        /** No letters, so that what comes is what was sent. */
        @Override
        protected byte[] plain(int size) {
            byte[] bytes = super.plain(size);
            for (int i = 0; i < size; i++) {
                bytes[i] = (byte) (bytes[i] & 0x3f);
            }
            return bytes;
        }

        @Override
        protected byte[] encoded(byte[] plain) {
            return plain;
        }

        @Override
        protected byte[] decoded(byte[] wire) {
            return wire;
        }
    }
}
