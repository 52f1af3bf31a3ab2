package dev.gatehouse.cli.config;

import dev.gatehouse.cli.command.DaemonCommand;
import dev.gatehouse.cli.command.Warnings;
import dev.gatehouse.cli.terminal.Terminal;
import dev.gatehouse.client.ControlException;
import dev.gatehouse.client.GatehouseClient;
import dev.gatehouse.client.daemon.AppliedConfig;
import java.io.IOException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code gatehouse config apply}. */
@Command(
    name = "apply",
    description = "Make the database equal to a configuration file, all of it or nothing.",
    footer = {
      "",
      "Examples:",
      "  gatehouse config apply --dry-run",
      "  gatehouse config apply new.toml"
    })
final class ApplyConfig extends DaemonCommand {

  @Mixin private ConfigFileArgument file = new ConfigFileArgument();

  @Option(names = "--dry-run", description = "Say what would change, change nothing.")
  private boolean dryRun;

  ApplyConfig(Terminal terminal) {
    super(terminal);
  }

  @Override
  protected void check() {
    refuse(file.isYaml(), file.expectation());
  }

  @Override
  protected int ask(GatehouseClient client) throws ControlException, IOException {
    AppliedConfig applied = client.daemon().applyConfig(file.text(), dryRun);
    return show(
        () -> text(applied),
        json -> {
          ChangeText.json(json, applied.changes()).truth("dry_run", dryRun);
          Warnings.json(json, applied.warnings());
        });
  }

  private String text(AppliedConfig applied) {
    return changes(applied) + Warnings.text(applied.warnings());
  }

  private String changes(AppliedConfig applied) {
    int count = applied.changes().size();
    if (count == 0) {
      return "nothing differs\n";
    }
    return render(ChangeText.table(applied.changes()))
        + "%s: %d %s%n"
            .formatted(
                dryRun ? "would be applied" : "applied", count, count == 1 ? "change" : "changes");
  }
}
