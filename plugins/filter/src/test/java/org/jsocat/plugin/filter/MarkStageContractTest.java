package org.jsocat.plugin.filter;

import org.jsocat.testkit.Opening;
import org.jsocat.testkit.StageContractTest;

import java.io.ByteArrayOutputStream;
import java.util.List;

/** The stage TEST keeps the contract of stages; marks are left out of account. */
class MarkStageContractTest extends StageContractTest {
    @Override
    protected Opening opening() {
        return Opening.of(new FilterStages(), "TEST", List.of());
    }

    private static byte[] without(byte[] bytes, char mark) {
        ByteArrayOutputStream rest = new ByteArrayOutputStream();
        for (byte single : bytes) {
            if (single != mark) {
                rest.write(single);
            }
        }
        return rest.toByteArray();
    }

    @Override
    protected byte[] plain(int size) {
        byte[] bytes = super.plain(size);
        for (int i = 0; i < size; i++) {
            if (bytes[i] == '<' || bytes[i] == '>') {
                bytes[i] = '-';
            }
        }
        return bytes;
    }

    @Override
    protected byte[] encoded(byte[] plain) {
        return plain;
    }

    @Override
    protected byte[] decoded(byte[] wire) {
        return without(wire, '>');
    }

    @Override
    protected byte[] arrived(byte[] read) {
        return without(read, '<');
    }
}
