package dev.gatehouse.bench.tracker;

import dev.gatehouse.config.ConfigResult;
import dev.gatehouse.config.Configuration;
import dev.gatehouse.config.source.ConfigSource;
import dev.gatehouse.kernel.metric.EventCounters;
import dev.gatehouse.kernel.time.Ticker;
import dev.gatehouse.net.listen.Admission;
import dev.gatehouse.net.loop.EventLoops;
import dev.gatehouse.net.loop.Transport;
import dev.gatehouse.net.tls.CertificateCheck;
import dev.gatehouse.net.tls.CertificateStore;
import dev.gatehouse.net.tls.ServerContext.Engine;
import dev.gatehouse.tracker.Tracker;
import dev.gatehouse.tracker.config.TrackerConfig;
import dev.gatehouse.tracker.flow.Surroundings;
import dev.gatehouse.tracker.rule.MemoryRules;
import dev.gatehouse.tracker.rule.OperatorRules;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;

/** A tracker alone, as it is within the daemon. */
public final class TrackerServer {

  private TrackerServer() {}

  /** Arguments: port, and workers for UDP. Runs until it is killed. */
  public static void main(String[] arguments) throws Exception {
    Tracker tracker = tracker(Integer.parseInt(arguments[0]), Integer.parseInt(arguments[1]));
    tracker.start();
    tracker.accept();
    Thread.currentThread().join();
  }

  /** A tracker on a port of loopback that is not started yet. */
  static Tracker tracker(int port, int workers) {
    return tracker(
        """
        [[tracker.http]]
        addr = "127.0.0.1:%1$d"
        [[tracker.udp]]
        addr = "127.0.0.1:%1$d"
        workers = %2$d
        """
            .formatted(port, workers));
  }

  private static Tracker tracker(String toml) {
    EventLoops loops = new EventLoops(Transport.AUTO);
    loops.start();
    EventCounters counters = new EventCounters();
    Ticker ticker = Ticker.system();
    CertificateStore certificates =
        new CertificateStore(
            Tracker.SERVICE,
            new CertificateCheck(false, Duration.ofDays(1), false),
            Duration.ofHours(1),
            Engine.best(),
            counters,
            ticker);
    Surroundings around =
        new Surroundings(
            loops,
            Admission.OPEN,
            counters,
            ticker,
            new SecureRandom(),
            Duration.ofSeconds(1),
            Path.of(System.getProperty("java.io.tmpdir")),
            true);
    return new Tracker(
        config(toml),
        certificates,
        new OperatorRules(new MemoryRules()),
        around,
        TrackerServer::failed);
  }

  private static void failed(String name, Throwable cause) {
    throw new IllegalStateException(name, cause);
  }

  private static TrackerConfig config(String toml) {
    var result =
        Configuration.of(root -> TrackerConfig.read(root.section("tracker", "the tracker")))
            .read(ConfigSource.text("bench.toml", toml));
    return switch (result) {
      case ConfigResult.Loaded<TrackerConfig> loaded -> loaded.value();
      case ConfigResult.Refused<TrackerConfig> refused ->
          throw new IllegalStateException(refused.problems().toString());
    };
  }
}
