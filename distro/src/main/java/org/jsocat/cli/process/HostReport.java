package org.jsocat.cli.process;

import org.jsocat.spi.posix.Errno;
import org.jsocat.spi.posix.Libc;
import org.jsocat.spi.posix.Linux;
import org.jsocat.spi.posix.NativeStrings;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** What the host has: C's types, network interfaces, the context number of VM sockets. */
public final class HostReport {
    private static final int INTERFACES = 32;
    private static final int IFREQ_BYTES = 40;
    private static final int IFNAME_BYTES = 16;
    private static final int IOCTL_VM_SOCKETS_GET_LOCAL_CID = 0x7b9;

    private HostReport() {}

    /**
     * A network interface.
     *
     * @param index its number
     * @param name its name
     */
    public record Interface(int index, String name) {}

    /** The text. */
    public static String text(Consumer<String> warnings) {
        StringBuilder out = new StringBuilder(Constants.ofTypes());
        out.append("\nIP INTERFACES\n");
        for (Interface device : interfaces(warnings)) {
            out.append(device.index() < 10 ? " " : "").append(device.index());
            out.append(": ").append(device.name()).append('\n');
        }
        if (Libc.getuid() == 0) {
            context(warnings)
                    .ifPresent(cid -> out.append("\nVSOCK_CID        = ").append(cid).append('\n'));
        }
        return out.toString();
    }

    /** The interfaces that have an address of IPv4, once for each address: netdevice(7). */
    public static List<Interface> interfaces(Consumer<String> warnings) {
        List<Interface> found = new ArrayList<>();
        int socket = Libc.socket(Linux.AF_INET, Linux.SOCK_DGRAM, 0);
        if (socket < 0) {
            String cause = Errno.text(-socket);
            warnings.accept("socket(PF_INET, SOCK_DGRAM, IPPROTO_IP): " + cause);
            return found;
        }
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment requests = arena.allocate((long) INTERFACES * IFREQ_BYTES, 8);
            MemorySegment list = arena.allocate(16, 8);
            ByteBuffer fields = list.asByteBuffer().order(ByteOrder.nativeOrder());
            fields.putInt(0, INTERFACES * IFREQ_BYTES).putLong(8, requests.address());
            int result = Libc.ioctl(socket, Linux.SIOCGIFCONF, list);
            if (result < 0) {
                warnings.accept("ioctl(" + socket + ", SIOCGIFCONF, ...): " + Errno.text(-result));
                return found;
            }
            ByteBuffer names = requests.asByteBuffer();
            for (int at = 0; at < fields.getInt(0); at += IFREQ_BYTES) {
                String name = NativeStrings.decode(names, at, IFNAME_BYTES);
                // an alias is the interface before the colon
                int colon = name.indexOf(':');
                int index = Libc.ifNametoindex(colon < 0 ? name : name.substring(0, colon));
                found.add(new Interface(index, name));
            }
            return found;
        } finally {
            Libc.close(socket);
        }
    }

    /** This host's number among virtual machines: vsock(7). */
    public static Optional<String> context(Consumer<String> warnings) {
        int fd = Libc.open("/dev/vsock", Linux.O_RDONLY, 0);
        if (fd < 0) {
            warnings.accept("open(\"/dev/vsock\", ...): " + Errno.text(-fd));
            return Optional.empty();
        }
        long cid = Libc.ioctlGetInt(fd, IOCTL_VM_SOCKETS_GET_LOCAL_CID);
        Libc.close(fd);
        if (cid < 0) {
            warnings.accept(
                    "ioctl("
                            + fd
                            + ", IOCTL_VM_SOCKETS_GET_LOCAL_CID, ...): "
                            + Errno.text((int) -cid));
            return Optional.empty();
        }
        return Optional.of(Long.toString(cid));
    }
}
