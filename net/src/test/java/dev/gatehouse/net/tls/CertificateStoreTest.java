package dev.gatehouse.net.tls;

import static dev.gatehouse.net.tls.Issued.BEGIN;
import static dev.gatehouse.net.tls.Issued.END;
import static dev.gatehouse.net.tls.Issued.NOW;
import static dev.gatehouse.net.tls.TlsClient.HOST;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.kernel.metric.EventCounters;
import dev.gatehouse.kernel.metric.MetricSink;
import dev.gatehouse.net.tls.CertificateStore.Use;
import dev.gatehouse.net.tls.Issued.Recipe;
import dev.gatehouse.net.tls.ServerContext.Engine;
import dev.gatehouse.net.tls.ServerContext.MinimumVersion;
import dev.gatehouse.net.tls.ServerContext.Opening;
import dev.gatehouse.testkit.Await;
import dev.gatehouse.testkit.LeakGuard;
import dev.gatehouse.testkit.LogGuard;
import dev.gatehouse.testkit.ManualTicker;
import dev.gatehouse.wire.tls.ClientHello;
import io.netty.buffer.ByteBufAllocator;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.event.Level;

@Timeout(60)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CertificateStoreTest {

  private static final String FAILED = "certificate_reload_failed";
  private static final Duration TWO_WEEKS = Duration.ofDays(14);

  @RegisterExtension final LeakGuard leaks = new LeakGuard();
  @RegisterExtension final LogGuard logs = new LogGuard();

  @TempDir private Path parent = Path.of("");

  private Issued root;
  private Issued first;
  private Issued second;
  private Path folder = Path.of("");
  private CertificateFiles files;
  private ManualTicker ticker;
  private EventCounters counters;
  private CertificateStore store;

  @BeforeAll
  void makeOnce() throws Exception {
    root = Issued.root("Root");
    first = root.leaf(HOST);
    second = root.leaf(HOST);
  }

  @BeforeEach
  void open() throws Exception {
    folder = Files.createTempDirectory(parent, "certs");
    files = Pem.write(folder, first);
    ticker = new ManualTicker(NOW);
    counters = new EventCounters();
    store = store(Duration.ofHours(1));
  }

  @AfterEach
  void close() {
    store.close();
  }

  @Test
  void servesWhatIsInTheFilesAndShowsIt() {
    store.add(use());
    CertificateView view = view();
    CertificateView.Served served = view.served().orElseThrow();
    assertThat(served.subject()).isEqualTo("CN=www.example.org");
    assertThat(served.issuer()).isEqualTo("CN=Root");
    assertThat(served.names()).containsExactly(HOST);
    assertThat(served.notBefore()).isEqualTo(BEGIN);
    assertThat(served.notAfter()).isEqualTo(END);
    assertThat(served.chainLength()).isEqualTo(1);
    assertThat(served.sha256()).matches("[0-9a-f]{64}");
    assertThat(served.loadedAt()).isEqualTo(NOW);
    assertThat(view.problems()).isEmpty();
    assertThat(view.lastError()).isEmpty();
    assertThat(logs.events("certificate_loaded"))
        .singleElement()
        .satisfies(
            event ->
                assertThat(event.fields())
                    .containsEntry("service", "proxy")
                    .containsEntry("name", HOST)
                    .containsEntry("not_after", END.toString()));
  }

  @Test
  void everyNameHasItsSeriesFromTheStartUntilItIsRemoved() {
    store.add(use());
    store.add(new Use("other@:443", "a.example", files, MinimumVersion.TLS_1_3));
    logs.expect("certificate_problem");
    assertThat(samples())
        .containsEntry("not_after_seconds proxy www.example.org", (double) END.getEpochSecond())
        .containsEntry("problems proxy www.example.org name", 0.0)
        .containsEntry("problems proxy other@:443 name", 1.0)
        .containsEntry("reloads_total proxy www.example.org ok", 0.0)
        .containsEntry("reloads_total proxy www.example.org error", 0.0)
        .hasSize(16);
    store.remove("other@:443");
    assertThat(samples()).hasSize(8).allSatisfy((key, value) -> assertThat(key).contains(HOST));
    assertThat(store.context("other@:443")).isEmpty();
    store.remove("other@:443");
  }

  @Test
  void unchangedFilesAreNotLoadedAgain() throws Exception {
    store.add(use());
    ServerContext context = context();
    store.reload();
    Files.setLastModifiedTime(files.chain(), FileTime.from(NOW));
    store.reload();
    assertThat(context()).isSameAs(context);
    assertThat(reloads("ok")).isZero();
  }

  @Test
  void filesThatAreWrittenAnewTakeOver() throws Exception {
    store.add(use());
    Pem.write(folder, second);
    assertTakesOver(second);
  }

  @Test
  void filesThatAreRenamedOverTakeOver() throws Exception {
    store.add(use());
    CertificateFiles next = Pem.write(Files.createDirectory(folder.resolve("next")), second);
    Files.move(next.key(), files.key(), StandardCopyOption.REPLACE_EXISTING);
    Files.move(next.chain(), files.chain(), StandardCopyOption.REPLACE_EXISTING);
    assertTakesOver(second);
  }

  @Test
  void linksThatPointElsewhereTakeOver() throws Exception {
    Path archive = Files.createDirectory(folder.resolve("archive"));
    Path old = Files.createDirectory(archive.resolve("1"));
    Path next = Files.createDirectory(archive.resolve("2"));
    Pem.write(old, first);
    Pem.write(next, second);
    Path live = Files.createSymbolicLink(folder.resolve("live"), old);
    files = new CertificateFiles(live.resolve("fullchain.pem"), live.resolve("privkey.pem"));
    store.add(use());
    Path link = Files.createSymbolicLink(folder.resolve("new"), next);
    Files.move(link, live, StandardCopyOption.ATOMIC_MOVE);
    assertTakesOver(second);
  }

  private void assertTakesOver(Issued expected) {
    ServerContext before = context();
    List<String> swapped = new ArrayList<>();
    store.onSwap(
        name -> {
          swapped.add(name);
          assertThat(before.references()).as("not freed before everybody knows").isEqualTo(1);
          assertThat(context()).isNotSameAs(before);
        });
    ticker.advance(Duration.ofMinutes(5));
    store.reload();
    assertThat(fingerprint()).isEqualTo(fingerprint(expected));
    assertThat(swapped).containsExactly(HOST);
    assertThat(before.references()).isZero();
    assertThat(reloads("ok")).isEqualTo(1);
    assertThat(reloads("error")).isZero();
    assertThat(view().served().orElseThrow().loadedAt()).isEqualTo(NOW.plus(Duration.ofMinutes(5)));
  }

  @Test
  void aKeyMayComeBeforeItsCertificate() throws Exception {
    store.add(use());
    Files.writeString(files.key(), Pem.pkcs8(second.key()));
    store.reload();
    store.reload();
    assertThat(fingerprint()).isEqualTo(fingerprint(first));
    Files.writeString(files.chain(), Pem.chain(second));
    store.reload();
    assertThat(fingerprint()).isEqualTo(fingerprint(second));
    assertThat(reloads("ok")).isEqualTo(1);
    assertThat(reloads("error")).isZero();
  }

  @Test
  void aKeyWhoseCertificateDoesNotComeWithinTwoLooksIsAnErrorAndHeals() throws Exception {
    store.add(use());
    Files.writeString(files.key(), Pem.pkcs8(second.key()));
    store.reload();
    store.reload();
    assertThat(view().lastError()).isEmpty();
    logs.expect(FAILED);
    store.reload();
    store.reload();
    assertThat(view().lastError().orElseThrow()).contains("is of none of its certificates");
    assertThat(view().served()).isPresent();
    assertThat(logs.events(FAILED)).hasSize(1);
    assertThat(reloads("error")).isEqualTo(1);
    Files.writeString(files.chain(), Pem.chain(second));
    store.reload();
    assertThat(fingerprint()).isEqualTo(fingerprint(second));
    assertThat(view().lastError()).isEmpty();
  }

  @Test
  void aKeyWaitsForItsCertificateAfterAnErrorToo() throws Exception {
    logs.expect(FAILED);
    store.add(use());
    Files.writeString(files.chain(), "rubbish");
    store.reload();
    Pem.write(folder, first);
    Files.writeString(files.key(), Pem.pkcs8(second.key()));
    store.reload();
    assertThat(view().lastError()).isEmpty();
    assertThat(reloads("error")).isEqualTo(1);
    Files.writeString(files.chain(), Pem.chain(second));
    store.reload();
    assertThat(fingerprint()).isEqualTo(fingerprint(second));
  }

  @Test
  void aBrokenFileLeavesTheOldCertificateInUseIsToldOnceAndHeals() throws Exception {
    logs.expect(FAILED);
    store.add(use());
    Files.writeString(files.chain(), "rubbish");
    for (int i = 0; i < 3; i++) {
      store.reload();
    }
    assertThat(fingerprint()).isEqualTo(fingerprint(first));
    assertThat(view().lastError().orElseThrow()).startsWith(files.chain() + ": no PEM block");
    assertThat(view().problems()).as("of what is served").isEmpty();
    assertThat(reloads("error")).isEqualTo(1);
    Files.writeString(files.chain(), "other rubbish");
    store.reload();
    assertThat(reloads("error")).as("another attempt, the same error").isEqualTo(2);
    assertThat(logs.events(FAILED))
        .singleElement()
        .satisfies(event -> assertThat(event.level()).isEqualTo(Level.ERROR));
    Files.delete(files.chain());
    store.reload();
    assertThat(logs.events(FAILED)).as("a distinct error").hasSize(2);
    Pem.write(folder, second);
    store.reload();
    assertThat(fingerprint()).isEqualTo(fingerprint(second));
    assertThat(view().lastError()).isEmpty();
    assertThat(reloads("ok")).isEqualTo(1);
    assertThat(reloads("error")).isEqualTo(3);
  }

  @Test
  void anExpiredCertificateNeverReplacesAValidOne() throws Exception {
    logs.expect(FAILED);
    store.add(use());
    Pem.write(folder, expired());
    store.reload();
    assertThat(fingerprint()).isEqualTo(fingerprint(first));
    assertThat(view().lastError())
        .contains(files.chain() + ": has expired, and the one in use has not");
  }

  @Test
  void anExpiredCertificateMayReplaceAnExpiredOneAndIsServedAtTheStart() throws Exception {
    logs.expect("certificate_problem");
    Pem.write(folder, expired());
    store.add(use());
    assertThat(samples()).containsEntry("problems proxy www.example.org expired", 1.0);
    Issued other = expired();
    Pem.write(folder, other);
    store.reload();
    assertThat(fingerprint()).isEqualTo(fingerprint(other));
  }

  @Test
  void filesThatCannotBeServedAtTheStartAreLookedAtUntilTheyCan() throws Exception {
    logs.expect(FAILED);
    Files.delete(files.key());
    store.add(use());
    assertThat(store.open(HOST, hello(), ByteBufAllocator.DEFAULT))
        .isInstanceOf(Opening.Unavailable.class);
    assertThat(view().served()).isEmpty();
    assertThat(view().problems()).containsExactly(files.key() + ": no such file");
    assertThat(samples())
        .containsEntry("problems proxy www.example.org unavailable", 1.0)
        .doesNotContainKey("not_after_seconds proxy www.example.org");
    List<String> swapped = new ArrayList<>();
    store.onSwap(swapped::add);
    store.reload();
    assertThat(logs.events(FAILED)).hasSize(1);
    Pem.write(folder, second);
    store.reload();
    assertThat(fingerprint()).isEqualTo(fingerprint(second));
    assertThat(swapped).containsExactly(HOST);
    assertThat(samples()).containsEntry("problems proxy www.example.org unavailable", 0.0);
  }

  @Test
  void aMismatchAtTheStartIsAnErrorAtOnce() throws Exception {
    logs.expect(FAILED);
    Files.writeString(files.key(), Pem.pkcs8(second.key()));
    store.add(use());
    assertThat(view().lastError()).isPresent();
  }

  @Test
  void rightsThatAreGivenBackHealThoughTheFileIsTheSame() throws Exception {
    logs.expect(FAILED);
    CertificateCheck production = new CertificateCheck(true, TWO_WEEKS, true, this::roots);
    store.configure(production, Duration.ofHours(1));
    Pem.rights(files.key(), "rw-r--r--");
    store.add(use());
    assertThat(view().lastError())
        .contains(files.key() + ": everybody may read the key; chmod o-r");
    Pem.rights(files.key(), "rw-------");
    store.reload();
    assertThat(view().served()).isPresent();
  }

  @Test
  void timeBringsProblemsOfWhichEachIsToldOnce() {
    store.add(use());
    ticker.advance(Duration.between(NOW, END.minus(TWO_WEEKS)).plusSeconds(1));
    logs.expect("certificate_expiring");
    store.reload();
    store.reload();
    assertThat(view().problems())
        .containsExactly(files.chain() + ": expires at " + END + "; renew it");
    assertThat(logs.events("certificate_expiring")).hasSize(1);
    ticker.advance(TWO_WEEKS);
    logs.expect("certificate_problem");
    store.reload();
    store.reload();
    assertThat(view().problems()).singleElement().asString().contains(" expired at " + END);
    assertThat(logs.events("certificate_problem")).hasSize(1);
    assertThat(view().served()).as("better than nothing").isPresent();
    assertThat(samples()).containsEntry("problems proxy www.example.org expired", 1.0);
  }

  @Test
  void anotherCertificateMayTakeANameWhileItIsServed() throws Exception {
    store.add(use());
    ServerContext before = context();
    Path other = Files.createDirectory(folder.resolve("other"));
    store.add(new Use(HOST, HOST, Pem.write(other, second), MinimumVersion.TLS_1_2));
    assertThat(fingerprint()).isEqualTo(fingerprint(second));
    assertThat(before.references()).isZero();
    assertThat(store.views()).hasSize(1);
  }

  @Test
  void aListenerThatFailsHarmsNobodyElse() throws Exception {
    logs.expect("certificate_look_failed");
    store.add(use());
    ServerContext before = context();
    store.onSwap(
        name -> {
          throw new IllegalStateException(name);
        });
    Pem.write(folder, second);
    store.reload();
    assertThat(fingerprint()).isEqualTo(fingerprint(second));
    assertThat(before.references()).isZero();
  }

  @Test
  void looksAtTheFilesFromTimeToTimeAndSoonerWhenToldSo() throws Exception {
    store.start();
    store.add(use());
    Pem.write(folder, second);
    store.configure(check(), Duration.ofMillis(5));
    Await.until("it is found", () -> fingerprint().equals(fingerprint(second)));
  }

  @Test
  void aClosedStoreServesNothingAndTakesNothing() {
    store.add(use());
    ServerContext context = context();
    store.close();
    assertThat(context.references()).isZero();
    assertThat(store.open(HOST, hello(), ByteBufAllocator.DEFAULT))
        .isInstanceOf(Opening.Unavailable.class);
    store.reload();
    assertThatThrownBy(() -> store.add(use()))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("proxy certificates: closed");
  }

  private CertificateStore store(Duration interval) {
    return new CertificateStore("proxy", check(), interval, Engine.best(), counters, ticker);
  }

  private CertificateCheck check() {
    return new CertificateCheck(true, TWO_WEEKS, false, this::roots);
  }

  private List<X509Certificate> roots() {
    return List.of(root.certificate());
  }

  private Issued expired() throws Exception {
    return new Recipe(HOST).names(HOST).valid(BEGIN, NOW.minusSeconds(1)).signedBy(root);
  }

  private Use use() {
    return new Use(HOST, HOST, files, MinimumVersion.TLS_1_3);
  }

  private CertificateView view() {
    return store.views().getFirst();
  }

  private ServerContext context() {
    return store.context(HOST).orElseThrow();
  }

  private String fingerprint() {
    return view().served().orElseThrow().sha256();
  }

  private static String fingerprint(Issued issued) {
    return new CertificatePair(List.of(issued.certificate()), issued.key()).sha256();
  }

  private static ClientHello hello() {
    return new ClientHello(Optional.empty(), List.of(), List.of(), false);
  }

  private int reloads(String result) {
    return samples().getOrDefault("reloads_total proxy " + HOST + " " + result, -1.0).intValue();
  }

  /** By the rest of the name, and the labels. */
  private Map<String, Double> samples() {
    Map<String, Double> found = new TreeMap<>();
    MetricSink sink =
        (metric, value, labels) ->
            found.put(
                metric.fullName().replace("gatehouse_tls_certificate_", "")
                    + " "
                    + String.join(" ", labels),
                value);
    store.collect(sink);
    counters.collect(sink);
    return found;
  }
}
