package dev.gatehouse.watch.host;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.kernel.metric.EventCounters;
import dev.gatehouse.kernel.metric.Metric;
import dev.gatehouse.kernel.time.Ticker;
import dev.gatehouse.testkit.LogGuard;
import dev.gatehouse.watch.collector.CollectorTimings;
import dev.gatehouse.watch.collector.FixtureTree;
import dev.gatehouse.watch.collector.RecordedSamples;
import dev.gatehouse.watch.host.process.ProcessPass;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** No collector fails, or tells a negative value, whatever the files hold. */
class CutFilesTest {

  private static final Map<String, String> FILES =
      Map.ofEntries(
          Map.entry("stat", "cpu  1 2\ncpu0 1 2 3 4 5 6 7 8 9 10\nctxt 5\nbtime 6\nprocesses 7\n"),
          Map.entry("meminfo", "MemTotal: 9 kB\nMemFree: 8 kB\nBuffers: 1 kB\nCached: 1 kB\n"),
          Map.entry("vmstat", "pswpin 3\npswpout 4\n"),
          Map.entry("loadavg", "0.10 0.20 0.30 1/2 3\n"),
          Map.entry("uptime", "12.34 56.78\n"),
          Map.entry("sys/fs/file-nr", "1 0 3\n"),
          Map.entry("pressure/io", "some avg10=0.00 total=5\nfull avg10=0.00 total=6\n"),
          Map.entry("diskstats", "8 0 sda 1 2 3 4 5 6 7 8 9 10 11\n"),
          Map.entry("self/net/dev", "h\neth0:1 2 3 4 5 6 7 8 9 10 11 12\n"),
          Map.entry("self/net/snmp", "Tcp: InSegs OutSegs\nTcp: 1 2\nUdp: NoPorts\nUdp: 3\n"),
          Map.entry("self/net/snmp6", "Udp6NoPorts 4\n"),
          Map.entry("self/net/sockstat", "sockets: used 1\nTCP: inuse 1 mem 2\n"),
          Map.entry("sys/net/ipv4/tcp_mem", "1 2 3\n"),
          Map.entry("7/stat", "7 (a b) S 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20 21 22 23\n"),
          Map.entry("7/status", "Uid:\t0\t0\nVmSwap:\t5 kB\n"),
          Map.entry("7/io", "syscr: 1\nsyscw: 2\nread_bytes: 3\nwrite_bytes: 4\n"));

  private static final String TROUBLE = " \n\t:()-.=0\\\u0000ÿ9";

  @RegisterExtension final LogGuard log = new LogGuard();
  @TempDir Path folder;

  private final EventCounters counters = new EventCounters();

  @Test
  void everyBeginningOfEveryFileIsRead() {
    HostFixture host = newHost();
    HostCollectors collectors = collectors(host);
    FILES.forEach(
        (name, content) -> {
          for (int length = 0; length <= content.length(); length++) {
            host.proc().with(name, content.substring(0, length));
            collectOnce(host, collectors);
          }
        });
    assertNoFailure();
  }

  @Test
  void filesWithChangedCharactersAreRead() {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    HostFixture host = newHost();
    HostCollectors collectors = collectors(host);
    for (int round = 0; round < 100; round++) {
      FILES.forEach((name, content) -> host.proc().with(name, troubled(content, random)));
      collectOnce(host, collectors);
    }
    assertNoFailure();
  }

  private static String troubled(String content, Random random) {
    StringBuilder changed = new StringBuilder(content);
    for (int i = 0; i < 3; i++) {
      char trouble = TROUBLE.charAt(random.nextInt(TROUBLE.length()));
      changed.setCharAt(random.nextInt(changed.length()), trouble);
    }
    return changed.toString();
  }

  private void collectOnce(HostFixture host, HostCollectors collectors) {
    collectors.collect(CutFilesTest::plausible);
    ProcessPass processes = new ProcessPass(host.proc().root(), 100, 4096);
    processes.run(0, 10);
    processes.collect(CutFilesTest::plausible);
  }

  private static void plausible(Metric metric, double value, String... labels) {
    assertThat(value).as(metric.name()).isFinite().isNotNegative();
    assertThat(labels).hasSameSizeAs(metric.labels());
  }

  private void assertNoFailure() {
    RecordedSamples failures = RecordedSamples.of(counters);
    for (String collector : failures.labels(Metric.COLLECTOR_SCRAPE_PANICS, "collector")) {
      assertThat(failures.value(Metric.COLLECTOR_SCRAPE_PANICS, collector)).as(collector).isZero();
    }
  }

  private HostFixture newHost() {
    HostFixture host = new HostFixture(folder);
    FixtureTree proc = host.proc();
    FILES.forEach(proc::with);
    return host;
  }

  private HostCollectors collectors(HostFixture host) {
    return new HostCollectors(
        HostConfig.defaults(),
        host.sources(),
        Duration.ofSeconds(1),
        Ticker.system(),
        new CollectorTimings(Ticker.system(), counters));
  }
}
