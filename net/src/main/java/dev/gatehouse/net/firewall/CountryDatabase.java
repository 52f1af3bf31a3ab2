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
import java.time.Instant;
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

  private final LongAdder reloads;
  private final LongAdder failures;
  private volatile @Nullable CountryReader reader;
  private volatile @Nullable String problem;
  private Optional<Path> file;
  private Duration pollInterval;
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

  /**
   * A database whose file has not been read yet.
   *
   * @param file empty: no country is known
   */
  public CountryDatabase(Optional<Path> file, Duration pollInterval, EventCounters counters) {
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
        : Optional.of("firewall.geoip_db: " + described() + "; countries are blocked");
  }

  private String described() {
    return file.map(path -> path + ": " + problem).orElse("none");
  }

  /** Whether countries of addresses can be told. */
  public boolean isLoaded() {
    return reader != null;
  }

  /** When the data in use was built; empty without any. */
  public Optional<Instant> built() {
    return Optional.ofNullable(reader).map(CountryReader::built);
  }

  /**
   * Looks at another file, or at another pace. What is known stays known if the file cannot be read
   * or there is none.
   */
  public synchronized void follow(Optional<Path> otherFile, Duration interval) {
    boolean moved = !otherFile.equals(file);
    file = otherFile;
    pollInterval = interval;
    if (moved) {
      poll();
    }
    if (poller != null) {
      poller.shutdownNow();
      beginPolling();
    }
  }

  /** Reads the file unless that was done, and begins to look at it. */
  @Override
  public synchronized void start() {
    if (reader == null && file.isPresent()) {
      load();
      tell(problem);
    }
    beginPolling();
  }

  private void beginPolling() {
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
    if (file.isEmpty() || Objects.equals(Stamp.of(file.get()), seen)) {
      return;
    }
    load();
    (problem == null ? reloads : failures).increment();
    tell(problem);
  }

  /** The stamp is taken first: what changes while it is read is read again. */
  private void load() {
    if (file.isEmpty()) {
      return;
    }
    seen = Stamp.of(file.get());
    switch (CountryReader.load(file.get())) {
      case Load.Loaded(CountryReader loaded) -> {
        reader = loaded;
        problem = null;
      }
      case Load.Unreadable(String reason) -> problem = reason;
    }
  }

  private void tell(@Nullable String failure) {
    if (failure == null) {
      log.atInfo().setMessage("geoip_loaded").addKeyValue("file", file.orElse(null)).log();
      return;
    }
    log.atWarn()
        .setMessage("geoip_load_failed")
        .addKeyValue("file", file.orElse(null))
        .addKeyValue("err", failure)
        .log();
  }
}
