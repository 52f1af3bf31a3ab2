package dev.gatehouse.net.acme;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.kernel.metric.EventCounters;
import dev.gatehouse.kernel.metric.Metric;
import dev.gatehouse.net.tls.CertificateCheck;
import dev.gatehouse.net.tls.CertificateFiles;
import dev.gatehouse.net.tls.CertificateStore;
import dev.gatehouse.net.tls.CertificateView;
import dev.gatehouse.net.tls.ServerContext;
import dev.gatehouse.testkit.LogGuard;
import dev.gatehouse.testkit.ManualTicker;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyPair;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** When a certificate is ordered and what is served meanwhile; the clock is moved by hand. */
class AcmeCertificateTest {

  private static final String DOMAIN = "relay.example.org";
  private static final Duration DAY = Duration.ofDays(1);

  @RegisterExtension final LogGuard log = new LogGuard();

  @TempDir private Path temporary;
  private final ManualTicker ticker = new ManualTicker();
  private final EventCounters counters = new EventCounters();
  private final TestAuthority authority = new TestAuthority(DOMAIN, ticker.now());
  private final CertificateCheck check = new CertificateCheck(false, Duration.ofHours(1), false);
  private final CertificateStore store =
      new CertificateStore(
          "relay", check, Duration.ofHours(1), ServerContext.Engine.JDK, counters, ticker);
  private CertificateFolder folder;
  private Path file;
  private AcmeCertificate certificate;

  @BeforeEach
  void start() throws Exception {
    folder = new CertificateFolder(temporary.resolve("certs"));
    file = CertificateFolder.file(folder.path(), DOMAIN);
    certificate = certificate();
    certificate.start();
  }

  @AfterEach
  void stop() {
    certificate.close();
    store.close();
  }

  private AcmeCertificate certificate() {
    CertificateStore.Use use =
        new CertificateStore.Use(
            "relay",
            DOMAIN,
            new CertificateFiles(file, file),
            ServerContext.MinimumVersion.TLS_1_2,
            List.of("http/1.1"));
    return new AcmeCertificate(
        use,
        folder,
        authority,
        new AcmeCertificate.Surroundings(store, check, counters, ticker, () -> 0));
  }

  @Test
  void aStartPlacesNoOrderAndTheFirstLookDoes() throws Exception {
    assertThat(authority.orders).isZero();
    assertThat(store.serves("relay")).isFalse();
    certificate.look();
    certificate.look();
    assertThat(authority.orders).isEqualTo(1);
    assertThat(store.serves("relay")).isTrue();
    assertThat(count("ok")).isEqualTo(1);
    assertThat(log.events("certificate_renewed"))
        .singleElement()
        .satisfies(
            line ->
                assertThat(line.fields())
                    .containsEntry("name", DOMAIN)
                    .containsEntry("not_after", served().notAfter().toString()));
  }

  @Test
  void theNextOneIsOrderedWhenAThirdOfTheTimeIsLeft() throws Exception {
    certificate.look();
    ticker.advance(DAY.multipliedBy(60).minusSeconds(1));
    certificate.look();
    assertThat(authority.orders).isEqualTo(1);
    authority.issuesFrom(ticker.now().minusSeconds(60));
    ticker.advance(Duration.ofSeconds(1));
    String before = served().sha256();
    certificate.look();
    assertThat(authority.orders).isEqualTo(2);
    assertThat(served().sha256()).isNotEqualTo(before);
  }

  @Test
  void theOldOneIsServedWhileOrdersFailAndTheyAreRepeatedEverLessOften() throws Exception {
    log.expect("certificate_failed");
    certificate.look();
    String before = served().sha256();
    authority.refuses("the authority cannot be reached");
    ticker.advance(DAY.multipliedBy(60));
    for (int minutes = 1; minutes <= 4; minutes *= 2) {
      certificate.look();
      ticker.advance(Duration.ofMinutes(minutes).minusSeconds(1));
      certificate.look();
      ticker.advance(Duration.ofSeconds(1));
    }
    assertThat(authority.orders).isEqualTo(1 + 3);
    assertThat(count("error")).isEqualTo(3);
    assertFailed("unreachable");
    assertThat(certificate.lastError()).contains("the authority cannot be reached");
    assertThat(served().sha256()).isEqualTo(before);
    authority.refuses("");
    authority.issuesFrom(ticker.now());
    certificate.look();
    assertThat(certificate.lastError()).isEmpty();
    assertThat(served().sha256()).isNotEqualTo(before);
  }

  @Test
  void itIsOfUseFromTheOrderToItsEnd() throws Exception {
    log.expect("certificate_failed");
    assertThat(certificate.isUsable()).isFalse();
    certificate.look();
    assertThat(certificate.isUsable()).isTrue();
    Duration left = Duration.between(ticker.now(), served().notAfter());
    authority.refuses("the authority cannot be reached");
    ticker.advance(left.minusSeconds(1));
    certificate.look();
    assertThat(certificate.isUsable()).isTrue();
    ticker.advance(Duration.ofSeconds(1));
    assertThat(certificate.isUsable()).isFalse();
  }

  @Test
  void aRestartNeedsNoOrder() throws Exception {
    certificate.look();
    store.remove("relay");
    certificate = certificate();
    certificate.start();
    assertThat(store.serves("relay")).isTrue();
    certificate.look();
    assertThat(authority.orders).isEqualTo(1);
  }

  @Test
  void whatIsForAnotherDomainCountsAsAbsent() throws Exception {
    authority.issuesFor("other.example.org");
    assertAbsent(pair());
  }

  @Test
  void whatHasExpiredCountsAsAbsent() throws Exception {
    authority.issuesFrom(ticker.now().minus(DAY.multipliedBy(91)));
    assertAbsent(pair());
  }

  @Test
  void whatHasNoKeyOfItsOwnOrIsDamagedCountsAsAbsent() throws Exception {
    assertAbsent(authority.issue(AcmeAuthority.newKey()));
    assertAbsent("-----BEGIN CERTIFICATE-----\nAA");
  }

  private void assertAbsent(String content) throws Exception {
    Files.writeString(file, content);
    certificate = certificate();
    certificate.start();
    assertThat(store.serves("relay")).isFalse();
  }

  private String pair() throws Exception {
    KeyPair key = AcmeAuthority.newKey();
    return Files.readString(folder.draft("draft", key, authority.issue(key)));
  }

  @Test
  void whatTheAuthorityIssuesForAnotherDomainIsNotTaken() throws Exception {
    log.expect("certificate_failed");
    authority.issuesFor("other.example.org");
    certificate.look();
    assertThat(store.serves("relay")).isFalse();
    assertThat(file).doesNotExist();
    assertThat(certificate.lastError().orElseThrow())
        .startsWith("what the authority issued cannot be served: ");
    assertFailed("unusable");
  }

  @Test
  void aFolderThatOthersCanReadRefusesTheStart() throws Exception {
    folder = new CertificateFolder(Files.createDirectory(temporary.resolve("open")));
    Files.setPosixFilePermissions(folder.path(), PosixFilePermissions.fromString("rwxr-xr-x"));
    assertThatThrownBy(() -> certificate().start()).isInstanceOf(FolderRefusedException.class);
  }

  @Test
  void aFolderThatCannotBeWrittenIsOneWordInTheLogToo() throws Exception {
    log.expect("certificate_failed");
    Files.createDirectories(file.resolve("in the way"));
    certificate.look();
    assertFailed("folder");
  }

  private void assertFailed(String err) {
    assertThat(log.events("certificate_failed"))
        .allSatisfy(
            line ->
                assertThat(line.fields())
                    .containsEntry("name", DOMAIN)
                    .containsEntry("err", err)
                    .containsEntry("why", certificate.lastError().orElseThrow()));
  }

  private CertificateView.Served served() {
    return store.views().getFirst().served().orElseThrow();
  }

  private long count(String outcome) {
    return counters.counter(Metric.TLS_CERTIFICATE_RENEWALS, "relay", outcome).sum();
  }
}
