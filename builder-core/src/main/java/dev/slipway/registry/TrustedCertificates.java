package dev.slipway.registry;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;

/** Trust in the platform's certificate authorities and in some more. */
final class TrustedCertificates {
  private TrustedCertificates() {}

  /**
   * @param files PEM, each with one certificate or more
   * @throws RegistryException if one cannot be read
   */
  static SSLContext context(List<Path> files) {
    try {
      KeyStore all = KeyStore.getInstance(KeyStore.getDefaultType());
      all.load(null, null);
      for (X509Certificate own : platform()) {
        all.setCertificateEntry("platform-" + all.size(), own);
      }
      for (Path file : files) {
        for (Certificate more : read(file)) {
          all.setCertificateEntry("configured-" + all.size(), more);
        }
      }
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, trustManagers(all), null);
      return context;
    } catch (GeneralSecurityException | IOException e) {
      throw new RegistryException("cannot set up TLS: " + e.getMessage(), null, e);
    }
  }

  private static X509Certificate[] platform() throws GeneralSecurityException {
    for (TrustManager manager : trustManagers(null)) {
      if (manager instanceof X509TrustManager x509) {
        return x509.getAcceptedIssuers();
      }
    }
    return new X509Certificate[0];
  }

  private static TrustManager[] trustManagers(@Nullable KeyStore store)
      throws GeneralSecurityException {
    TrustManagerFactory factory =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(store);
    return factory.getTrustManagers();
  }

  private static Iterable<? extends Certificate> read(Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      return CertificateFactory.getInstance("X.509").generateCertificates(in);
    } catch (GeneralSecurityException | IOException e) {
      throw new RegistryException(
          "cannot read certificates from \"" + file + "\": " + e.getMessage(),
          "expected a file with certificates in PEM form",
          e);
    }
  }
}
