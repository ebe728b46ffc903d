package org.jsocat.plugin.openssl;

import org.jsocat.spi.Endpoint;
import org.jsocat.spi.OpenContext;
import org.jsocat.spi.StageOpener;

/** The side of TLS that answers. */
final class ServerStage implements StageOpener {
    @Override
    public void prepare(OpenContext context) {
        TlsOpening.prepare(context, true, false);
    }

    @Override
    public Endpoint open(OpenContext context, Endpoint inner) {
        return TlsOpening.server(context, inner);
    }
}
