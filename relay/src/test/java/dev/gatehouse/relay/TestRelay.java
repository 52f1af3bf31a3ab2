package dev.gatehouse.relay;

import dev.gatehouse.config.ConfigResult;
import dev.gatehouse.config.Configuration;
import dev.gatehouse.config.source.ConfigSource;
import dev.gatehouse.kernel.address.Endpoint;
import dev.gatehouse.kernel.address.IpAddress;
import dev.gatehouse.kernel.metric.EventCounters;
import dev.gatehouse.kernel.metric.Metric;
import dev.gatehouse.net.listen.Admission;
import dev.gatehouse.net.loop.EventLoops;
import dev.gatehouse.net.loop.Transport;
import dev.gatehouse.net.tls.CertificateCheck;
import dev.gatehouse.net.tls.CertificateStore;
import dev.gatehouse.net.tls.ServerContext;
import dev.gatehouse.relay.config.CapSettings;
import dev.gatehouse.relay.config.ListenSettings;
import dev.gatehouse.relay.config.OutboxTotal;
import dev.gatehouse.relay.config.RelayConfig;
import dev.gatehouse.relay.config.SessionSettings;
import dev.gatehouse.testkit.Await;
import dev.gatehouse.testkit.ManualTicker;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;

/** A relay on a free port of loopback, with a clock that stands until it is moved. */
final class TestRelay {

  static final String ID = "5f3a1c9e-7b21-4d80-9e44-0c6b2d8f1a37";

  final ManualTicker ticker = new ManualTicker();
  final EventCounters counters = new EventCounters();
  final HttpClient http = HttpClient.newHttpClient();
  final Relay relay;
  private final EventLoops loops = new EventLoops(Transport.NIO);
  private final CertificateStore certificates =
      new CertificateStore(
          Relay.SERVICE,
          new CertificateCheck(false, Duration.ofDays(14), false),
          Duration.ofHours(1),
          ServerContext.Engine.JDK,
          counters,
          ticker);

  TestRelay(UnaryOperator<RelayConfig> change) throws Exception {
    loops.start();
    Surroundings around =
        new Surroundings(
            loops, Admission.OPEN, certificates, Optional.empty(), counters, ticker, "1.0.0");
    relay = new Relay(change.apply(defaults()), around, (listener, cause) -> {});
    relay.start();
    relay.sockets().getFirst().accept();
  }

  /** What the configuration says without a file, on any free port, with many places. */
  static RelayConfig defaults() {
    ConfigResult<RelayConfig> result =
        Configuration.of(
                root -> RelayConfig.read(root.section("relay", "the relay"), Path.of("certs")))
            .read(ConfigSource.builtIn());
    RelayConfig config = ((ConfigResult.Loaded<RelayConfig>) result).value();
    ListenSettings told = config.listen();
    ListenSettings free =
        new ListenSettings(
            new Endpoint(IpAddress.ipv4(0x7f00_0001), 0),
            told.certificate(),
            told.autocert(),
            told.minimumVersion(),
            told.domain(),
            told.proxyProtocol(),
            told.proxyHeaderTimeout(),
            told.trustedProxies(),
            told.trustForwarded());
    return with(withListen(config, free), caps(config.caps(), 100, 1000));
  }

  static CapSettings caps(CapSettings told, int connections, int burst) {
    return new CapSettings(
        connections,
        told.binaryReserve(),
        told.maxPerClient(),
        told.maxPending(),
        burst,
        told.upgradeRefill(),
        told.outboxBytes(),
        told.outboxTotal());
  }

  static RelayConfig withListen(RelayConfig told, ListenSettings listen) {
    return new RelayConfig(
        listen,
        told.http(),
        told.caps(),
        told.session(),
        told.allowedIds(),
        told.requireToken(),
        told.singleInstance(),
        told.legacyMetricNames(),
        told.drain(),
        told.push());
  }

  /** The same with the metrics of the predecessor. */
  static RelayConfig withLegacyMetrics(RelayConfig told) {
    return new RelayConfig(
        told.listen(),
        told.http(),
        told.caps(),
        told.session(),
        told.allowedIds(),
        told.requireToken(),
        told.singleInstance(),
        true,
        told.drain(),
        told.push());
  }

  static RelayConfig with(RelayConfig told, CapSettings caps) {
    return new RelayConfig(
        told.listen(),
        told.http(),
        caps,
        told.session(),
        told.allowedIds(),
        told.requireToken(),
        told.singleInstance(),
        told.legacyMetricNames(),
        told.drain(),
        told.push());
  }

  static RelayConfig with(RelayConfig told, SessionSettings session) {
    return new RelayConfig(
        told.listen(),
        told.http(),
        told.caps(),
        session,
        told.allowedIds(),
        told.requireToken(),
        told.singleInstance(),
        told.legacyMetricNames(),
        told.drain(),
        told.push());
  }

  /** The same with an outbox of that many bytes for each phone. */
  static RelayConfig withOutbox(long bytes) {
    RelayConfig told = defaults();
    CapSettings caps = told.caps();
    return with(
        told,
        new CapSettings(
            caps.maxConnections(),
            caps.binaryReserve(),
            caps.maxPerClient(),
            caps.maxPending(),
            caps.upgradeBurst(),
            caps.upgradeRefill(),
            bytes,
            new OutboxTotal(bytes)));
  }

  int port() {
    return relay.sockets().getFirst().boundAddress().port();
  }

  Peer binary(String id) {
    return Peer.open(
        http, uri("/v1/server"), "x-pyrycode-server", id, "x-pyrycode-version", "0.9.1");
  }

  Peer phone(String id) {
    return Peer.open(
        http,
        uri("/v1/client"),
        "x-pyrycode-server",
        id,
        "x-pyrycode-token",
        "s3cret-device-token",
        "x-pyrycode-device-name",
        "Pixel");
  }

  /** A phone that is registered, and whose name the binary then knows. */
  Paired pair(Peer binary, String id) {
    Peer phone = phone(id);
    phone.send("{\"hello\":1}");
    String first = binary.next();
    String name = first.substring("{\"conn_id\":\"".length(), first.indexOf("\",\"frame\""));
    return new Paired(phone, name);
  }

  record Paired(Peer phone, String name) {}

  URI uri(String path) {
    return URI.create("ws://127.0.0.1:" + port() + path);
  }

  /** Waits until something holds that other threads bring about. */
  static void await(String what, Await.Condition condition) {
    try {
      Await.until(what, condition);
    } catch (Exception e) {
      throw new AssertionError(what, e);
    }
  }

  /** Waits until every loop has looked at its deadlines twice: once with the time of before. */
  void awaitSweeps() throws Exception {
    for (int i = 0; i < 2; i++) {
      loops.group().schedule(() -> {}, 260, TimeUnit.MILLISECONDS).get();
    }
  }

  void awaitAtLeast(long count, Metric metric, String... labels) {
    await(metric + " >= " + count, () -> count(metric, labels) >= count);
  }

  /** Waits until a counter has a value. */
  void awaitCount(long count, Metric metric, String... labels) {
    await(metric + " = " + count, () -> count(metric, labels) == count);
  }

  long count(Metric metric, String... labels) {
    return counters.counter(metric, labels).sum();
  }

  void close() throws Exception {
    relay.close();
    certificates.close();
    http.shutdownNow();
    loops.close();
  }
}
