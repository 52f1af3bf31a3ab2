package dev.gatehouse.net.tls;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Date;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SelfSignedTest {

  private final Instant now = Instant.now();

  @TempDir private Path folder;

  @Test
  void vouchesForLocalhostAndItsAddresses() throws Exception {
    X509Certificate certificate = read(pair(now));
    certificate.verify(certificate.getPublicKey());
    certificate.checkValidity(Date.from(now));
    assertThat(certificate.getSubjectAlternativeNames())
        .extracting(name -> String.valueOf(name.get(1)))
        .containsExactly("localhost", "127.0.0.1", "0:0:0:0:0:0:0:1");
  }

  @Test
  void theKeyIsForItsOwnerAlone() throws Exception {
    SelfSigned pair = pair(now);
    assertThat(rights(pair.key())).isEqualTo("rw-------");
    assertThat(rights(folder.resolve("certs"))).isEqualTo("rwx------");
    assertThat(Files.readString(pair.key())).startsWith("-----BEGIN PRIVATE KEY-----");
  }

  @Test
  void staysTheSameUntilItIsAboutToExpire() throws Exception {
    X509Certificate first = read(pair(now));
    assertThat(read(pair(now.plus(300, ChronoUnit.DAYS)))).isEqualTo(first);
    assertThat(read(pair(now.plus(500, ChronoUnit.DAYS)))).isNotEqualTo(first);
  }

  @Test
  void halfAPairIsMadeAnew() throws Exception {
    SelfSigned pair = pair(now);
    X509Certificate first = read(pair);
    Files.delete(pair.key());
    assertThat(read(pair(now))).isNotEqualTo(first);
    assertThat(pair.key()).exists();
  }

  private SelfSigned pair(Instant at) throws Exception {
    return SelfSigned.forLocalhost(folder.resolve("certs"), at);
  }

  private static X509Certificate read(SelfSigned pair) throws Exception {
    try (InputStream in = Files.newInputStream(pair.certificate())) {
      return (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(in);
    }
  }

  private static String rights(Path file) throws Exception {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
  }
}
