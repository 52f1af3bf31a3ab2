package dev.gatehouse.app;

import dev.gatehouse.app.boot.BootReport;
import dev.gatehouse.app.log.Logging;
import dev.gatehouse.cli.Cli;
import dev.gatehouse.cli.terminal.Terminal;
import dev.gatehouse.config.ConfigResult;
import dev.gatehouse.config.tree.ConfigProblem;
import dev.gatehouse.control.ops.LogConfig;
import dev.gatehouse.kernel.time.Ticker;
import java.io.IOException;
import java.util.List;
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

  private int run(ConfigResult.Loaded<GatehouseConfig> loaded) {
    GatehouseConfig configuration = loaded.value();
    configureLog(configuration.ops().log());
    StartLog.configuration(loaded.effective(), loaded.warnings());
    BootReport report = Preflight.of(configuration, terminal.environment());
    StartLog.findings(report);
    if (report.exitCode() != Cli.OK) {
      return report.exitCode();
    }
    Gatehouse gatehouse = new Gatehouse(configuration, report, ticker);
    return new Daemon(gatehouse, configuration.ops().shutdownTimeout()).run();
  }

  private static void configureLog(LogConfig log) {
    Logging.Format format =
        switch (log.format()) {
          case TEXT -> Logging.Format.TEXT;
          case JSON -> Logging.Format.JSON;
        };
    Logging.configure(log.level().label(), format);
  }
}
