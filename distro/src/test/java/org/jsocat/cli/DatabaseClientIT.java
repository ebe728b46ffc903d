package org.jsocat.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.jsocat.xio.Xio;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;

import javax.net.SocketFactory;

/** A JDBC driver whose sockets are chains of jsocat, in a program that embeds it. */
@Timeout(300)
final class DatabaseClientIT {
    @TempDir private Path folder;

    /** What the driver makes by name, with the text that it was given for it. */
    public static final class Factory extends SocketFactory {
        private final SocketFactory sockets;

        /** Made by the driver. */
        public Factory(String template) {
            sockets = Xio.socketFactory(template);
        }

        @Override
        public Socket createSocket() throws IOException {
            return sockets.createSocket();
        }

        @Override
        public Socket createSocket(String host, int port) throws IOException {
            return sockets.createSocket(host, port);
        }

        @Override
        public Socket createSocket(String host, int port, InetAddress local, int localPort)
                throws IOException {
            return sockets.createSocket(host, port, local, localPort);
        }

        @Override
        public Socket createSocket(InetAddress host, int port) throws IOException {
            return sockets.createSocket(host, port);
        }

        @Override
        public Socket createSocket(InetAddress host, int port, InetAddress local, int localPort)
                throws IOException {
            return sockets.createSocket(host, port, local, localPort);
        }
    }

    private static Connection connect(String host, int port, String template) throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("user", "postgres");
        properties.setProperty("sslmode", "disable");
        properties.setProperty("socketFactory", Factory.class.getName());
        properties.setProperty("socketFactoryArg", template);
        return DriverManager.getConnection(
                "jdbc:postgresql://" + host + ":" + port + "/postgres", properties);
    }

    @Test
    void aDriverTakesChainsForSockets() throws Exception {
        try (Database database = Database.start(folder)) {
            // Over TCP as it is, over the server's own socket, and by a name that nobody knows.
            try (Connection direct = connect("127.0.0.1", database.port(), "TCP:%h:%p");
                    Connection local =
                            connect(
                                    "no.such.host.invalid",
                                    1,
                                    "UNIX-CONNECT:" + database.socket());
                    Statement left = direct.createStatement();
                    Statement right = local.createStatement()) {
                left.execute("create table notes (id int primary key, body text)");
                left.execute(
                        "insert into notes select i, repeat('x', 1000) from"
                                + " generate_series(1, 2000) i");
                try (ResultSet rows = right.executeQuery("select body from notes")) {
                    int count = 0;
                    while (rows.next()) {
                        assertThat(rows.getString(1)).hasSize(1000);
                        count++;
                    }
                    assertThat(count).isEqualTo(2000);
                }
                try (ResultSet peer = right.executeQuery("select inet_server_addr() is null")) {
                    assertThat(peer.next()).isTrue();
                    assertThat(peer.getBoolean(1)).as("came over the UNIX socket").isTrue();
                }
                // The driver cancels a statement that lasts too long by a connection of its own.
                left.setQueryTimeout(1);
                assertThatThrownBy(() -> left.execute("select pg_sleep(60)"))
                        .isInstanceOf(SQLException.class)
                        .hasMessageContaining("cancel");
            }
            assertThatThrownBy(() -> connect("127.0.0.1", 1, "UNIX-CONNECT:" + folder + "/nobody"))
                    .isInstanceOf(SQLException.class)
                    .cause()
                    .hasMessageContaining("No such file or directory");
        }
    }
}
