package dev.gatehouse.app;

import dev.gatehouse.app.boot.BootReport;
import dev.gatehouse.app.config.ConfigFile;
import dev.gatehouse.app.config.GatehouseConfig;
import dev.gatehouse.app.edge.EdgeStore;
import dev.gatehouse.app.log.Logging;
import dev.gatehouse.app.operation.ConfigSupply;
import dev.gatehouse.cli.Cli;
import dev.gatehouse.config.ConfigResult;
import dev.gatehouse.config.ConfigResult.Loaded;
import dev.gatehouse.config.source.ConfigSource;
import dev.gatehouse.kernel.time.Ticker;
import dev.gatehouse.proxy.ruleset.Ruleset;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/**
 * Starts the whole daemon and stops it again, so that a JVM that records (JEP 514) learns what
 * every later start will load. The launcher calls it after a build.
 */
@Command(
    name = "rehearse",
    hidden = true,
    description = "Start and stop once, for the recording of a faster start.")
final class RehearseCommand implements Callable<Integer> {

  /** A loopback address that nobody uses; if it is taken, there is no rehearsal. */
  private static final String ADDRESS = "127.127.127.127";

  private final Ticker ticker;

  RehearseCommand(Ticker ticker) {
    this.ticker = ticker;
  }

  @Override
  public Integer call() throws Exception {
    Logging.configure("info", Logging.Format.TEXT);
    Path folder = Files.createTempDirectory("gatehouse-rehearsal");
    try {
      Loaded<GatehouseConfig> config = config(folder);
      Ruleset ruleset = config.value().ruleset();
      EdgeStore edge = EdgeStore.open(folder, ruleset, ruleset, ticker.now());
      ConfigSupply nowhere = new ConfigSupply(Optional.empty(), Map.of());
      Gatehouse gatehouse = new Gatehouse(config, nowhere, edge, new BootReport(List.of()), ticker);
      gatehouse.start();
      gatehouse.close();
      return Cli.OK;
    } finally {
      remove(folder);
    }
  }

  private static Loaded<GatehouseConfig> config(Path folder) {
    String toml =
        """
        [ops]
        listen = "%s:9090"
        state = "%s"
        [[proxy.listeners]]
        addr = "%s:8443"
        [[proxy.listeners.routes]]
        hostname = "localhost"
        backend = "%s:8444"
        [watch]
        """
            .formatted(ADDRESS, folder, ADDRESS, ADDRESS);
    return switch (ConfigFile.configuration().read(ConfigSource.text("rehearsal.toml", toml))) {
      case Loaded<GatehouseConfig> loaded -> loaded;
      case ConfigResult.Refused<GatehouseConfig> refused ->
          throw new IllegalStateException(refused.problems().toString());
    };
  }

  /** The socket is gone with the daemon; what else were there should be seen, not deleted. */
  private static void remove(Path folder) throws IOException {
    Files.deleteIfExists(folder.resolve(EdgeStore.FILE));
    Files.deleteIfExists(folder);
  }
}
