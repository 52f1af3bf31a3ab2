package dev.gatehouse.cli.daemon;

import dev.gatehouse.cli.command.DaemonCommand;
import dev.gatehouse.cli.command.Warnings;
import dev.gatehouse.cli.terminal.Terminal;
import dev.gatehouse.cli.text.PlainText;
import dev.gatehouse.client.ControlException;
import dev.gatehouse.client.GatehouseClient;
import dev.gatehouse.client.daemon.Reloaded;
import java.util.List;
import picocli.CommandLine.Command;

/** {@code gatehouse reload}. */
@Command(
    name = "reload",
    description = "Have the configuration file read again; a bad one changes nothing.",
    footer = {"", "Examples:", "  gatehouse reload"})
final class ReloadCommand extends DaemonCommand {

  ReloadCommand(Terminal terminal) {
    super(terminal);
  }

  @Override
  protected int ask(GatehouseClient client) throws ControlException {
    Reloaded reloaded = client.daemon().reload();
    return show(
        () -> text(reloaded),
        json -> {
          json.texts("applied", reloaded.applied())
              .texts("needs_restart", reloaded.needsRestart())
              .number("config_drift", reloaded.configDrift());
          Warnings.json(json, reloaded.warnings());
        });
  }

  private static String text(Reloaded reloaded) {
    String keys =
        keys("applied", reloaded.applied()) + keys("waits for a restart", reloaded.needsRestart());
    return (keys.isEmpty() ? "nothing has changed\n" : keys)
        + StatusLine.drift(reloaded.configDrift())
        + Warnings.text(reloaded.warnings());
  }

  private static String keys(String heading, List<String> keys) {
    return keys.isEmpty()
        ? ""
        : "%s: %s%n".formatted(heading, PlainText.of(String.join(", ", keys)));
  }
}
