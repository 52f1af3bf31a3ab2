package dev.gatehouse.watch.notice;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.kernel.address.AddressFamily;
import dev.gatehouse.kernel.metric.EventCounters;
import dev.gatehouse.kernel.metric.Metric;
import dev.gatehouse.net.sockets.Protocol;
import dev.gatehouse.net.sockets.V6Only;
import dev.gatehouse.watch.Owners;
import dev.gatehouse.watch.Samples;
import dev.gatehouse.watch.SocketRows;
import dev.gatehouse.watch.exposure.Binding;
import dev.gatehouse.watch.exposure.Drift;
import dev.gatehouse.watch.exposure.DriftKind;
import dev.gatehouse.watch.exposure.ExposureEvent;
import dev.gatehouse.watch.exposure.Listener;
import dev.gatehouse.watch.exposure.Queues;
import dev.gatehouse.watch.exposure.Verdict;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ChangeCountersTest {

  private static final Instant AT = Instant.EPOCH;

  private final EventCounters counters = new EventCounters();
  private final ChangeCounters changes = new ChangeCounters(counters);

  private static Listener listener(String netns, String address) {
    Binding binding =
        new Binding(
            netns,
            Protocol.TCP,
            AddressFamily.IPV4,
            SocketRows.address(address),
            "",
            80,
            V6Only.UNKNOWN);
    return new Listener(
        binding,
        Owners.owner("nginx", 9),
        0,
        "",
        1,
        false,
        new Queues(0, 0, -1),
        Verdict.UNJUDGED,
        "",
        "");
  }

  private double count(String change, String scope) {
    return Samples.of(counters).value(Metric.WATCH_LISTENER_CHANGES, change, scope);
  }

  @Test
  void everyCombinationIsThereAtZero() {
    Samples samples = Samples.of(counters);
    assertThat(samples.series(Metric.WATCH_LISTENER_CHANGES)).hasSize(9);
    assertThat(samples.series(Metric.WATCH_DRIFT_EVENTS)).hasSize(DriftKind.values().length);
    assertThat(count("opened", "public")).isZero();
  }

  @Test
  void eachChangeCountsForItsScope() {
    Listener open = listener(Binding.OWN_NETNS, "0.0.0.0");
    Listener local = listener(Binding.OWN_NETNS, "127.0.0.1");
    changes.count(
        List.of(
            new ExposureEvent.Opened(AT, open),
            new ExposureEvent.Opened(AT, local),
            new ExposureEvent.Closed(AT, local),
            new ExposureEvent.OwnerChanged(AT, open, open)));
    assertThat(count("opened", "public")).isEqualTo(1);
    assertThat(count("opened", "loopback")).isEqualTo(1);
    assertThat(count("closed", "loopback")).isEqualTo(1);
    assertThat(count("closed", "public")).isZero();
    assertThat(count("owner_changed", "public")).isEqualTo(1);
  }

  @Test
  void otherNamespacesDoNotCount() {
    changes.count(List.of(new ExposureEvent.Opened(AT, listener("web", "0.0.0.0"))));
    assertThat(count("opened", "public")).isZero();
  }

  @Test
  void onlyBeginningsOfDriftCount() {
    Drift drift = new Drift(DriftKind.MISSING, Optional.empty(), "", AT, "");
    changes.count(
        List.of(
            new ExposureEvent.DriftBegan(AT, drift), new ExposureEvent.DriftResolved(AT, drift)));
    assertThat(Samples.of(counters).value(Metric.WATCH_DRIFT_EVENTS, "missing")).isEqualTo(1);
  }
}
