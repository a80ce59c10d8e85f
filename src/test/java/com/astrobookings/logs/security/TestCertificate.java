package com.astrobookings.logs.security;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.Base64;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** A certificate for localhost that it has signed itself, as an operator would lay it out. */
final class TestCertificate {

  private static final String PASSWORD = "password";

  private final Path folder;
  private final Certificate certificate;

  private TestCertificate(Path folder, Certificate certificate) {
    this.folder = folder;
    this.certificate = certificate;
  }

  /** Makes one with the tool of the JDK and writes it and its key, as PEM, into the folder. */
  static TestCertificate make(Path folder) throws Exception {
    Path file = folder.resolve("store.p12");
    keytool(file);
    KeyStore store = KeyStore.getInstance("PKCS12");
    try (InputStream bytes = Files.newInputStream(file)) {
      store.load(bytes, PASSWORD.toCharArray());
    }
    Certificate certificate = store.getCertificate("web");
    pem(folder.resolve("tls.crt"), "CERTIFICATE", certificate.getEncoded());
    byte[] key = store.getKey("web", PASSWORD.toCharArray()).getEncoded();
    pem(folder.resolve("tls.key"), "PRIVATE KEY", key);
    return new TestCertificate(folder, certificate);
  }

  private static void keytool(Path file) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                "web",
                "-keyalg",
                "EC",
                "-groupname",
                "secp256r1",
                "-dname",
                "CN=localhost",
                "-ext",
                "san=dns:localhost",
                "-validity",
                "2",
                "-storetype",
                "PKCS12",
                "-storepass",
                PASSWORD,
                "-keystore",
                file.toString())
            .redirectErrorStream(true)
            .start();
    String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(printed).isZero();
  }

  private static void pem(Path file, String type, byte[] content) throws IOException {
    String text = Base64.getMimeEncoder().encodeToString(content);
    Files.writeString(
        file, "-----BEGIN %s-----%n%s%n-----END %s-----%n".formatted(type, text, type));
  }

  Path certificateFile() {
    return folder.resolve("tls.crt");
  }

  Path keyFile() {
    return folder.resolve("tls.key");
  }

  /** For a client that trusts this certificate alone. */
  SSLContext trust() throws GeneralSecurityException, IOException {
    KeyStore trusted = KeyStore.getInstance("PKCS12");
    trusted.load(null, null);
    trusted.setCertificateEntry("web", certificate);
    TrustManagerFactory managers =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    managers.init(trusted);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, managers.getTrustManagers(), null);
    return context;
  }
}
