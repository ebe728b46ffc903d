package org.jsocat.xio;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;

import javax.net.SocketFactory;

/** Makes sockets that are channels to what a template says. */
final class XioSocketFactory extends SocketFactory {
    private final Xio xio;
    private final String template;

    XioSocketFactory(Xio xio, String template) {
        this.xio = xio;
        this.template = template;
    }

    @Override
    public Socket createSocket() {
        return new XioSocket(xio, template);
    }

    @Override
    public Socket createSocket(String host, int port) throws IOException {
        return connected(InetSocketAddress.createUnresolved(host, port));
    }

    @Override
    public Socket createSocket(InetAddress host, int port) throws IOException {
        return connected(new InetSocketAddress(host, port));
    }

    @Override
    public Socket createSocket(String host, int port, InetAddress localHost, int localPort)
            throws IOException {
        throw boundElsewhere();
    }

    @Override
    public Socket createSocket(
            InetAddress address, int port, InetAddress localAddress, int localPort)
            throws IOException {
        throw boundElsewhere();
    }

    private static IOException boundElsewhere() {
        return new IOException("what the socket is bound to stands in the address: option bind");
    }

    private Socket connected(InetSocketAddress target) throws IOException {
        Socket socket = createSocket();
        socket.connect(target);
        return socket;
    }
}
