package dev.gatehouse.watch.notice;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.kernel.address.AddressFamily;
import dev.gatehouse.kernel.metric.EventCounters;
import dev.gatehouse.kernel.metric.Metric;
import dev.gatehouse.net.sockets.Protocol;
import dev.gatehouse.net.sockets.V6Only;
import dev.gatehouse.testkit.LogGuard;
import dev.gatehouse.watch.Owners;
import dev.gatehouse.watch.Samples;
import dev.gatehouse.watch.SocketRows;
import dev.gatehouse.watch.exposure.Binding;
import dev.gatehouse.watch.exposure.Listener;
import dev.gatehouse.watch.exposure.Owner;
import dev.gatehouse.watch.exposure.Queues;
import dev.gatehouse.watch.exposure.Verdict;
import dev.gatehouse.watch.series.Cut;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class AdviceTest {

  @RegisterExtension final LogGuard log = new LogGuard();

  private final EventCounters counters = new EventCounters();
  private final Advice advice = new Advice(counters);

  private static Listener listener(Owner owner) {
    Binding binding =
        new Binding(
            Binding.OWN_NETNS,
            Protocol.TCP,
            AddressFamily.IPV4,
            SocketRows.address("0.0.0.0"),
            "",
            80,
            V6Only.UNKNOWN);
    return new Listener(
        binding, owner, 0, "", 1, false, new Queues(0, 0, -1), Verdict.UNJUDGED, "", "");
  }

  @Test
  void aTableThatShowsAllHasNoFoot() {
    assertThat(advice.about(List.of(listener(Owners.owner("nginx", 9))), 0, 0, false)).isEmpty();
    assertThat(log.events("owners_limited")).isEmpty();
  }

  @Test
  void hiddenOwnersAreToldOnceWithTheRightsThatShowThem() {
    List<Listener> hidden = List.of(listener(Owners.nobody()), listener(Owners.nobody()));
    List<String> foot = advice.about(hidden, 40, 0, false);
    assertThat(foot).singleElement().asString().startsWith("2 owners are hidden");
    assertThat(foot).singleElement().asString().contains("CAP_SYS_PTRACE", "CAP_DAC_READ_SEARCH");
    assertThat(advice.about(hidden, 40, 0, false)).isEqualTo(foot);
    assertThat(log.events("owners_limited"))
        .singleElement()
        .satisfies(
            line ->
                assertThat(line.fields())
                    .containsEntry("refused_folders", "40")
                    .containsEntry("hidden_sockets", "2"));
    assertThat(Samples.of(counters).value(Metric.COLLECTOR_CONFIG_WARNINGS, "owners_hidden"))
        .isEqualTo(1);
  }

  @Test
  void socketsBeyondTheLimitAndContainerEnginesAreTold() {
    assertThat(advice.about(List.of(), 0, 7, true))
        .hasSize(2)
        .anySatisfy(sentence -> assertThat(sentence).startsWith("7 more sockets"))
        .anySatisfy(sentence -> assertThat(sentence).contains("container engine"));
  }

  @Test
  void eachMetricThatIsCutIsToldByItself() {
    log.expect("listeners_truncated");
    Map<String, Cut> cuts =
        Map.of(
            "listening_ports", new Cut(256, 44, 256),
            "accept_queue", new Cut(256, 0, 256),
            "udp_listener", new Cut(256, 1, 256));
    advice.tellCuts(cuts, 0);
    advice.tellCuts(cuts, 1);
    assertThat(log.events("listeners_truncated"))
        .extracting(line -> line.fields().get("metric"))
        .containsExactlyInAnyOrder("listening_ports", "udp_listener");
    assertThat(log.events("listeners_truncated"))
        .filteredOn(line -> "44".equals(line.fields().get("dropped")))
        .singleElement()
        .satisfies(
            line ->
                assertThat(line.fields())
                    .containsEntry("emitted", "256")
                    .containsEntry("cap", "256"));
  }
}
