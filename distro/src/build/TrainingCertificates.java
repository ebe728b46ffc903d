import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;
import java.util.List;

/** Certificates of the kinds in use, made by the JDK's own tool, for the training of TLS. */
final class TrainingCertificates {
    private static final String PASSWORD = "training";

    private TrainingCertificates() {}

    /** Makes rsa.pem and ec.pem, each with a key and its certificate; returns their folder. */
    static Path make(Path folder) throws IOException, InterruptedException {
        Files.createDirectories(folder);
        make(folder, "rsa", List.of("-keyalg", "RSA", "-keysize", "2048"));
        make(folder, "ec", List.of("-keyalg", "EC", "-groupname", "secp256r1"));
        return folder;
    }

    private static void make(Path folder, String name, List<String> kind)
            throws IOException, InterruptedException {
        Path store = folder.resolve(name + ".p12");
        Files.deleteIfExists(store);
        ProcessBuilder tool =
                new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                        "-genkeypair",
                        "-alias",
                        name,
                        "-dname",
                        "CN=localhost",
                        "-ext",
                        "san=dns:localhost",
                        "-validity",
                        "30",
                        "-storepass",
                        PASSWORD,
                        "-keystore",
                        store.toString());
        tool.command().addAll(kind);
        int status = tool.inheritIO().start().waitFor();
        if (status != 0) {
            throw new IOException("keytool ended with status " + status);
        }
        char[] password = PASSWORD.toCharArray();
        try (InputStream bytes = new FileInputStream(store.toFile())) {
            KeyStore keys = KeyStore.getInstance("PKCS12");
            keys.load(bytes, password);
            Files.writeString(
                    folder.resolve(name + ".pem"),
                    block("PRIVATE KEY", keys.getKey(name, password).getEncoded())
                            + block("CERTIFICATE", keys.getCertificate(name).getEncoded()));
        } catch (GeneralSecurityException unreadable) {
            throw new IOException(unreadable);
        }
    }

    private static String block(String label, byte[] content) {
        return "-----BEGIN "
                + label
                + "-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(content)
                + "\n-----END "
                + label
                + "-----\n";
    }
}
