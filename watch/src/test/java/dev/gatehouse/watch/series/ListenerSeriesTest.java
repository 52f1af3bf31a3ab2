package dev.gatehouse.watch.series;

import static dev.gatehouse.watch.Owners.nobody;
import static dev.gatehouse.watch.Owners.owner;
import static dev.gatehouse.watch.SocketRows.tcp;
import static dev.gatehouse.watch.SocketRows.udp;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.kernel.metric.Metric;
import dev.gatehouse.kernel.metric.MetricSink;
import dev.gatehouse.net.sockets.SocketRow;
import dev.gatehouse.net.sockets.V6Only;
import dev.gatehouse.watch.Samples;
import dev.gatehouse.watch.SocketRows;
import dev.gatehouse.watch.exposure.Binding;
import dev.gatehouse.watch.exposure.Listener;
import dev.gatehouse.watch.exposure.Owner;
import dev.gatehouse.watch.listening.FoundSocket;
import dev.gatehouse.watch.listening.ListenerFilter;
import dev.gatehouse.watch.listening.ListenerTable;
import dev.gatehouse.watch.listening.PortRange;
import dev.gatehouse.watch.listening.TableRow;
import dev.gatehouse.watch.series.ListenerSeries.Made;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ListenerSeriesTest {

  private static final int CAP = 256;

  private final ListenerSeries series = new ListenerSeries();

  private Made make(int cap, Owner owner, List<SocketRows> sockets) {
    return make(Binding.OWN_NETNS, cap, owner, sockets);
  }

  private Made make(String netns, int cap, Owner owner, List<SocketRows> sockets) {
    List<SocketRow> rows = sockets.stream().map(SocketRows::row).toList();
    List<FoundSocket> found =
        new ListenerFilter(netns, index -> "eth" + index)
            .filter(rows, PortRange.KERNEL_DEFAULT, 0, 0);
    List<Owner> owners = found.stream().map(socket -> owner).toList();
    List<Listener> listeners =
        ListenerTable.rows(found, owners, uid -> "").stream().map(TableRow::listener).toList();
    series.count(found, owners);
    return series.make(listeners, true, cap);
  }

  private Samples samples(SocketRows... sockets) {
    return Samples.of(make(CAP, owner("p", 9), List.of(sockets)).samples());
  }

  @Test
  void familiesAndProtocolsAreSeriesOfTheirOwn() {
    Samples samples = samples(tcp("0.0.0.0", 80), tcp("::", 80), tcp("::1", 53), udp("::1", 53));
    assertThat(samples.series(Metric.NETSTAT_LISTENING_PORTS))
        .containsExactlyInAnyOrder(
            "tcp, 80, ipv4, public, p",
            "tcp, 80, ipv6, public, p",
            "tcp, 53, ipv6, loopback, p",
            "udp, 53, ipv6, loopback, p");
    assertThat(samples.repeated()).isEmpty();
  }

  @Test
  void addressesOfOneProcessMergeInPortsAndNotInTheDetail() {
    Samples samples = samples(tcp("127.0.0.1", 53), tcp("127.0.0.53", 53));
    assertThat(samples.series(Metric.NETSTAT_LISTENING_PORTS)).hasSize(1);
    assertThat(samples.series(Metric.NETSTAT_LISTENING_SOCKET))
        .containsExactlyInAnyOrder(
            "tcp, 53, ipv4, loopback, p, 127.0.0.1, , , 1000, , , own",
            "tcp, 53, ipv4, loopback, p, 127.0.0.53, , , 1000, , , own");
  }

  @Test
  void twinsAreOneSeriesAndTwoSockets() {
    Samples samples = samples(tcp("0.0.0.0", 80).socket(1), tcp("0.0.0.0", 80).socket(2));
    assertThat(samples.series(Metric.NETSTAT_LISTENING_PORTS)).hasSize(1);
    assertThat(samples.value(Metric.NETSTAT_LISTENING_SOCKETS, "tcp", "public")).isEqualTo(2);
    assertThat(samples.value(Metric.NETSTAT_LISTENING_SOCKETS, "udp", "public")).isZero();
    assertThat(samples.value(Metric.NETSTAT_LISTENING_OWNERS, "fd")).isEqualTo(2);
    assertThat(samples.value(Metric.NETSTAT_LISTENING_OWNERS, "hidden")).isZero();
  }

  @Test
  void dualStackIsToldInTheDetail() {
    assertThat(
            samples(tcp("::", 443).v6Only(V6Only.NO).device(3))
                .series(Metric.NETSTAT_LISTENING_SOCKET))
        .containsExactly("tcp, 443, ipv6, public, p, ::, eth3, false, 1000, , , own");
  }

  @Test
  void otherNamespacesAreInTheDetailAlone() {
    Made made = make("web", CAP, owner("p", 9), List.of(tcp("0.0.0.0", 80)));
    Samples samples = Samples.of(made.samples());
    assertThat(samples.series(Metric.NETSTAT_LISTENING_SOCKET)).hasSize(1);
    assertThat(samples.series(Metric.NETSTAT_LISTENING_PORTS)).isEmpty();
    assertThat(samples.value(Metric.NETSTAT_LISTENING_SOCKETS, "tcp", "public")).isZero();
  }

  @Test
  void publicUdpOutlivesLoopbackTcp() {
    List<SocketRows> sockets = new ArrayList<>();
    for (int port = 1; port <= 300; port++) {
      sockets.add(tcp("127.0.0.1", port));
    }
    for (int port = 1; port <= 10; port++) {
      sockets.add(udp("0.0.0.0", port));
    }
    Made made = make(CAP, owner("p", 9), sockets);
    List<String> ports = Samples.of(made.samples()).series(Metric.NETSTAT_LISTENING_PORTS);
    assertThat(ports).hasSize(256);
    assertThat(ports).filteredOn(labels -> labels.startsWith("udp")).hasSize(10);
    assertThat(made.cuts().get("listening_ports")).isEqualTo(new Cut(256, 54, 256));
  }

  @Test
  void aFloodOfClientSocketsDropsItself() {
    List<SocketRows> sockets = new ArrayList<>();
    for (int port = 40_000; port < 40_400; port++) {
      sockets.add(udp("0.0.0.0", port));
    }
    for (int port = 1; port <= 20; port++) {
      sockets.add(tcp("127.0.0.1", port));
    }
    Made made = make(CAP, owner("p", 9), sockets);
    assertThat(Samples.of(made.samples()).series(Metric.NETSTAT_LISTENING_PORTS))
        .filteredOn(labels -> labels.startsWith("tcp"))
        .hasSize(20);
  }

  @Test
  void equalSocketsAreNeverCut() {
    List<SocketRows> sockets = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      sockets.add(tcp("0.0.0.0", 80).socket(100 + i));
    }
    assertThat(make(CAP, owner("p", 9), sockets).cuts().get("listening_ports"))
        .isEqualTo(new Cut(1, 0, 256));
  }

  @Test
  void exactlyTheCapIsNotCut() {
    List<SocketRows> sockets = new ArrayList<>();
    for (int port = 1; port <= 256; port++) {
      sockets.add(tcp("0.0.0.0", port));
    }
    assertThat(make(CAP, owner("p", 9), sockets).cuts())
        .containsEntry("listening_ports", new Cut(256, 0, 256));
    sockets.add(tcp("0.0.0.0", 257));
    assertThat(make(CAP, owner("p", 9), sockets).cuts())
        .containsEntry("listening_ports", new Cut(256, 1, 256));
  }

  @Test
  void theCutIsTheSameInAnyOrder() {
    List<SocketRows> sockets =
        new ArrayList<>(
            List.of(
                tcp("0.0.0.0", 80),
                udp("0.0.0.0", 53),
                tcp("10.0.0.1", 22),
                tcp("127.0.0.1", 1),
                tcp("::", 80)));
    List<String> expected = null;
    Random random = new Random(11);
    for (int round = 0; round < 100; round++) {
      Collections.shuffle(sockets, random);
      List<String> ports =
          Samples.of(make(3, owner("p", 9), sockets).samples())
              .series(Metric.NETSTAT_LISTENING_PORTS);
      expected = expected == null ? ports : expected;
      assertThat(ports).as("seed 11, round %d", round).isEqualTo(expected).hasSize(3);
    }
  }

  @Test
  void rootIsTheOwnersUserElseTheSockets() {
    Owner root = new Owner(owner("p", 9).resolution(), "p", 9, 0, "", "", "");
    Samples byOwner = Samples.of(make(CAP, root, List.of(tcp("0.0.0.0", 80))).samples());
    assertThat(byOwner.value(Metric.NETSTAT_ROOT_LISTENERS, "tcp", "public")).isEqualTo(1);
    Samples notRoot =
        Samples.of(make(CAP, owner("p", 9), List.of(tcp("0.0.0.0", 80).uid(0))).samples());
    assertThat(notRoot.value(Metric.NETSTAT_ROOT_LISTENERS, "tcp", "public")).isZero();
    Owner unknown = nobody();
    Samples bySocket = Samples.of(make(CAP, unknown, List.of(tcp("0.0.0.0", 80).uid(0))).samples());
    assertThat(bySocket.value(Metric.NETSTAT_ROOT_LISTENERS, "tcp", "public")).isEqualTo(1);
  }

  @Test
  void theFullestAcceptQueueIsShown() {
    Samples samples =
        samples(
            tcp("0.0.0.0", 80).socket(1).queue(50, 4096),
            tcp("0.0.0.0", 80).socket(2).queue(9, 10));
    String[] labels = {"80", "ipv4", "public", "p"};
    assertThat(samples.value(Metric.NETSTAT_ACCEPT_QUEUE_LENGTH, labels)).isEqualTo(9);
    assertThat(samples.value(Metric.NETSTAT_ACCEPT_QUEUE_LIMIT, labels)).isEqualTo(10);
  }

  @Test
  void anUnknownLimitHasNoSeries() {
    Samples samples = samples(tcp("0.0.0.0", 80).queue(3, -1));
    assertThat(samples.series(Metric.NETSTAT_ACCEPT_QUEUE_LIMIT)).isEmpty();
    assertThat(samples.series(Metric.NETSTAT_ACCEPT_QUEUE_LENGTH)).hasSize(1);
  }

  @Test
  void dropsOfASocketThatIsOpenedAgainGoOnCounting() {
    String[] labels = {"53", "ipv4", "public", "p"};
    assertThat(drops(udp("0.0.0.0", 53).socket(1).drops(5), labels)).isEqualTo(5);
    assertThat(drops(udp("0.0.0.0", 53).socket(1).drops(8), labels)).isEqualTo(8);
    assertThat(drops(udp("0.0.0.0", 53).socket(2).drops(0), labels)).isEqualTo(8);
    assertThat(drops(udp("0.0.0.0", 53).socket(2).drops(1), labels)).isEqualTo(9);
    assertThat(samples().series(Metric.NETSTAT_UDP_LISTENER_DROPS)).isEmpty();
    assertThat(drops(udp("0.0.0.0", 53).socket(3).drops(1), labels)).isEqualTo(10);
  }

  private double drops(SocketRows socket, String... labels) {
    return samples(socket).value(Metric.NETSTAT_UDP_LISTENER_DROPS, labels);
  }

  @Test
  void unknownDropsHaveNoSeries() {
    assertThat(samples(udp("0.0.0.0", 53).drops(-1)).series(Metric.NETSTAT_UDP_LISTENER_DROPS))
        .isEmpty();
  }

  @Test
  void labelsOfAnUnchangedListenerAreTheSameArrays() {
    List<String[]> first = labels(samplesOf());
    List<String[]> second = labels(samplesOf());
    assertThat(first).isNotEmpty();
    for (int i = 0; i < first.size(); i++) {
      assertThat(second.get(i)).isSameAs(first.get(i));
    }
  }

  private SampleList samplesOf() {
    return make(CAP, owner("p", 9), List.of(tcp("0.0.0.0", 80), udp("::", 53))).samples();
  }

  private static List<String[]> labels(SampleList samples) {
    List<String[]> labels = new ArrayList<>();
    MetricSink sink =
        (metric, value, values) -> {
          if (metric == Metric.NETSTAT_LISTENING_PORTS
              || metric == Metric.NETSTAT_LISTENING_SOCKET) {
            labels.add(values);
          }
        };
    samples.collect(sink);
    return labels;
  }
}
