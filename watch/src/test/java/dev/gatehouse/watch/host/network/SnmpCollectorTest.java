package dev.gatehouse.watch.host.network;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.kernel.metric.Metric;
import dev.gatehouse.watch.collector.FixtureTree;
import dev.gatehouse.watch.collector.RecordedSamples;
import dev.gatehouse.watch.procfs.KernelFiles;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SnmpCollectorTest {

  private static final String TCP_NAMES =
      "Tcp: RtoAlgorithm RtoMin RtoMax MaxConn ActiveOpens PassiveOpens AttemptFails EstabResets"
          + " CurrEstab InSegs OutSegs RetransSegs InErrs OutRsts InCsumErrors\n";
  private static final String TCP_VALUES =
      "Tcp: 1 200 120000 -1 733835 733578 16 20868 0 24543802 24526954 7243 0 10919 0\n";
  private static final String UDP =
      "Udp: InDatagrams NoPorts InErrors OutDatagrams RcvbufErrors SndbufErrors InCsumErrors"
          + " IgnoredMulti MemErrors\nUdp: 25913376 1785 95160 26011715 95160 0 0 0 0\n";

  @TempDir Path folder;

  @Test
  void readsTheValuesUnderTheirNames() {
    RecordedSamples samples = collect("snmp", TCP_NAMES + TCP_VALUES + UDP);
    assertThat(samples.value(Metric.NETSTAT_TCP_IN_SEGS)).isEqualTo(24543802);
    assertThat(samples.value(Metric.NETSTAT_TCP_OUT_SEGS)).isEqualTo(24526954);
    assertThat(samples.value(Metric.NETSTAT_TCP_RETRANSMITS)).isEqualTo(7243);
    assertThat(samples.value(Metric.NETSTAT_TCP_IN_ERRS)).isZero();
    assertThat(samples.value(Metric.NETSTAT_TCP_OUT_RSTS)).isEqualTo(10919);
    assertThat(samples.value(Metric.NETSTAT_TCP_ACTIVE_OPENS)).isEqualTo(733835);
    assertThat(samples.value(Metric.NETSTAT_TCP_CURR_ESTAB)).isZero();
    assertThat(samples.value(Metric.NETSTAT_UDP_NO_PORTS)).isEqualTo(1785);
    assertThat(samples.value(Metric.NETSTAT_UDP_IN_ERRORS)).isEqualTo(95160);
    assertThat(samples.value(Metric.NETSTAT_UDP_RCVBUF_ERRORS)).isEqualTo(95160);
    assertThat(samples.value(Metric.NETSTAT_UDP_SNDBUF_ERRORS)).isZero();
    assertThat(samples.size()).isEqualTo(11 + 8);
  }

  @Test
  void theOrderOfProtocolsAndNamesDoesNotMatter() {
    RecordedSamples samples =
        collect("snmp", UDP + "Tcp: InSegs New ActiveOpens\nTcp: 1 2 3\nIcmp: A\nIcmp: 4\n");
    assertThat(samples.value(Metric.NETSTAT_TCP_IN_SEGS)).isEqualTo(1);
    assertThat(samples.value(Metric.NETSTAT_TCP_ACTIVE_OPENS)).isEqualTo(3);
    assertThat(samples.value(Metric.NETSTAT_UDP_NO_PORTS)).isEqualTo(1785);
  }

  @Test
  void aValueThatIsMissingOrNegativeHasNoSeries() {
    RecordedSamples samples = collect("snmp", "Tcp: InSegs OutSegs InErrs OutRsts\nTcp: 1 -1 3\n");
    assertThat(samples.metrics())
        .containsExactlyInAnyOrder(Metric.NETSTAT_TCP_IN_SEGS, Metric.NETSTAT_TCP_IN_ERRS);
  }

  @Test
  void moreValuesThanNamesAreLeftOver() {
    assertThat(collect("snmp", "Tcp: InSegs\nTcp: 1 2\n").size()).isOne();
  }

  @Test
  void namesWithoutValuesTouchOnlyTheirOwnProtocol() {
    RecordedSamples samples = collect("snmp", TCP_NAMES + UDP);
    assertThat(samples.value(Metric.NETSTAT_UDP_NO_PORTS)).isEqualTo(1785);
    assertThat(samples.size()).isEqualTo(8);
    assertThat(collect("snmp", UDP + TCP_NAMES).size()).isEqualTo(8);
  }

  @Test
  void readsTheExtendedCounters() {
    RecordedSamples samples =
        collect(
            "netstat",
            """
            TcpExt: SyncookiesSent TCPTimeouts ListenOverflows ListenDrops TCPBacklogDrop\
             TCPSynRetrans TCPAbortOnMemory
            TcpExt: 1 2 3 4 5 6 7
            IpExt: InNoRoutes
            IpExt: 8
            """);
    assertThat(samples.value(Metric.NETSTAT_TCP_SYNCOOKIES_SENT)).isEqualTo(1);
    assertThat(samples.value(Metric.NETSTAT_TCP_TIMEOUTS)).isEqualTo(2);
    assertThat(samples.value(Metric.NETSTAT_TCP_LISTEN_OVERFLOWS)).isEqualTo(3);
    assertThat(samples.value(Metric.NETSTAT_TCP_LISTEN_DROPS)).isEqualTo(4);
    assertThat(samples.value(Metric.NETSTAT_TCP_BACKLOG_DROP)).isEqualTo(5);
    assertThat(samples.value(Metric.NETSTAT_TCP_SYN_RETRANS)).isEqualTo(6);
    assertThat(samples.value(Metric.NETSTAT_TCP_ABORT_ON_MEMORY)).isEqualTo(7);
    assertThat(samples.size()).isEqualTo(7);
  }

  @Test
  void readsTheCountersOfTheSixthVersionFromTheirList() {
    RecordedSamples samples =
        collect(
            "snmp6",
            """
            Ip6InReceives                   \t1
            Ip6InUnknownProtos              \t2
            Udp6InDatagrams                 \t3
            Udp6MemErrors                   \t4
            Udp6NoPorts
            """);
    assertThat(samples.value(Metric.NETSTAT_IP6_UNKNOWN_PROTOS)).isEqualTo(2);
    assertThat(samples.value(Metric.NETSTAT_UDP6_IN_DATAGRAMS)).isEqualTo(3);
    assertThat(samples.value(Metric.NETSTAT_UDP6_MEM_ERRORS)).isEqualTo(4);
    assertThat(samples.size()).isEqualTo(3);
  }

  @Test
  void everyCounterHasASeriesOfItsOwn() {
    List<Metric> all =
        Stream.concat(KernelCounter.TABLED.stream(), KernelCounter.LISTED.stream())
            .map(KernelCounter::metric)
            .toList();
    assertThat(all).doesNotHaveDuplicates().hasSize(36);
  }

  private RecordedSamples collect(String file, String content) {
    FixtureTree proc = new FixtureTree(folder).with("self/net/" + file, content);
    return RecordedSamples.of(new SnmpCollector(proc.root(), new KernelFiles()));
  }
}
