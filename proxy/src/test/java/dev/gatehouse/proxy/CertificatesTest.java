package dev.gatehouse.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.kernel.metric.EventCounters;
import dev.gatehouse.kernel.time.Ticker;
import dev.gatehouse.net.tls.CertificateCheck;
import dev.gatehouse.net.tls.CertificateStore;
import dev.gatehouse.net.tls.CertificateView;
import dev.gatehouse.net.tls.SelfSigned;
import dev.gatehouse.net.tls.ServerContext.Engine;
import dev.gatehouse.proxy.config.ListenerConfig;
import dev.gatehouse.proxy.route.Route;
import dev.gatehouse.proxy.route.RouteMode;
import dev.gatehouse.proxy.route.TlsVersion;
import dev.gatehouse.proxy.ruleset.Rulesets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CertificatesTest {

  private static final String ONE = "127.0.0.1:443";
  private static final String OTHER = "127.0.0.2:443";
  private static final String HOST = "localhost";
  private static final CertificateCheck CHECK =
      new CertificateCheck(false, Duration.ofDays(1), false);

  @TempDir private Path folder = Path.of("");

  private SelfSigned pair;
  private CertificateStore store;
  private Certificates certificates;

  @BeforeEach
  void open() throws Exception {
    pair = SelfSigned.forLocalhost(folder, Ticker.system().now());
    store =
        new CertificateStore(
            "proxy",
            CHECK,
            Duration.ofHours(1),
            Engine.best(),
            new EventCounters(),
            Ticker.system());
    certificates = new Certificates(store, TlsVersion.TLS_1_3);
  }

  @AfterEach
  void close() {
    store.close();
  }

  @Test
  void aCertificateIsKnownByItsRoute() {
    certificates.follow(List.of(listener(ONE, l7(HOST))));
    assertThat(names()).containsExactly(HOST);
    assertThat(certificates.name(ONE, Rulesets.name(HOST))).isEqualTo(HOST);
    assertThat(certificates.isServed(ONE, Rulesets.name(HOST))).isTrue();
  }

  @Test
  void aNameOfSeveralListenersIsToldWithTheListener() {
    certificates.follow(List.of(listener(ONE, l7(HOST)), listener(OTHER, l7(HOST))));
    assertThat(names()).containsExactly("localhost@127.0.0.1:443", "localhost@127.0.0.2:443");
    assertThat(certificates.name(OTHER, Rulesets.name(HOST))).isEqualTo("localhost@127.0.0.2:443");
    assertThat(certificates.isServed(OTHER, Rulesets.name(HOST))).isTrue();
  }

  @Test
  void routesThatPassBytesOnNeedNone() {
    certificates.follow(List.of(listener(ONE, Rulesets.route(HOST, "127.0.0.1:9"))));
    assertThat(names()).isEmpty();
    assertThat(certificates.isServed(ONE, Rulesets.name(HOST))).isFalse();
  }

  @Test
  void anotherRouteDoesNotLoadTheFirstAgain() {
    certificates.follow(List.of(listener(ONE, l7(HOST))));
    CertificateView before = store.views().getFirst();
    certificates.follow(List.of(listener(ONE, l7(HOST), l7("b.example"))));
    assertThat(names()).containsExactly("b.example", HOST);
    assertThat(store.views().getLast()).isEqualTo(before);
  }

  @Test
  void whatIsNotNeededAnyMoreIsServedUntilNobodyIsLedThere() {
    certificates.follow(List.of(listener(ONE, l7(HOST), l7("b.example"))));
    certificates.follow(List.of(listener(ONE, l7("b.example"))));
    assertThat(names()).containsExactly("b.example", HOST);
    certificates.forgetRest();
    assertThat(names()).containsExactly("b.example");
  }

  @Test
  void whatIsNeededAgainIsNotForgotten() {
    certificates.follow(List.of(listener(ONE, l7(HOST))));
    certificates.follow(List.of(listener(ONE)));
    certificates.follow(List.of(listener(ONE, l7(HOST))));
    certificates.forgetRest();
    assertThat(certificates.isServed(ONE, Rulesets.name(HOST))).isTrue();
  }

  @Test
  void aSecondListenerOfTheNameChangesWhatItIsCalled() {
    certificates.follow(List.of(listener(ONE, l7(HOST))));
    certificates.follow(List.of(listener(ONE, l7(HOST)), listener(OTHER, l7(HOST))));
    assertThat(certificates.isServed(ONE, Rulesets.name(HOST))).isTrue();
    certificates.forgetRest();
    assertThat(names()).containsExactly("localhost@127.0.0.1:443", "localhost@127.0.0.2:443");
  }

  @Test
  void filesThatCannotBeServedAreUnavailable() throws Exception {
    Files.writeString(pair.certificate(), "nothing");
    certificates.follow(List.of(listener(ONE, l7(HOST))));
    assertThat(certificates.isServed(ONE, Rulesets.name(HOST))).isFalse();
    assertThat(names()).containsExactly(HOST);
  }

  @Test
  void onlyFilesThatAreNewAreLookedAtBeforehand() throws Exception {
    List<ListenerConfig> listeners = List.of(listener(ONE, l7(HOST)));
    certificates.follow(listeners);
    Files.writeString(pair.certificate(), "nothing");
    assertThat(certificates.problems(listeners, CHECK, Ticker.system().now())).isEmpty();
    Certificates others = new Certificates(store, TlsVersion.TLS_1_3);
    assertThat(others.problems(listeners, CHECK, Ticker.system().now())).isNotEmpty();
  }

  @Test
  void anotherOldestVersionIsServedFromThenOn() {
    List<ListenerConfig> listeners = List.of(listener(ONE, l7(HOST)));
    certificates.follow(listeners);
    CertificateView before = store.views().getFirst();
    certificates.minimum(TlsVersion.TLS_1_3, listeners);
    assertThat(store.views().getFirst()).isEqualTo(before);
    certificates.minimum(TlsVersion.TLS_1_2, listeners);
    assertThat(certificates.isServed(ONE, Rulesets.name(HOST))).isTrue();
  }

  private List<String> names() {
    return store.views().stream().map(CertificateView::name).toList();
  }

  private static ListenerConfig listener(String address, Route... routes) {
    return Rulesets.listener(address, routes);
  }

  private Route l7(String hostname) {
    Route plain = Rulesets.route(hostname, "127.0.0.1:9");
    return new Route(
        plain.hostname(),
        RouteMode.L7,
        plain.backends(),
        plain.balance(),
        plain.healthInterval(),
        plain.header(),
        plain.idleTimeout(),
        plain.l7().withCertificate(pair.certificate().toString(), pair.key().toString()));
  }
}
