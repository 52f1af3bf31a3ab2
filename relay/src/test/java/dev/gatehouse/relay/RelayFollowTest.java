package dev.gatehouse.relay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.config.value.Secret;
import dev.gatehouse.net.tls.CertificateFiles;
import dev.gatehouse.net.tls.CertificateView;
import dev.gatehouse.net.tls.SelfSigned;
import dev.gatehouse.relay.config.ListenSettings;
import dev.gatehouse.relay.config.PushSettings;
import dev.gatehouse.relay.config.RelayConfig;
import dev.gatehouse.testkit.LogGuard;
import dev.gatehouse.testkit.ManualTicker;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** What a reload changes while peers are connected. */
class RelayFollowTest {

  @RegisterExtension final LogGuard log = new LogGuard();

  @TempDir private Path folder;

  @Test
  void wakesAreSwitchedOnAndOffWithoutARestart() throws Exception {
    TestRelay relay = new TestRelay(config -> config);
    RelayConfig without = TestRelay.defaults();
    Peer binary = relay.binary(TestRelay.ID);
    assertThat(relay.relay.condition().pushesInFlight()).isEmpty();
    relay.relay.follow(withPush(without, Optional.of(new Secret(account()))));
    assertThat(relay.relay.condition().pushesInFlight()).contains(0);
    relay.relay.follow(without);
    assertThat(relay.relay.condition().pushesInFlight()).isEmpty();
    assertThat(log.events("push off: no credentials")).hasSize(2);
    assertThat(binary.isOpen()).isTrue();
    relay.close();
  }

  @Test
  void changedFilesOfACertificateAreServedAtOnce() throws Exception {
    RelayConfig config = withFiles(TestRelay.defaults(), fresh("served"));
    TestRelay relay = new TestRelay(told -> config);
    String before = shown(relay);
    Path next = fresh("next");
    for (String name : List.of(SelfSigned.CERTIFICATE, SelfSigned.KEY)) {
      Files.copy(
          next.resolve(name),
          folder.resolve("served").resolve(name),
          StandardCopyOption.REPLACE_EXISTING);
    }
    relay.relay.follow(config);
    assertThat(shown(relay)).isNotEqualTo(before);
    relay.close();
  }

  private static String shown(TestRelay relay) {
    return relay
        .relay
        .condition()
        .certificate()
        .flatMap(CertificateView::served)
        .map(CertificateView.Served::sha256)
        .orElseThrow();
  }

  private Path fresh(String name) throws IOException {
    SelfSigned _ = SelfSigned.forLocalhost(folder.resolve(name), new ManualTicker().now());
    return folder.resolve(name);
  }

  private static RelayConfig withFiles(RelayConfig config, Path files) {
    ListenSettings told = config.listen();
    return TestRelay.withListen(
        config,
        new ListenSettings(
            told.address(),
            Optional.of(
                new CertificateFiles(
                    files.resolve(SelfSigned.CERTIFICATE), files.resolve(SelfSigned.KEY))),
            told.autocert(),
            told.minimumVersion(),
            "localhost",
            told.proxyProtocol(),
            told.proxyHeaderTimeout(),
            told.trustedProxies(),
            told.trustForwarded()));
  }

  private static RelayConfig withPush(RelayConfig told, Optional<Secret> credentials) {
    PushSettings push = told.push();
    return new RelayConfig(
        told.listen(),
        told.http(),
        told.caps(),
        told.session(),
        told.allowedIds(),
        told.requireToken(),
        told.singleInstance(),
        told.legacyMetricNames(),
        told.drain(),
        new PushSettings(
            credentials,
            push.project(),
            push.endpoint(),
            push.burst(),
            push.refill(),
            push.maxInFlight(),
            push.timeout()));
  }

  private static String account() throws GeneralSecurityException {
    byte[] key = KeyPairGenerator.getInstance("RSA").generateKeyPair().getPrivate().getEncoded();
    return """
    {"type":"service_account","client_email":"a@b.example",\
    "private_key":"-----BEGIN PRIVATE KEY-----\\n%s\\n-----END PRIVATE KEY-----\\n"}
    """
        .formatted(Base64.getEncoder().encodeToString(key));
  }
}
