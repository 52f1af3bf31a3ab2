package dev.gatehouse.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.gatehouse.config.value.Secret;
import dev.gatehouse.kernel.metric.Metric;
import dev.gatehouse.kernel.metric.MetricSink;
import dev.gatehouse.relay.TestRelay.Paired;
import dev.gatehouse.relay.config.PushSettings;
import dev.gatehouse.relay.config.RelayConfig;
import dev.gatehouse.testkit.LogGuard;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Sections 4.1 and 7.15 of the relay's specification. */
class RelayMetricsTest {

  private static final String ID = TestRelay.ID;

  @RegisterExtension final LogGuard log = new LogGuard();

  private TestRelay relay;

  @BeforeEach
  void start() throws Exception {
    relay = new TestRelay(config -> config);
  }

  @AfterEach
  void stop() throws Exception {
    relay.close();
  }

  @Test
  void everySeriesOfAnEventIsThereFromTheStart() {
    List<String> series = scrape();
    assertThat(series)
        .contains(
            "RELAY_WS_UPGRADE_ATTEMPTS[server, accept] 0",
            "RELAY_WS_UPGRADE_ATTEMPTS[server, reject_404] 0",
            "RELAY_WS_UPGRADE_ATTEMPTS[client, reject_409] 0",
            "RELAY_WS_UPGRADE_ATTEMPTS[client, reject_rate_limit] 0",
            "RELAY_REGISTER_FAILURES[no_server] 0",
            "RELAY_REGISTER_FAILURES[server_in_use] 0",
            "RELAY_REGISTER_FAILURES[phones_at_cap] 0",
            "RELAY_REGISTER_FAILURES[ratelimit] 0",
            "RELAY_REGISTER_FAILURES[capacity] 0",
            "RELAY_REGISTER_FAILURES[client_limit] 0",
            "RELAY_REGISTER_FAILURES[denied] 0",
            "RELAY_FRAMES_FORWARDED[phone_to_binary] 0",
            "RELAY_FRAMES_DROPPED[binary_to_phone, outbox_full] 0",
            "RELAY_FRAMES_DROPPED[phone_to_binary, invalid_json] 0",
            "RELAY_CONNECTIONS_CLOSED[server, conflict] 0",
            "RELAY_CONFLICT_PROBES[alive] 0",
            "RELAY_CLOSE_NOTICES[failed] 0",
            "RELAY_TAKEOVERS[] 0",
            "RELAY_RECLAIMS[] 0",
            "RELAY_GRACE_EXPIRIES[] 0");
  }

  @Test
  void dashboardsOfThePredecessorFindExactlyItsSeries() throws Exception {
    assertThat(scrape()).noneMatch(series -> series.startsWith("PYRYCODE"));
    relay.close();
    relay = new TestRelay(TestRelay::withLegacyMetrics);
    Peer binary = relay.binary(ID);
    Peer phone = relay.pair(binary, ID).phone();
    relay.awaitCount(1, Metric.RELAY_FRAMES_FORWARDED, "phone_to_binary");
    assertThat(phone.isOpen()).isTrue();
    assertThat(scrape().stream().filter(series -> series.startsWith("PYRYCODE_")))
        .hasSize(2 + 2 * 6 + 4 + 2 + 1)
        .contains(
            "PYRYCODE_RELAY_CONNECTED_BINARIES[] 1",
            "PYRYCODE_RELAY_CONNECTED_PHONES[] 1",
            "PYRYCODE_RELAY_WS_UPGRADE_ATTEMPTS[client, accept] 1",
            "PYRYCODE_RELAY_WS_UPGRADE_ATTEMPTS[server, reject_404] 0",
            "PYRYCODE_RELAY_REGISTER_FAILURES[ratelimit] 0",
            "PYRYCODE_RELAY_FRAMES_FORWARDED[phone_to_binary] 1",
            "PYRYCODE_RELAY_GRACE_EXPIRIES[] 0")
        .noneMatch(series -> series.contains("reject_503") || series.contains("denied"));
  }

  @Test
  void gaugesShowWhoIsThereAndNeverWho() {
    Peer binary = relay.binary(ID);
    Peer phone = relay.pair(binary, ID).phone();
    assertThat(phone.isOpen()).isTrue();
    assertThat(scrape())
        .contains(
            "RELAY_CONNECTED_BINARIES[] 1",
            "RELAY_CONNECTED_PHONES[] 1",
            "RELAY_GRACED_BINARIES[] 0",
            "RELAY_CONNECTIONS[] 2",
            "RELAY_CONNECTIONS_LIMIT[] 100",
            "RELAY_PENDING_CONNECTIONS[] 0",
            "RELAY_DRAINING[] 0",
            "RELAY_RATE_LIMITER_KEYS[] 1")
        .noneMatch(series -> series.contains(ID));
  }

  @Test
  void aCloseNoticeCountsWhenItIsWritten() {
    Peer binary = relay.binary(ID);
    relay.pair(binary, ID).phone().close(1000);
    assertThat(binary.next()).contains("\"close_code\":1000");
    relay.awaitCount(1, Metric.RELAY_CLOSE_NOTICES, "sent");
  }

  @Test
  void theTimeOfAMessageIsKeptForEachDirection() {
    Peer binary = relay.binary(ID);
    Paired paired = relay.pair(binary, ID);
    binary.send("{\"conn_id\":\"" + paired.name() + "\",\"frame\":1}");
    assertThat(paired.phone().next()).isEqualTo("1");
    relay.awaitCount(1, Metric.RELAY_FRAMES_FORWARDED, "binary_to_phone");
    assertThat(forwardTimes("phone_to_binary")).isEqualTo(1);
    assertThat(forwardTimes("binary_to_phone")).isEqualTo(1);
  }

  private long forwardTimes(String direction) {
    return relay.counters.histogram(Metric.RELAY_FORWARD_DURATION_SECONDS, direction).count();
  }

  @Test
  void aLowerLimitCutsNobody() {
    log.expect("conn_cap_reached");
    Peer binary = relay.binary(ID);
    Peer phone = relay.pair(binary, ID).phone();
    RelayConfig next = TestRelay.defaults();
    relay.relay.follow(TestRelay.with(next, TestRelay.caps(next.caps(), 1, 1000)));
    assertThat(relay.relay.totals().limit()).isEqualTo(1);
    assertThat(catchThrowable(() -> relay.phone(ID))).isNotNull();
    relay.awaitCount(1, Metric.RELAY_WS_UPGRADE_ATTEMPTS, "client", "reject_503");
    assertThat(binary.isOpen()).isTrue();
    assertThat(phone.isOpen()).isTrue();
  }

  @Test
  void credentialsThatAreNoneAreRefusedWithoutBeingTold() {
    RelayConfig told = TestRelay.defaults();
    PushSettings push = told.push();
    RelayConfig wrong =
        new RelayConfig(
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
                Optional.of(new Secret("s3cret")),
                push.project(),
                push.endpoint(),
                push.burst(),
                push.refill(),
                push.maxInFlight(),
                push.timeout()));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new TestRelay(config -> wrong))
        .withMessage(
            "relay.push.fcm_credentials: malformed (expected: a service-account key in JSON;"
                + " value withheld)");
  }

  private List<String> scrape() {
    List<String> series = new ArrayList<>();
    MetricSink sink =
        (metric, value, labels) ->
            series.add(metric + Arrays.toString(labels) + " " + Math.round(value));
    relay.relay.collect(sink);
    relay.counters.collect(sink);
    return series;
  }
}
