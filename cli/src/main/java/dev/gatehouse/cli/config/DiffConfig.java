package dev.gatehouse.cli.config;

import dev.gatehouse.cli.command.DaemonCommand;
import dev.gatehouse.cli.command.ExitCode;
import dev.gatehouse.cli.terminal.Terminal;
import dev.gatehouse.client.ControlException;
import dev.gatehouse.client.GatehouseClient;
import dev.gatehouse.client.daemon.ConfigChange;
import java.io.IOException;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code gatehouse config diff}. */
@Command(
    name = "diff",
    description = "Show what differs between a configuration file and the database.",
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:nothing differs",
      "1:something differs, or there is no daemon, or it failed",
      "2:the usage or the file is wrong"
    },
    footer = {"", "Examples:", "  gatehouse config diff", "  gatehouse config diff new.toml"})
final class DiffConfig extends DaemonCommand {

  @Mixin private ConfigFileArgument file = new ConfigFileArgument();

  DiffConfig(Terminal terminal) {
    super(terminal);
  }

  @Override
  protected void check() {
    refuse(file.isYaml(), file.expectation());
  }

  @Override
  protected int ask(GatehouseClient client) throws ControlException, IOException {
    List<ConfigChange> changes = client.daemon().diffConfig(file.text());
    show(
        () -> changes.isEmpty() ? "nothing differs\n" : render(ChangeText.table(changes)),
        json -> ChangeText.json(json, changes));
    return changes.isEmpty() ? ExitCode.OK : ExitCode.FAILED;
  }
}
