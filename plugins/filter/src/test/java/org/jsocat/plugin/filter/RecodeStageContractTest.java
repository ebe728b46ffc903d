package org.jsocat.plugin.filter;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import org.jsocat.testkit.Opening;
import org.jsocat.testkit.StageContractTest;

import java.util.List;

/** The stage RECODE keeps the contract of stages; each byte on the left is a character. */
class RecodeStageContractTest extends StageContractTest {
    @Override
    protected Opening opening() {
        return Opening.of(
                new FilterStages(), "RECODE", List.of(new RecodeOptions()), "latin1", "utf-8");
    }

    @Override
    protected byte[] encoded(byte[] plain) {
        return new String(plain, ISO_8859_1).getBytes(UTF_8);
    }

    @Override
    protected byte[] decoded(byte[] wire) {
        return new String(wire, UTF_8).getBytes(ISO_8859_1);
    }
}
