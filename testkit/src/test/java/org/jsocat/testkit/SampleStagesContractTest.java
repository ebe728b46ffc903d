package org.jsocat.testkit;

import org.jsocat.testkit.sample.SampleStages;
import org.junit.jupiter.api.Nested;

import java.util.Base64;
import java.util.List;

/** The sample stages keep the contract of stages. */
class SampleStagesContractTest {
    private static final SampleStages STAGES = new SampleStages();

    @Nested
    class Base64Contract extends StageContractTest {
        @Override
        protected Opening opening() {
            return Opening.of(STAGES, "BASE64", List.of(STAGES));
        }

        @Override
        protected byte[] encoded(byte[] plain) {
            return Base64.getEncoder().encode(plain);
        }

        @Override
        protected byte[] decoded(byte[] wire) {
            return Base64.getDecoder().decode(wire);
        }
    }

    @Nested
    class ThrottleContract extends StageContractTest {
        @Override
        protected Opening opening() {
            return Opening.of(STAGES, "THROTTLE", List.of(STAGES)).with("rate", "40000000");
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
