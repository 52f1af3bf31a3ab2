package dev.gatehouse.app.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.gatehouse.app.boot.BootCheck;
import dev.gatehouse.app.boot.BootRefusedException;
import dev.gatehouse.app.config.ConfigFile;
import dev.gatehouse.app.config.GatehouseConfig;
import dev.gatehouse.config.ConfigResult;
import dev.gatehouse.net.tls.CertificateCheck;
import dev.gatehouse.net.tls.SelfSigned;
import dev.gatehouse.testkit.ManualTicker;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UsableCertificateTest {

  @TempDir private Path folder;
  private final ManualTicker ticker = new ManualTicker();

  @Test
  void aMissingCertificateRefusesTheStart() {
    UsableCertificate part = part("tls_cert = 'none.pem'\ntls_key = 'none.key'");
    BootRefusedException refused = catchThrowableOfType(BootRefusedException.class, part::start);
    assertThat(refused.refusal().check()).isEqualTo(BootCheck.CERTIFICATE);
    assertThat(refused.refusal().err()).contains("none.pem", "none.key");
  }

  @Test
  void oneThatCanBeServedIsFine() throws Exception {
    SelfSigned _ = SelfSigned.forLocalhost(folder, ticker.now());
    UsableCertificate part =
        part("tls_cert = '%s'\ntls_key = '%s'".formatted(SelfSigned.CERTIFICATE, SelfSigned.KEY));
    assertThatCode(part::start).doesNotThrowAnyException();
  }

  @Test
  void withoutTlsThereIsNothingToBeLookedAt() {
    assertThatCode(part("insecure_listen = '127.0.0.1:8080'")::start).doesNotThrowAnyException();
  }

  private UsableCertificate part(String keys) {
    return new UsableCertificate(
        config("[relay]\n" + keys).in(folder).relay().listen(),
        new CertificateCheck(false, Duration.ofDays(14), false),
        ticker);
  }

  private static GatehouseConfig config(String toml) {
    return switch (ConfigFile.read("gatehouse.toml", toml, Map.of())) {
      case ConfigResult.Loaded<GatehouseConfig> loaded -> loaded.value();
      case ConfigResult.Refused<GatehouseConfig> refused ->
          throw new AssertionError(refused.problems());
    };
  }
}
