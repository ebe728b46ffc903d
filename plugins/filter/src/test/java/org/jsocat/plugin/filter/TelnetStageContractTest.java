package org.jsocat.plugin.filter;

import org.jsocat.testkit.Opening;
import org.jsocat.testkit.StageContractTest;

import java.io.ByteArrayOutputStream;
import java.util.List;

/** The stage TELNET keeps the contract of stages. */
class TelnetStageContractTest extends StageContractTest {
    @Override
    protected Opening opening() {
        return Opening.of(new FilterStages(), "TELNET", List.of());
    }

    @Override
    protected byte[] encoded(byte[] plain) {
        ByteArrayOutputStream wire = new ByteArrayOutputStream();
        for (int i = 0; i < plain.length; i++) {
            wire.write(plain[i]);
            if (plain[i] == (byte) 255) {
                wire.write(255);
            } else if (plain[i] == '\r' && (i + 1 == plain.length || plain[i + 1] != '\n')) {
                wire.write(0);
            }
        }
        return wire.toByteArray();
    }

    @Override
    protected byte[] decoded(byte[] wire) {
        ByteArrayOutputStream plain = new ByteArrayOutputStream();
        for (int i = 0; i < wire.length; i++) {
            plain.write(wire[i]);
            boolean doubled = wire[i] == (byte) 255 && wire[i + 1] == (byte) 255;
            boolean filled = wire[i] == '\r' && i + 1 < wire.length && wire[i + 1] == 0;
            if (doubled || filled) {
                i++;
            }
        }
        return plain.toByteArray();
    }
}
