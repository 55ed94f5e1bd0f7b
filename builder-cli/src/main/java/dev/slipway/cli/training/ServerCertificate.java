package dev.slipway.cli.training;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/**
 * A certificate for one host, signed by itself, by the {@code keytool} that a JDK has.
 *
 * @param keys with the key
 * @param pem what clients are to trust
 */
record ServerCertificate(Path keys, Path pem) {
  private static final String PASSWORD = "training";

  /**
   * @param folder where to keep it
   * @throws IOException also if this Java has no {@code keytool}
   */
  static ServerCertificate of(String host, Path folder) throws IOException, InterruptedException {
    Path keys = folder.resolve("keys");
    Path pem = folder.resolve("certificate.pem");
    String name = "san=dns:" + host;
    keytool(folder, keys, "-genkeypair", "-keyalg", "RSA", "-dname", "CN=" + host, "-ext", name);
    keytool(folder, keys, "-exportcert", "-rfc", "-file", pem.toString());
    return new ServerCertificate(keys, pem);
  }

  private static void keytool(Path folder, Path keys, String... words)
      throws IOException, InterruptedException {
    Path program = Path.of(System.getProperty("java.home", ""), "bin", "keytool");
    List<String> line = new ArrayList<>(List.of(program.toString()));
    line.addAll(List.of(words));
    line.addAll(List.of("-alias", "server", "-storepass", PASSWORD));
    line.addAll(List.of("-keystore", keys.toString()));
    Process process =
        new ProcessBuilder(line)
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("log").toFile())
            .start();
    process.getOutputStream().close();
    if (process.waitFor() != 0) {
      throw new IOException("keytool failed");
    }
  }

  /** For a server that has this certificate. */
  SSLContext context() throws IOException {
    char[] password = PASSWORD.toCharArray();
    try (InputStream in = Files.newInputStream(keys)) {
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(in, password);
      KeyManagerFactory managers =
          KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      managers.init(store, password);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(managers.getKeyManagers(), null, null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new IOException(e);
    }
  }
}
