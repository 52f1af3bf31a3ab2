package dev.gatehouse.net.tls;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.gatehouse.net.tls.Reading.Unreadable;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;

/** Any bytes are certificates and keys, or have a reason why they are not. */
class CertificateFilesFuzzTest {

  private static final List<String> LABELS =
      List.of("CERTIFICATE", "PRIVATE KEY", "RSA PRIVATE KEY", "EC PRIVATE KEY", "EC PARAMETERS");

  @FuzzTest(maxDuration = "30s")
  void anyFileIsReadOrRefused(byte[] content) {
    assertTotal(content);
  }

  /** Inside a whole block, so that the search need not find Base64. */
  @FuzzTest(maxDuration = "60s")
  void anyBlockIsReadOrRefused(byte[] content) {
    if (content.length == 0) {
      return;
    }
    String label = LABELS.get(Math.floorMod(content[0], LABELS.size()));
    byte[] der = Arrays.copyOfRange(content, 1, content.length);
    // the shortest key, to which a curve may belong
    String key = "-----BEGIN EC PRIVATE KEY-----\nMAYCAQEEAQE=\n-----END EC PRIVATE KEY-----\n";
    String block =
        "-----BEGIN %s-----\n%s\n-----END %s-----\n"
            .formatted(label, Base64.getEncoder().encodeToString(der), label);
    assertTotal((label.equals("EC PARAMETERS") ? key + block : block).getBytes(US_ASCII));
  }

  private static void assertTotal(byte[] content) {
    assertTold(PemFile.parse(content).then(ChainReader::read));
    assertTold(PemFile.parse(content).then(PrivateKeyReader::read));
  }

  private static void assertTold(Reading<?> reading) {
    if (reading instanceof Unreadable<?>(String reason)) {
      assertThat(reason).isNotBlank().matches("\\P{C}*");
    }
  }
}
