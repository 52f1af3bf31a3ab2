package dev.gatehouse.app;

import dev.gatehouse.app.boot.BootCheck;
import dev.gatehouse.app.boot.BootReport;
import dev.gatehouse.app.boot.Finding;
import dev.gatehouse.app.config.ConfigFile;
import dev.gatehouse.app.config.ConfigOption;
import dev.gatehouse.app.config.GatehouseConfig;
import dev.gatehouse.app.config.Problems;
import dev.gatehouse.app.dropin.Variables;
import dev.gatehouse.app.edge.EdgeStore;
import dev.gatehouse.app.operation.ConfigSupply;
import dev.gatehouse.app.start.Signals;
import dev.gatehouse.app.start.StateFolder;
import dev.gatehouse.cli.Cli;
import dev.gatehouse.cli.terminal.Terminal;
import dev.gatehouse.config.ConfigResult;
import dev.gatehouse.config.tree.ConfigProblem;
import dev.gatehouse.kernel.time.Ticker;
import dev.gatehouse.proxy.store.StoreException;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Starts the daemon and is it until it ends. */
@Command(
    name = "run",
    description = "Run the daemon in the foreground.",
    footer = {
      "",
      "Without a configuration file every service starts on loopback with its defaults.",
      "",
      "Examples:",
      "  gatehouse run",
      "  gatehouse run --config /etc/gatehouse/gatehouse.toml"
    })
final class RunCommand implements Callable<Integer> {

  @Mixin private ConfigOption config = new ConfigOption();

  private final Terminal terminal;
  private final Ticker ticker;

  RunCommand(Terminal terminal, Ticker ticker) {
    this.terminal = terminal;
    this.ticker = ticker;
  }

  @Override
  public Integer call() throws IOException {
    return switch (ConfigFile.read(config.file(), terminal.environment())) {
      case ConfigResult.Refused<GatehouseConfig> refused -> refuse(refused.problems());
      case ConfigResult.Loaded<GatehouseConfig> loaded -> run(loaded);
    };
  }

  private int refuse(List<ConfigProblem> problems) {
    Problems.print(terminal.err(), problems);
    return Cli.REFUSED;
  }

  private int run(ConfigResult.Loaded<GatehouseConfig> loaded) throws IOException {
    GatehouseConfig configuration = loaded.value();
    StartLog.open(configuration.ops().log());
    StartLog.configuration(loaded.effective(), loaded.warnings());
    StartLog.ignored(Variables.ignored(terminal.environment()));
    BootReport process = Preflight.process(configuration, terminal.environment());
    if (process.exitCode() != Cli.OK) {
      StartLog.findings(process);
      return process.exitCode();
    }
    StateFolder.create(configuration.ops().state());
    try {
      EdgeStore edge =
          EdgeStore.open(
              configuration.ops().state(),
              configuration.ruleset(),
              ConfigFile.builtIn().ruleset(),
              ticker.now());
      return run(loaded, edge, process);
    } catch (StoreException e) {
      StartLog.refusal(
          new Finding.Refusal(
              BootCheck.STORE,
              String.valueOf(e.getMessage()),
              "the guide's chapter about the database has the ways out",
              Map.of()));
      return BootCheck.STORE.exitCode();
    }
  }

  private int run(ConfigResult.Loaded<GatehouseConfig> loaded, EdgeStore edge, BootReport process)
      throws StoreException {
    BootReport report = process.and(Preflight.edge(loaded.value(), edge.inForce()));
    StartLog.findings(report);
    if (report.exitCode() != Cli.OK) {
      edge.close();
      return report.exitCode();
    }
    ConfigSupply supply = new ConfigSupply(config.file(), terminal.environment());
    Gatehouse gatehouse = new Gatehouse(loaded, supply, edge, report, ticker);
    return new Daemon(gatehouse, Signals.ofProcess()).run();
  }
}
