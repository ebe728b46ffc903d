package org.jsocat.plugin.openssl;

import org.jsocat.spi.Endpoint;
import org.jsocat.spi.OpenContext;
import org.jsocat.spi.StageOpener;

/** The side of DTLS that answers. */
final class DtlsServerStage implements StageOpener {
    @Override
    public void prepare(OpenContext context) {
        TlsOpening.prepare(context, true, true);
    }

    @Override
    public Endpoint open(OpenContext context, Endpoint inner) {
        return DtlsOpening.server(context, inner);
    }
}
