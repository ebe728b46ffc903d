package org.jsocat.xio;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketException;
import java.net.SocketOption;
import java.net.UnknownHostException;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.Set;

/**
 * A channel in the guise of a socket, for libraries that know nothing else. Options of sockets
 * stand in the address; those that a library sets here are accepted and remembered where it may ask
 * for them, but change nothing.
 */
final class XioSocket extends Socket {
    private final Xio xio;
    private final String template;
    private volatile XioChannel channel;
    private volatile InetSocketAddress target;
    private volatile boolean closed;
    private volatile boolean inputShut;
    private volatile boolean outputShut;
    private volatile int timeout;
    private boolean noDelay = true;
    private boolean keepAlive;

    XioSocket(Xio xio, String template) {
        this.xio = xio;
        this.template = template;
    }

    @Override
    public void connect(SocketAddress endpoint) throws IOException {
        connect(endpoint, 0);
    }

    /**
     * Opens the address for a host and a port.
     *
     * @param atMost not used: how long to wait stands in the address ({@code connect-timeout})
     */
    @Override
    public void connect(SocketAddress endpoint, int atMost) throws IOException {
        if (closed) {
            throw new SocketException("Socket is closed");
        }
        if (channel != null) {
            throw new SocketException("already connected");
        }
        if (!(endpoint instanceof InetSocketAddress host)) {
            throw new IllegalArgumentException("not a host and a port: " + endpoint);
        }
        XioChannel opened = xio.channel(address(host));
        target = host;
        channel = opened;
        opened.readTimeout(Duration.ofMillis(timeout));
        if (closed) {
            opened.close();
            throw new SocketException("Socket closed");
        }
    }

    private String address(InetSocketAddress host) throws UnknownHostException {
        String name = host.getHostString();
        if (!name.matches("[A-Za-z0-9._%:-]+")) {
            throw new UnknownHostException(name);
        }
        String written = name.indexOf(':') >= 0 ? "[" + name + "]" : name;
        return template.replace("%p", Integer.toString(host.getPort())).replace("%h", written);
    }

    @Override
    public void bind(SocketAddress local) throws IOException {
        if (local instanceof InetSocketAddress any
                && any.getPort() == 0
                && (any.getAddress() == null || any.getAddress().isAnyLocalAddress())) {
            return;
        }
        if (local != null) {
            throw new SocketException(
                    "what the socket is bound to stands in the address: option bind");
        }
    }

    private XioChannel open() throws SocketException {
        if (closed) {
            throw new SocketException("Socket is closed");
        }
        XioChannel opened = channel;
        if (opened == null) {
            throw new SocketException("Socket is not connected");
        }
        return opened;
    }

    @Override
    public InputStream getInputStream() throws IOException {
        XioChannel opened = open();
        if (inputShut) {
            throw new SocketException("Socket input is shutdown");
        }
        return new Input(opened.input());
    }

    @Override
    public OutputStream getOutputStream() throws IOException {
        XioChannel opened = open();
        if (outputShut) {
            throw new SocketException("Socket output is shutdown");
        }
        return new Output(opened.output());
    }

    @Override
    public void shutdownInput() throws IOException {
        open();
        inputShut = true;
    }

    @Override
    public void shutdownOutput() throws IOException {
        open().shutdownOutput();
        outputShut = true;
    }

    @Override
    public void close() throws IOException {
        closed = true;
        XioChannel opened = channel;
        if (opened != null) {
            opened.close();
        }
        super.close();
    }

    @Override
    public boolean isConnected() {
        return channel != null;
    }

    @Override
    public boolean isBound() {
        return channel != null;
    }

    @Override
    public boolean isClosed() {
        return closed;
    }

    @Override
    public boolean isInputShutdown() {
        return inputShut;
    }

    @Override
    public boolean isOutputShutdown() {
        return outputShut;
    }

    @Override
    public SocketChannel getChannel() {
        return null;
    }

    @Override
    public InetAddress getInetAddress() {
        return target == null ? null : target.getAddress();
    }

    @Override
    public int getPort() {
        return target == null ? 0 : target.getPort();
    }

    @Override
    public SocketAddress getRemoteSocketAddress() {
        return target;
    }

    @Override
    public SocketAddress getLocalSocketAddress() {
        return channel == null ? null : channel.localAddress().orElse(null);
    }

    @Override
    public InetAddress getLocalAddress() {
        return getLocalSocketAddress() instanceof InetSocketAddress local
                ? local.getAddress()
                : InetAddress.getLoopbackAddress();
    }

    @Override
    public int getLocalPort() {
        return getLocalSocketAddress() instanceof InetSocketAddress local ? local.getPort() : -1;
    }

    @Override
    public void setSoTimeout(int millis) {
        timeout = millis;
        XioChannel opened = channel;
        if (opened != null) {
            opened.readTimeout(Duration.ofMillis(millis));
        }
    }

    @Override
    public int getSoTimeout() {
        return timeout;
    }

    @Override
    public void setTcpNoDelay(boolean on) {
        noDelay = on;
    }

    @Override
    public boolean getTcpNoDelay() {
        return noDelay;
    }

    @Override
    public void setKeepAlive(boolean on) {
        keepAlive = on;
    }

    @Override
    public boolean getKeepAlive() {
        return keepAlive;
    }

    @Override
    public void setSoLinger(boolean on, int linger) {}

    @Override
    public void setSendBufferSize(int size) {}

    @Override
    public void setReceiveBufferSize(int size) {}

    @Override
    public void setTrafficClass(int trafficClass) {}

    @Override
    public void setReuseAddress(boolean on) {}

    @Override
    public <T> Socket setOption(SocketOption<T> name, T value) {
        throw new UnsupportedOperationException("options stand in the address");
    }

    @Override
    public Set<SocketOption<?>> supportedOptions() {
        return Set.of();
    }

    @Override
    public String toString() {
        return "XioSocket[" + (target == null ? "unconnected" : target.toString()) + "]";
    }

    /** What closes the socket with the stream. */
    private final class Input extends java.io.FilterInputStream {
        Input(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            return inputShut ? -1 : super.read();
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            return inputShut ? -1 : super.read(bytes, offset, length);
        }

        @Override
        public void close() throws IOException {
            XioSocket.this.close();
        }
    }

    private final class Output extends java.io.FilterOutputStream {
        Output(OutputStream out) {
            super(out);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            out.write(bytes, offset, length);
        }

        @Override
        public void close() throws IOException {
            XioSocket.this.close();
        }
    }
}
