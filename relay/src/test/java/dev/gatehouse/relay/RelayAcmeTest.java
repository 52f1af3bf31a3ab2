package dev.gatehouse.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.kernel.address.Endpoint;
import dev.gatehouse.kernel.address.IpAddress;
import dev.gatehouse.kernel.metric.EventCounters;
import dev.gatehouse.kernel.time.Ticker;
import dev.gatehouse.net.acme.AcmeCertificate;
import dev.gatehouse.net.acme.AcmeSettings;
import dev.gatehouse.net.acme.OrderClock;
import dev.gatehouse.net.listen.Admission;
import dev.gatehouse.net.listen.Listener;
import dev.gatehouse.net.loop.EventLoops;
import dev.gatehouse.net.loop.Transport;
import dev.gatehouse.net.tls.CertificateCheck;
import dev.gatehouse.net.tls.CertificateFiles;
import dev.gatehouse.net.tls.CertificateStore;
import dev.gatehouse.net.tls.ServerContext;
import dev.gatehouse.relay.config.Autocert;
import dev.gatehouse.relay.config.ListenSettings;
import dev.gatehouse.relay.config.RelayConfig;
import dev.gatehouse.relay.view.ConditionView.Mode;
import dev.gatehouse.testkit.LeakGuard;
import dev.gatehouse.testkit.LogGuard;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Optional;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** A relay that gets its certificate from an authority which looks for real proofs. */
@ExtendWith(LeakGuard.class)
class RelayAcmeTest {

  private static final String DOMAIN = "relay.example.org";
  private static final String FAKE = "CN=Fake Root";

  @RegisterExtension final LogGuard log = new LogGuard();

  @TempDir private Path folder;
  private final Ticker ticker = Ticker.system();
  private final EventCounters counters = new EventCounters();
  private final CertificateCheck check = new CertificateCheck(false, Duration.ofDays(1), false);
  private final CertificateStore store =
      new CertificateStore(
          Relay.SERVICE, check, Duration.ofHours(1), ServerContext.Engine.JDK, counters, ticker);
  private final EventLoops loops = new EventLoops(Transport.NIO);
  private FakeAcme authority;
  private AcmeCertificate certificate;
  private OrderClock clock;
  private Relay relay;
  private AcmeProbe probe;

  @BeforeEach
  void start() throws Exception {
    loops.start();
    authority = new FakeAcme();
    AcmeSettings acme =
        new AcmeSettings(
            DOMAIN, authority.directory(), "admin@example.org", folder.resolve("certs"));
    certificate = certificate(acme);
    certificate.start();
    clock = new OrderClock(certificate);
    Surroundings around =
        new Surroundings(
            loops, Admission.OPEN, store, Optional.of(certificate), counters, ticker, "1.0.0");
    relay = new Relay(config(acme), around, (listener, cause) -> {});
    relay.start();
    relay.sockets().forEach(Listener::accept);
    probe = new AcmeProbe(DOMAIN, port(0), port(1));
    authority.probes(probe);
  }

  @AfterEach
  void stop() throws Exception {
    clock.close();
    relay.close();
    certificate.close();
    store.close();
    loops.close();
    authority.close();
  }

  private int port(int socket) {
    return relay.sockets().get(socket).boundAddress().port();
  }

  private AcmeCertificate certificate(AcmeSettings acme) {
    Path file = acme.folder().resolve(DOMAIN);
    return new AcmeCertificate(
        acme,
        new CertificateStore.Use(
            Relay.SERVICE,
            DOMAIN,
            new CertificateFiles(file, file),
            ServerContext.MinimumVersion.TLS_1_2,
            Relay.PROTOCOLS),
        new AcmeCertificate.Surroundings(store, check, counters, ticker, () -> 0));
  }

  private static RelayConfig config(AcmeSettings acme) {
    RelayConfig config = TestRelay.defaults();
    ListenSettings told = config.listen();
    Path file = acme.folder().resolve(DOMAIN);
    return TestRelay.withListen(
        config,
        new ListenSettings(
            told.address(),
            Optional.of(new CertificateFiles(file, file)),
            Optional.of(new Autocert(new Endpoint(IpAddress.ipv4(0x7f00_0001), 0), true, acme)),
            told.minimumVersion(),
            DOMAIN,
            told.proxyProtocol(),
            told.proxyHeaderTimeout(),
            told.trustedProxies(),
            told.trustForwarded()));
  }

  private void awaitCertificate() {
    TestRelay.await("a certificate", () -> store.serves(Relay.SERVICE));
  }

  @Test
  void noHandshakePlacesAnOrderAndTheClockDoes() throws Exception {
    assertThat(relay.condition().mode()).isEqualTo(Mode.AUTOCERT);
    assertThatThrownBy(() -> probe.issuer(DOMAIN)).isNotNull();
    assertThat(authority.orders()).isZero();
    assertThat(certificate.isUsable()).isFalse();
    clock.start();
    awaitCertificate();
    assertThat(certificate.isUsable()).isTrue();
    assertThat(authority.proven).containsExactly(FakeAcme.Way.TLS_ALPN);
    assertThat(probe.issuer(DOMAIN)).isEqualTo(FAKE);
    assertThat(authority.orders()).isEqualTo(1);
    Path file = folder.resolve("certs").resolve(DOMAIN);
    assertThat(Files.readString(file)).startsWith("-----BEGIN EC PRIVATE KEY-----");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
  }

  @Test
  void otherNamesAndNoneAreToldThatTheyAreUnknown() throws Exception {
    clock.start();
    awaitCertificate();
    for (String name : new String[] {"other.example.org", ""}) {
      assertThatThrownBy(() -> probe.issuer(name))
          .isInstanceOf(SSLException.class)
          .hasMessageContaining("unrecognized_name");
    }
    assertThat(probe.tlsAlpn(new byte[32])).isFalse();
  }

  @Test
  void httpIsTheSecondWay() throws Exception {
    authority.offers(FakeAcme.Way.HTTP);
    clock.start();
    awaitCertificate();
    assertThat(authority.proven).containsExactly(FakeAcme.Way.HTTP);
    assertThat(probe.issuer(DOMAIN)).isEqualTo(FAKE);
  }

  @Test
  void nothingElseIsServedWhereTheAuthorityAsks() {
    assertThat(probe.get("/healthz").body()).isEqualTo("{\"status\":\"ok\"}");
    for (String path : new String[] {"/", "/v1/client", "/.well-known/acme-challenge/unknown"}) {
      HttpResponse<String> response = probe.get(path);
      assertThat(response.statusCode()).isEqualTo(404);
      assertThat(response.headers().firstValue("location")).isEmpty();
    }
  }

  @Test
  void anAuthorityThatIsAwayIsAskedAgainLater() {
    log.expect("certificate_failed");
    authority.close();
    clock.start();
    TestRelay.await("a failure", () -> certificate.lastError().isPresent());
    assertThat(certificate.lastError()).contains("the authority cannot be reached");
    assertFailed("unreachable");
  }

  @Test
  void anAuthorityThatFindsNoProofIsShownTheOtherWay() {
    log.expect("certificate_failed");
    authority.findsNothing();
    clock.start();
    TestRelay.await("a failure", () -> certificate.lastError().isPresent());
    assertThat(certificate.lastError())
        .contains("the authority did not see that the domain is ours");
    assertThat(authority.orders()).isEqualTo(2);
    assertThat(store.serves(Relay.SERVICE)).isFalse();
    assertFailed("not_proven");
  }

  private void assertFailed(String err) {
    assertThat(log.events("certificate_failed").getFirst().fields())
        .containsEntry("name", DOMAIN)
        .containsEntry("err", err);
  }
}
