package dev.gatehouse.net.firewall;

import dev.gatehouse.kernel.address.IpAddress;
import dev.gatehouse.kernel.lifecycle.Part;
import dev.gatehouse.kernel.metric.EventCounters;
import dev.gatehouse.kernel.metric.Metric;
import dev.gatehouse.kernel.metric.MetricSink;
import dev.gatehouse.kernel.metric.MetricSource;
import dev.gatehouse.net.firewall.CountryReader.Load;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The countries of addresses, from a file that may be replaced while it is in use.
 *
 * <p>The file is looked at from time to time. A changed one takes over in one step; one that cannot
 * be read changes nothing.
 */
public final class CountryDatabase implements CountryLookup, Part, MetricSource {

  private static final Logger log = LoggerFactory.getLogger(CountryDatabase.class);

  private final Path file;
  private final Duration pollInterval;
  private final LongAdder reloads;
  private final LongAdder failures;
  private volatile @Nullable CountryReader reader;
  private volatile @Nullable String problem;
  private @Nullable Stamp seen;
  private @Nullable ScheduledExecutorService poller;

  /** What a file looks like from outside. */
  private record Stamp(FileTime modified, long size) {

    static @Nullable Stamp of(Path file) {
      try {
        var attributes = Files.readAttributes(file, BasicFileAttributes.class);
        return new Stamp(attributes.lastModifiedTime(), attributes.size());
      } catch (IOException _) {
        return null;
      }
    }
  }

  /** A database whose file has not been read yet. */
  public CountryDatabase(Path file, Duration pollInterval, EventCounters counters) {
    this.file = file;
    this.pollInterval = pollInterval;
    this.reloads = counters.counter(Metric.FIREWALL_GEOIP_RELOADS, "ok");
    this.failures = counters.counter(Metric.FIREWALL_GEOIP_RELOADS, "error");
  }

  @Override
  public String name() {
    return "country database";
  }

  /**
   * Reads the file and says whether the rules can be kept with it: before the start, since a host
   * that cannot tell whom it means to block must not serve.
   *
   * @return what the operator is to be told, empty if nothing
   */
  public synchronized Optional<String> check(FirewallRules rules) {
    if (reader == null) {
      load();
    }
    return rules.countries().isEmpty() || reader != null
        ? Optional.empty()
        : Optional.of("firewall.geoip_db: " + file + ": " + problem + "; countries are blocked");
  }

  /** Reads the file unless that was done, and begins to look at it. */
  @Override
  public synchronized void start() {
    if (reader == null) {
      load();
      tell(problem);
    }
    long nanos = pollInterval.toNanos();
    poller = Executors.newSingleThreadScheduledExecutor(Thread.ofVirtual().name("geoip").factory());
    poller.scheduleWithFixedDelay(this::poll, nanos, nanos, TimeUnit.NANOSECONDS);
  }

  @Override
  public synchronized void close() {
    if (poller != null) {
      poller.shutdownNow();
    }
  }

  @Override
  public Optional<String> country(IpAddress address) {
    CountryReader now = reader;
    return now == null ? Optional.empty() : now.country(address);
  }

  @Override
  public void collect(MetricSink sink) {
    CountryReader now = reader;
    if (now != null) {
      double seconds = (double) now.built().getEpochSecond();
      sink.sample(Metric.FIREWALL_GEOIP_BUILD_TIMESTAMP_SECONDS, seconds);
    }
  }

  /** Reads the file if it is not what it was; a failure is told once for each such change. */
  synchronized void poll() {
    if (Objects.equals(Stamp.of(file), seen)) {
      return;
    }
    load();
    (problem == null ? reloads : failures).increment();
    tell(problem);
  }

  /** The stamp is taken first: what changes while it is read is read again. */
  private void load() {
    seen = Stamp.of(file);
    switch (CountryReader.load(file)) {
      case Load.Loaded(CountryReader loaded) -> {
        reader = loaded;
        problem = null;
      }
      case Load.Unreadable(String reason) -> problem = reason;
    }
  }

  private void tell(@Nullable String failure) {
    if (failure == null) {
      log.atInfo().setMessage("geoip_loaded").addKeyValue("file", file).log();
      return;
    }
    log.atWarn()
        .setMessage("geoip_load_failed")
        .addKeyValue("file", file)
        .addKeyValue("err", failure)
        .log();
  }
}
