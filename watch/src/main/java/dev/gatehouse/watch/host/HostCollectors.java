package dev.gatehouse.watch.host;

import dev.gatehouse.kernel.lifecycle.Part;
import dev.gatehouse.kernel.metric.MetricSink;
import dev.gatehouse.kernel.metric.MetricSource;
import dev.gatehouse.kernel.time.Ticker;
import dev.gatehouse.watch.collector.Collector;
import dev.gatehouse.watch.collector.CollectorTimings;
import dev.gatehouse.watch.collector.Pass;
import dev.gatehouse.watch.collector.PassClock;
import dev.gatehouse.watch.host.filesystem.FilesystemLimits;
import dev.gatehouse.watch.host.filesystem.FilesystemPass;
import dev.gatehouse.watch.host.network.NetworkCollectors;
import dev.gatehouse.watch.host.process.ProcessPass;
import dev.gatehouse.watch.procfs.KernelFiles;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Measures the host: small files of the kernel at each scrape, processes and file systems in passes
 * on the thread {@code watch-host}.
 *
 * <p>Scrapes take turns, since the collectors share one buffer and remember the last values.
 */
public final class HostCollectors implements Part, MetricSource {

  private static final Duration FILESYSTEM_INTERVAL = Duration.ofSeconds(30);

  private final Ticker ticker;
  private final CollectorTimings timings;
  private final Duration passTimeout;
  private final FilesystemPass filesystems;
  private final ProcessPass processes;
  private final PassClock clock;
  private final Map<Collector, MetricSource> atScrape = new EnumMap<>(Collector.class);
  private final ReentrantLock scrape = new ReentrantLock();
  private volatile HostConfig config;

  /**
   * Collectors that have read nothing but the host's identity.
   *
   * @param passTimeout the longest wait of a scrape for passes that rested
   */
  public HostCollectors(
      HostConfig config,
      HostSources sources,
      Duration passTimeout,
      Ticker ticker,
      CollectorTimings timings) {
    this.config = config;
    this.passTimeout = passTimeout;
    this.ticker = ticker;
    this.timings = timings;
    this.filesystems = new FilesystemPass(sources.proc(), sources.filesystems(), ticker);
    this.processes =
        new ProcessPass(sources.proc(), sources.clockTicksPerSecond(), sources.pageBytes());
    this.clock = new PassClock("watch-host", ticker, timings, passes());
    fillScrape(sources);
  }

  private void fillScrape(HostSources sources) {
    KernelFiles files = new KernelFiles();
    atScrape.put(Collector.SYSTEM, new SystemCollector(sources, files));
    atScrape.put(Collector.PRESSURE, new PressureCollector(sources, files));
    atScrape.put(
        Collector.DISK,
        new DiskCollector(sources, files, () -> new NamePatterns(config.ignoreDevices())));
    atScrape.putAll(
        NetworkCollectors.of(
            sources.proc(),
            sources.sys(),
            sources.pageBytes(),
            sources.interfaceAddresses(),
            () -> new NamePatterns(config.ignoreInterfaces()),
            files));
  }

  private List<Pass> passes() {
    return List.of(
        new Pass(
            Collector.PROCESS,
            () -> runs(Collector.PROCESS) ? config.processInterval() : Duration.ZERO,
            () -> processes.run(ticker.nanos(), config.maxProcessGroups())),
        new Pass(
            Collector.FILESYSTEM,
            () -> runs(Collector.FILESYSTEM) ? FILESYSTEM_INTERVAL : Duration.ZERO,
            () -> filesystems.run(filesystemLimits())));
  }

  private FilesystemLimits filesystemLimits() {
    HostConfig now = config;
    return new FilesystemLimits(
        now.filesystemTimeout(),
        new NamePatterns(now.ignoreFilesystems()),
        new NamePatterns(now.ignoreMounts()));
  }

  @Override
  public String name() {
    return "host collectors";
  }

  @Override
  public void start() {
    clock.start();
  }

  /** Has another configuration take effect; counters go on from where they are. */
  public void reload(HostConfig next) {
    config = next;
    clock.wake();
  }

  @Override
  public void collect(MetricSink sink) {
    scrape.lock();
    try {
      atScrape.forEach(
          (collector, source) -> {
            if (runs(collector)) {
              timings.run(collector, () -> source.collect(sink));
            }
          });
    } finally {
      scrape.unlock();
    }
    clock.read(passTimeout);
    handOver(Collector.PROCESS, processes, sink);
    handOver(Collector.FILESYSTEM, filesystems, sink);
  }

  private void handOver(Collector collector, MetricSource lastResult, MetricSink sink) {
    if (runs(collector)) {
      timings.guard(collector, () -> lastResult.collect(sink));
    }
  }

  private boolean runs(Collector collector) {
    return config.collectors().contains(collector);
  }

  @Override
  public void close() {
    clock.close();
    filesystems.close();
  }
}
