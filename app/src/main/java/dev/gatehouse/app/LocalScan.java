package dev.gatehouse.app;

import dev.gatehouse.cli.LocalExposure;
import dev.gatehouse.config.ConfigResult;
import dev.gatehouse.config.Configuration;
import dev.gatehouse.config.source.ConfigSource;
import dev.gatehouse.control.exposure.ExposureFilter;
import dev.gatehouse.control.exposure.ExposureMessages;
import dev.gatehouse.kernel.metric.EventCounters;
import dev.gatehouse.kernel.time.Ticker;
import dev.gatehouse.v1.Exposure;
import dev.gatehouse.watch.WatchConfig;
import dev.gatehouse.watch.scan.Watch;
import java.io.IOException;
import java.util.Set;

/** A scan without a daemon: a watch that lives for one look, with its defaults. */
final class LocalScan implements LocalExposure {

  private final Ticker ticker;
  private final String host;

  LocalScan(Ticker ticker, String host) {
    this.ticker = ticker;
    this.host = host;
  }

  @Override
  public Exposure scan(boolean allNamespaces) throws IOException {
    Watch watch = Watch.ofHost(config(allNamespaces), ticker, new EventCounters(), Set::of);
    watch.start();
    try {
      ExposureMessages messages = new ExposureMessages(host, ticker);
      return messages.exposure(watch.exposure(false), ExposureFilter.everything());
    } finally {
      close(watch);
    }
  }

  private static WatchConfig config(boolean allNamespaces) {
    ConfigSource source =
        ConfigSource.builtIn().withPreset("namespaces", allNamespaces ? "all" : "own");
    return switch (Configuration.of(WatchConfig::read).read(source)) {
      case ConfigResult.Loaded<WatchConfig> loaded -> loaded.value();
      case ConfigResult.Refused<WatchConfig> refused ->
          throw new IllegalStateException(refused.problems().toString());
    };
  }

  private static void close(Watch watch) throws IOException {
    try {
      watch.close();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }
}
