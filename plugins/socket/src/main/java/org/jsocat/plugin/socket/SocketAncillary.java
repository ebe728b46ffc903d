package org.jsocat.plugin.socket;

import org.jsocat.spi.posix.ControlMessage;
import org.jsocat.spi.posix.Linux;
import org.slf4j.Logger;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/**
 * Ancillary data of packets: the messages at the level of sockets, and what is done with those of
 * any level.
 *
 * @since 1.0
 */
public final class SocketAncillary {
    private SocketAncillary() {}

    static List<AncillaryField> read(ControlMessage message, Logger log) {
        if (message.level() != Linux.SOL_SOCKET) {
            return List.of();
        }
        if (message.type() == Linux.SO_TIMESTAMP) {
            String time = timestamp(message.data());
            return List.of(AncillaryField.of("SCM_TIMESTAMP", "timestamp", "TIMESTAMP", time));
        }
        return List.of(AncillaryField.of("SOCKET." + message.type(), "data", hex(message.data())));
    }

    /** A struct timeval as ctime(3) writes it, and its microseconds. */
    private static String timestamp(byte[] timeval) {
        ByteBuffer bytes = ByteBuffer.wrap(timeval).order(ByteOrder.nativeOrder());
        DateTimeFormatter format =
                DateTimeFormatter.ofPattern("EEE MMM ppd HH:mm:ss yyyy", Locale.ROOT)
                        .withZone(ZoneId.systemDefault());
        String time = format.format(Instant.ofEpochSecond(bytes.getLong(0)));
        return String.format(Locale.ROOT, "%s, %06d usecs", time, bytes.getLong(8));
    }

    /** Bytes in hexadecimal behind an x. */
    public static String hex(byte[] bytes) {
        StringBuilder text = new StringBuilder("x");
        for (byte b : bytes) {
            text.append(Character.forDigit(b >> 4 & 15, 16)).append(Character.forDigit(b & 15, 16));
        }
        return text.toString();
    }

    /** Logs what the ancillary data of a packet tells. */
    public static void log(List<ControlMessage> messages, AncillaryReader reader, Logger log) {
        for (ControlMessage message : messages) {
            fields(message, reader, log);
        }
    }

    /** Logs it and tells somebody each thing that is in it. */
    public static void tell(
            List<ControlMessage> messages,
            AncillaryReader reader,
            Logger log,
            Consumer<AncillaryField> told) {
        for (ControlMessage message : messages) {
            fields(message, reader, log).forEach(told);
        }
    }

    private static List<AncillaryField> fields(
            ControlMessage message, AncillaryReader reader, Logger log) {
        byte[] data = message.data();
        if (log.isDebugEnabled()) {
            log.debug(
                    "ancillary message: len={}, level={}, type={}",
                    data.length + 16,
                    message.level(),
                    message.type());
        }
        if (log.isTraceEnabled()) {
            log.trace("ancillary message: data={}", hex(data));
        }
        List<AncillaryField> fields = reader.read(message, log);
        if (fields.isEmpty()) {
            fields =
                    List.of(
                            AncillaryField.of(
                                    "LEVEL" + message.level(), "type" + message.type(), hex(data)));
        }
        for (AncillaryField field : fields) {
            log.debug("ancillary message: {}: {}={}", field.type(), field.name(), field.value());
        }
        return fields;
    }
}
