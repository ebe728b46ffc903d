package org.jsocat.plugin.openssl;

import org.jsocat.spi.AddressProvider;
import org.jsocat.spi.AddressType;
import org.jsocat.spi.AddressType.Parameters;
import org.jsocat.spi.Composition;
import org.jsocat.spi.Composition.Part;
import org.jsocat.spi.Direction;

import java.util.List;

/** The addresses of the reference: TLS over TCP. As stages they go over anything. */
public final class OpensslAddresses implements AddressProvider {
    static final Parameters PEER = Parameters.of(":<host>:<port>", 2);
    static final Parameters PORT = Parameters.of(":<port>", 1);

    /** For {@link java.util.ServiceLoader}. */
    public OpensslAddresses() {}

    @Override
    public List<String> features() {
        return List.of("OPENSSL");
    }

    @Override
    public List<AddressType> addressTypes() {
        return List.of(
                client("OPENSSL", "OPENSSL-CONNECT", "SSL"),
                server("OPENSSL-LISTEN", "SSL-L"),
                datagramClient(),
                datagramServer());
    }

    /** A row for clients. */
    static AddressType client(String name, String... aliases) {
        return AddressType.named(name)
                .summary("connects by TLS over TCP; as a stage, TLS over what stands to its right")
                .alias(aliases)
                .groups("FD", "SOCKET", "CHILD", "RETRY", "IP4", "IP6", "TCP", "OPENSSL")
                .stageGroups("OPENSSL", "RETRY")
                .stage(
                        new Parameters("[:<name>]", 0, 1, false),
                        Direction.BOTH,
                        Direction.BOTH,
                        new ClientStage())
                .over(
                        PEER,
                        Direction.BOTH,
                        written ->
                                new Composition(
                                        Part.of(name, written.parameter(0)),
                                        Part.of(
                                                "TCP-CONNECT",
                                                written.parameter(0),
                                                written.parameter(1))));
    }

    /** A row for servers. */
    static AddressType server(String name, String... aliases) {
        return AddressType.named(name)
                .summary("waits for connections of TLS over TCP; as a stage, the server of TLS")
                .alias(aliases)
                .groups(
                        "FD", "SOCKET", "LISTEN", "CHILD", "RETRY", "RANGE", "IP4", "IP6", "TCP",
                        "OPENSSL")
                .stageGroups("OPENSSL")
                .stage(Parameters.NONE, Direction.BOTH, Direction.BOTH, new ServerStage())
                .over(
                        PORT,
                        Direction.BOTH,
                        written ->
                                new Composition(
                                        Part.of(name),
                                        Part.of("TCP-LISTEN", written.parameter(0))));
    }

    private static AddressType datagramClient() {
        String name = "OPENSSL-DTLS-CLIENT";
        return AddressType.named(name)
                .summary(
                        "connects by DTLS over UDP; as a stage, DTLS over what stands to its right")
                .alias("DTLS", "DTLS-C", "DTLS-CLIENT", "DTLS-CONNECT", "OPENSSL-DTLS-CONNECT")
                .groups("FD", "SOCKET", "CHILD", "RETRY", "IP4", "IP6", "UDP", "OPENSSL")
                .stageGroups("OPENSSL", "RETRY")
                .stage(
                        new Parameters("[:<name>]", 0, 1, false),
                        Direction.BOTH,
                        Direction.BOTH,
                        new DtlsClientStage())
                .over(
                        PEER,
                        Direction.BOTH,
                        written ->
                                new Composition(
                                        Part.of(name, written.parameter(0)),
                                        Part.of(
                                                "UDP-CONNECT",
                                                written.parameter(0),
                                                written.parameter(1))));
    }

    private static AddressType datagramServer() {
        String name = "OPENSSL-DTLS-SERVER";
        return AddressType.named(name)
                .summary("waits for a peer of DTLS over UDP; as a stage, the server of DTLS")
                .alias("DTLS-L", "DTLS-LISTEN", "DTLS-SERVER", "OPENSSL-DTLS-LISTEN")
                .groups(
                        "FD", "SOCKET", "LISTEN", "CHILD", "RETRY", "RANGE", "IP4", "IP6", "UDP",
                        "OPENSSL")
                .stageGroups("OPENSSL")
                .stage(Parameters.NONE, Direction.BOTH, Direction.BOTH, new DtlsServerStage())
                .over(
                        PORT,
                        Direction.BOTH,
                        written ->
                                new Composition(
                                        Part.of(name),
                                        Part.of("UDP-LISTEN", written.parameter(0))));
    }
}
