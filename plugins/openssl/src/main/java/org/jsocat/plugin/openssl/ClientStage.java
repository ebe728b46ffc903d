package org.jsocat.plugin.openssl;

import org.jsocat.spi.Endpoint;
import org.jsocat.spi.OpenContext;
import org.jsocat.spi.StageOpener;

/** The side of TLS that asks. */
final class ClientStage implements StageOpener {
    @Override
    public void prepare(OpenContext context) {
        TlsOpening.prepare(context, false, false);
    }

    @Override
    public Endpoint open(OpenContext context, Endpoint inner) {
        return TlsOpening.client(context, inner);
    }
}
