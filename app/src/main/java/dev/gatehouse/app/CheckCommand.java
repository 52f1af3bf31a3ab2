package dev.gatehouse.app;

import dev.gatehouse.app.boot.BootReport;
import dev.gatehouse.app.boot.Finding;
import dev.gatehouse.app.config.ConfigFile;
import dev.gatehouse.app.config.ConfigOption;
import dev.gatehouse.app.config.GatehouseConfig;
import dev.gatehouse.app.config.Problems;
import dev.gatehouse.cli.Cli;
import dev.gatehouse.cli.terminal.Terminal;
import dev.gatehouse.config.ConfigResult;
import dev.gatehouse.config.document.TomlText;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Says whether the daemon would start, and with which configuration. */
@Command(
    name = "check",
    description = "Check the configuration and the process, open nothing.",
    footer = {
      "",
      "Prints the configuration that counts, secrets hidden; problems go to standard error.",
      "",
      "Examples:",
      "  gatehouse check --config /etc/gatehouse/gatehouse.toml"
    })
final class CheckCommand implements Callable<Integer> {

  @Mixin private ConfigOption config = new ConfigOption();

  private final Terminal terminal;

  CheckCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws IOException {
    return switch (ConfigFile.read(config.file(), terminal.environment())) {
      case ConfigResult.Refused<GatehouseConfig> refused -> {
        Problems.print(terminal.err(), refused.problems());
        yield Cli.REFUSED;
      }
      case ConfigResult.Loaded<GatehouseConfig> loaded -> check(loaded);
    };
  }

  private int check(ConfigResult.Loaded<GatehouseConfig> loaded) {
    PrintWriter err = terminal.err();
    loaded.warnings().forEach(warning -> err.println("warning: " + warning));
    GatehouseConfig config = loaded.value();
    BootReport report =
        Preflight.process(config, terminal.environment())
            .and(Preflight.edge(config, config.ruleset()));
    for (Finding.Warning warning : report.warnings()) {
      err.println(
          "warning: %s: %s; %s".formatted(warning.check().label(), warning.err(), warning.fix()));
    }
    for (Finding.Refusal refusal : report.refusals()) {
      err.println(
          "refused: %s: %s; %s".formatted(refusal.check().label(), refusal.err(), refusal.fix()));
    }
    terminal.out().print(TomlText.of(loaded.effective()));
    terminal.out().flush();
    return report.exitCode();
  }
}
