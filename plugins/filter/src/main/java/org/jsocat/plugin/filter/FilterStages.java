package org.jsocat.plugin.filter;

import org.jsocat.spi.AddressException;
import org.jsocat.spi.AddressProvider;
import org.jsocat.spi.AddressType;
import org.jsocat.spi.AddressType.Parameters;
import org.jsocat.spi.Direction;
import org.jsocat.spi.Endpoint;
import org.jsocat.spi.OpenContext;
import org.jsocat.spi.StageOpener;

import java.nio.charset.Charset;
import java.util.List;
import java.util.zip.Deflater;

/** The stages of this plugin. */
public final class FilterStages implements AddressProvider {
    private static final List<AddressType> TYPES =
            List.of(
                    AddressType.named("NOP")
                            .groups("RETRY")
                            .stage(Parameters.NONE, Direction.BOTH, (context, inner) -> inner)
                            .summary("passes bytes on as they are"),
                    AddressType.named("TEST")
                            .groups("RETRY")
                            .stage(Parameters.NONE, Direction.BOTH, MarkStage::bothWays)
                            .summary(
                                    "appends > to blocks that move right, < to those that move"
                                            + " left"),
                    AddressType.named("TESTUNI")
                            .groups("RETRY")
                            .stage(
                                    Parameters.NONE,
                                    Direction.WRITE,
                                    (context, inner) -> MarkStage.oneWay(context, inner, '>'))
                            .summary("one way, to the right: appends > to blocks"),
                    AddressType.named("TESTREV")
                            .groups("RETRY")
                            .stage(
                                    Parameters.NONE,
                                    Direction.WRITE,
                                    (context, inner) -> MarkStage.oneWay(context, inner, '<'))
                            .summary("one way, to the right: appends < to blocks"),
                    AddressType.named("GZIP")
                            .groups("RETRY", "GZIP")
                            .stage(Parameters.NONE, Direction.BOTH, FilterStages::gzip)
                            .summary(
                                    "compresses what moves right, in the format of gzip, and"
                                            + " expands what moves left"),
                    AddressType.named("GUNZIP")
                            .groups("RETRY", "GZIP")
                            .stage(Parameters.NONE, Direction.BOTH, FilterStages::gunzip)
                            .summary(
                                    "expands what moves right, in the format of gzip, and"
                                            + " compresses what moves left"),
                    AddressType.named("RECODE")
                            .groups("RETRY", "RECODE")
                            .stage(
                                    Parameters.of(":<left-charset>:<right-charset>", 2),
                                    Direction.BOTH,
                                    new Recode())
                            .summary("converts text between two character sets"),
                    AddressType.named("TELNET")
                            .groups("RETRY")
                            .stage(Parameters.NONE, Direction.BOTH, FilterStages::telnet)
                            .summary("talks TELNET to the right: answers what the peer proposes"));

    /** For {@link java.util.ServiceLoader}. */
    public FilterStages() {}

    @Override
    public List<AddressType> addressTypes() {
        return TYPES;
    }

    private static Endpoint gzip(OpenContext context, Endpoint inner) {
        return gzip(context, inner, !context.reversed());
    }

    private static Endpoint gunzip(OpenContext context, Endpoint inner) {
        return gzip(context, inner, context.reversed());
    }

    private static Endpoint gzip(OpenContext context, Endpoint inner, boolean toTheRight) {
        int level = context.option(GzipOptions.LEVEL).orElse(Deflater.DEFAULT_COMPRESSION);
        Codec encoder = new GzipEncoder(level);
        Codec decoder = new GzipDecoder();
        return toTheRight
                ? new CodecStage(context, inner, encoder, decoder)
                : new CodecStage(context, inner, decoder, encoder);
    }

    private static Endpoint telnet(OpenContext context, Endpoint inner) {
        TelnetProtocol telnet = new TelnetProtocol();
        return context.reversed()
                ? new CodecStage(context, inner, telnet.decoder(), telnet.encoder())
                : new CodecStage(context, inner, telnet.encoder(), telnet.decoder());
    }

    private static final class Recode implements StageOpener {
        @Override
        public void prepare(OpenContext context) {
            charset(context, 0);
            charset(context, 1);
        }

        @Override
        public Endpoint open(OpenContext context, Endpoint inner) {
            Charset left = charset(context, context.reversed() ? 1 : 0);
            Charset right = charset(context, context.reversed() ? 0 : 1);
            Unconvertible action =
                    context.option(RecodeOptions.UNCONVERTIBLE).orElse(Unconvertible.FAIL);
            return new CodecStage(
                    context,
                    inner,
                    new CharsetCodec(left, right, action),
                    new CharsetCodec(right, left, action));
        }

        private static Charset charset(OpenContext context, int index) {
            String name = context.parameters().get(index);
            try {
                Charset charset = Charset.forName(name);
                if (charset.canEncode()) {
                    return charset;
                }
            } catch (IllegalArgumentException unknown) {
                // told below, with the names of none: there are some 170
            }
            throw AddressException.usage("RECODE: unknown character set \"" + name + "\"");
        }
    }
}
