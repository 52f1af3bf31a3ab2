package dev.gatehouse.tracker.flow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.kernel.address.AddressFamily;
import dev.gatehouse.kernel.metric.EventCounters;
import dev.gatehouse.kernel.metric.Metric;
import dev.gatehouse.tracker.request.Rejections;
import dev.gatehouse.wire.tracker.Event;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MeterTest {

  private final EventCounters counters = new EventCounters();
  private final Rejections rejections = new Rejections("gatehouse");

  @Test
  void everySuccessOfWhatIsServedIsThereFromTheStart() {
    meter(true);
    assertThat(samples())
        .containsEntry("TRACKER_REQUESTS l,http,announce,IPv4,", 0.0)
        .containsEntry("TRACKER_REQUESTS l,http,announce,IPv6,", 0.0)
        .containsEntry("TRACKER_REQUESTS l,http,scrape,IPv4,", 0.0)
        .containsEntry("TRACKER_RESPONSE_DURATION_SECONDS http,scrape,IPv6,", 0.0)
        .containsEntry("TRACKER_ANNOUNCE_EVENTS http,paused", 0.0)
        .doesNotContainKey("TRACKER_REQUESTS l,http,connect,IPv4,");
  }

  @Test
  void requestsAreCountedWithoutTimesToo() {
    Meter meter = meter(false);
    meter.answered(exchange(), 5);
    assertThat(samples()).containsEntry("TRACKER_REQUESTS l,http,announce,IPv4,", 1.0);
    assertThat(samples().keySet()).noneMatch(name -> name.contains("DURATION"));
    assertThat(meter.isTiming()).isFalse();
  }

  @Test
  void timesGoWithTheirOutcome() {
    Meter meter = meter(true);
    meter.answered(exchange(), 1_000_000_000L);
    meter.refused(exchange(), rejections.internal(), 2_000_000_000L);
    assertThat(
            counters
                .histogram(Metric.TRACKER_RESPONSE_DURATION_SECONDS, "http", "announce", "IPv4", "")
                .sum())
        .isEqualTo(1.0);
    assertThat(
            counters
                .histogram(
                    Metric.TRACKER_RESPONSE_DURATION_SECONDS,
                    "http",
                    "announce",
                    "IPv4",
                    "internal error")
                .sum())
        .isEqualTo(2.0);
  }

  @Test
  void aRequestOfUnknownFamilyIsCountedAsSuch() {
    Meter meter = meter(true);
    TestExchange exchange = exchange();
    exchange.begin(0);
    meter.refused(exchange, rejections.limitExceeded(), 0);
    meter.answered(exchange, 0);
    meter.notUnderstood("404");
    assertThat(samples())
        .containsEntry("TRACKER_REQUESTS l,http,unknown,Unknown,request limit exceeded", 1.0)
        .containsEntry("TRACKER_REQUESTS l,http,unknown,Unknown,", 1.0)
        .containsEntry("TRACKER_REQUESTS l,http,unknown,Unknown,404", 1.0);
  }

  @Test
  void peersAreCountedByTheirFamily() {
    Meter meter = meter(true);
    TestExchange exchange = exchange();
    byte[] endpoints = new byte[3 * 18];
    byte[] ids = new byte[3 * 20];
    exchange.selection().peers(AddressFamily.IPV4).add(endpoints, ids, 0, 2);
    exchange.selection().peers(AddressFamily.IPV6).add(endpoints, ids, 0, 3);
    meter.announced(exchange);
    assertThat(samples())
        .containsEntry("TRACKER_PEERS_RETURNED http,IPv4", 2.0)
        .containsEntry("TRACKER_PEERS_RETURNED http,IPv6", 3.0)
        .containsEntry("TRACKER_ANNOUNCE_EVENTS http,started", 1.0);
  }

  private static TestExchange exchange() {
    return TestExchange.ofAnnounce(Event.STARTED, 1, 1);
  }

  private Meter meter(boolean timing) {
    return new Meter("l", "http", timing, EnumSet.of(Action.ANNOUNCE, Action.SCRAPE), counters);
  }

  private Map<String, Double> samples() {
    Map<String, Double> samples = new HashMap<>();
    counters.collect(
        (metric, value, labels) -> samples.put(metric + " " + String.join(",", labels), value));
    return samples;
  }
}
