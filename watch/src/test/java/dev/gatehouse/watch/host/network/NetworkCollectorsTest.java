package dev.gatehouse.watch.host.network;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.kernel.metric.Metric;
import dev.gatehouse.watch.collector.Collector;
import dev.gatehouse.watch.collector.FixtureTree;
import dev.gatehouse.watch.collector.RecordedSamples;
import dev.gatehouse.watch.procfs.KernelFiles;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NetworkCollectorsTest {

  private static final String DEV_HEADING =
      """
      Inter-|   Receive                                                |  Transmit
       face |bytes    packets errs drop fifo frame compressed multicast|bytes    packets errs drop
      """;

  @TempDir Path folder;
  private FixtureTree proc;
  private FixtureTree sys;

  @BeforeEach
  void newHost() {
    proc = new FixtureTree(folder.resolve("proc"));
    sys = new FixtureTree(folder.resolve("sys"));
  }

  @ParameterizedTest
  @CsvSource({"'eth0:'", "'  eth0: '", "'eth0:    '"})
  void anInterfacesNameEndsAtTheColonWithOrWithoutABlank(String name) {
    proc.with(
        "self/net/dev", DEV_HEADING + name + "1234 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19\n");
    RecordedSamples samples = collect(Collector.NETWORK);
    assertThat(samples.value(Metric.NETWORK_BYTES, "eth0", "rx")).isEqualTo(1234);
    assertThat(samples.value(Metric.NETWORK_PACKETS, "eth0", "rx")).isEqualTo(5);
    assertThat(samples.value(Metric.NETWORK_ERRORS, "eth0", "rx")).isEqualTo(6);
    assertThat(samples.value(Metric.NETWORK_DROPS, "eth0", "rx")).isEqualTo(7);
    assertThat(samples.value(Metric.NETWORK_BYTES, "eth0", "tx")).isEqualTo(12);
    assertThat(samples.value(Metric.NETWORK_PACKETS, "eth0", "tx")).isEqualTo(13);
    assertThat(samples.value(Metric.NETWORK_ERRORS, "eth0", "tx")).isEqualTo(14);
    assertThat(samples.value(Metric.NETWORK_DROPS, "eth0", "tx")).isEqualTo(15);
  }

  @Test
  void anInterfaceHasItsSettings() {
    proc.with("self/net/dev", "eth0: 1\n");
    sys.with("class/net/eth0/address", "52:54:00:12:34:56\n")
        .with("class/net/eth0/mtu", "1500\n")
        .with("class/net/eth0/operstate", "lowerlayerdown\n")
        .with("class/net/eth0/carrier_changes", "4\n")
        .with("class/net/eth0/speed", "1000\n")
        .with("class/net/eth0/device/vendor", "x");
    RecordedSamples samples = collect(Collector.NETWORK);
    assertThat(
            samples.has(
                Metric.NETWORK,
                "eth0",
                "52:54:00:12:34:56",
                "address of eth0",
                "1500",
                "lowerlayerdown"))
        .isTrue();
    assertThat(samples.value(Metric.NETWORK_CARRIER_CHANGES, "eth0")).isEqualTo(4);
    assertThat(samples.value(Metric.NETWORK_SPEED_BYTES, "eth0")).isEqualTo(125_000_000);
  }

  @ParameterizedTest
  @CsvSource({"-1,true", "0,true", "'',true", "1000,false"})
  void aSpeedThatMeansNothingIsLeftOut(String speed, boolean device) {
    proc.with("self/net/dev", "eth0: 1\n");
    sys.with("class/net/eth0/speed", speed + "\n");
    if (device) {
      sys.with("class/net/eth0/device/vendor", "x");
    }
    assertThat(collect(Collector.NETWORK).has(Metric.NETWORK_SPEED_BYTES, "eth0")).isFalse();
  }

  @Test
  void ignoredInterfacesHaveNoSeries() {
    proc.with("self/net/dev", "vethab12: 1\nlo: 2\n");
    RecordedSamples samples = collect(Collector.NETWORK);
    assertThat(samples.labels(Metric.NETWORK_BYTES, "interface")).containsExactly("lo");
    assertThat(samples.labels(Metric.NETWORK, "interface")).containsExactly("lo");
  }

  @ParameterizedTest
  @ValueSource(strings = {"../eth0", "a\0b", ""})
  void aNameThatIsNoFileNameIsNoInterface(String name) {
    proc.with("self/net/dev", name + ": 1\n");
    assertThat(collect(Collector.NETWORK).size()).isZero();
  }

  @Test
  void pagesOfSocketMemoryAreBytes() {
    proc.with(
            "self/net/sockstat",
            """
            sockets: used 16
            TCP: inuse 1 orphan 0 tw 0 alloc 1 mem 151
            UDP: inuse 2 mem 3
            UDPLITE: inuse 0
            FRAG: inuse 5 memory 600
            MPTCP: inuse 9
            """)
        .with("self/net/sockstat6", "TCP6: inuse 4\nFRAG6: inuse 0 memory 7\n")
        .with("sys/net/ipv4/tcp_mem", "1\t2\t300\n")
        .with("sys/net/ipv4/tcp_max_orphans", "400\n");
    RecordedSamples samples = collect(Collector.SOCKSTAT);
    assertThat(samples.value(Metric.SOCKSTAT_MEMORY_BYTES, "tcp")).isEqualTo(618_496);
    assertThat(samples.value(Metric.SOCKSTAT_MEMORY_BYTES, "udp")).isEqualTo(3 * 4096);
    assertThat(samples.value(Metric.SOCKSTAT_MEMORY_BYTES, "frag")).isEqualTo(600);
    assertThat(samples.value(Metric.SOCKSTAT_MEMORY_BYTES, "frag6")).isEqualTo(7);
    assertThat(samples.value(Metric.SOCKSTAT_SOCKETS, "all", "used")).isEqualTo(16);
    assertThat(samples.value(Metric.SOCKSTAT_SOCKETS, "tcp", "alloc")).isEqualTo(1);
    assertThat(samples.value(Metric.SOCKSTAT_SOCKETS, "tcp6", "inuse")).isEqualTo(4);
    assertThat(samples.labels(Metric.SOCKSTAT_SOCKETS, "protocol")).doesNotContain("mptcp");
    assertThat(samples.value(Metric.SOCKSTAT_TCP_MEMORY_LIMIT_BYTES)).isEqualTo(300 * 4096);
    assertThat(samples.value(Metric.SOCKSTAT_TCP_ORPHAN_LIMIT)).isEqualTo(400);
    assertThat(samples.has(Metric.SOCKSTAT_TCP_TW_LIMIT)).isFalse();
  }

  @Test
  void trackedConnectionsAreThereOnlyWhereTheKernelTracksThem() {
    assertThat(collect(Collector.CONNTRACK).size()).isZero();
    proc.with("sys/net/netfilter/nf_conntrack_count", "12\n")
        .with("sys/net/netfilter/nf_conntrack_max", "262144\n");
    RecordedSamples samples = collect(Collector.CONNTRACK);
    assertThat(samples.value(Metric.CONNTRACK_ENTRIES)).isEqualTo(12);
    assertThat(samples.value(Metric.CONNTRACK_LIMIT)).isEqualTo(262_144);
  }

  private RecordedSamples collect(Collector collector) {
    return RecordedSamples.of(
        Objects.requireNonNull(
            NetworkCollectors.of(
                    proc.root(),
                    sys.root(),
                    4096,
                    name -> "address of " + name,
                    () -> name -> name.startsWith("veth"),
                    new KernelFiles())
                .get(collector)));
  }
}
