package org.jsocat.plugin.exec;

import org.jsocat.core.relay.Pump;
import org.jsocat.testkit.Opening;
import org.jsocat.testkit.StageContractTest;

/** A program that copies both ways keeps the contract of stages. */
class ProgramStageContractTest extends StageContractTest {
    @Override
    protected Opening opening() {
        String copy = "cat <&3 3<&- 4>&- & exec 3<&- 1>&-; cat >&4; exec 4>&-; wait";
        return ProgramFixture.system(copy).viewing(Pump::descriptors);
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
