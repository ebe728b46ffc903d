package org.jsocat.plugin.filter;

import org.jsocat.testkit.Opening;
import org.jsocat.testkit.StageContractTest;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/** The stage GZIP keeps the contract of stages, and what it writes is what others read. */
class GzipStageContractTest extends StageContractTest {
    @Override
    protected Opening opening() {
        return Opening.of(new FilterStages(), "GZIP", List.of(new GzipOptions()));
    }

    @Override
    protected byte[] encoded(byte[] plain) {
        return compressed(plain);
    }

    @Override
    protected byte[] decoded(byte[] wire) {
        try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(wire))) {
            return in.readAllBytes();
        } catch (IOException wrong) {
            throw new UncheckedIOException(wrong);
        }
    }

    /** By the JDK's own writer. */
    static byte[] compressed(byte[] plain) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
            out.write(plain);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return bytes.toByteArray();
    }
}
