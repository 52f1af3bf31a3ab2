package dev.gatehouse.cli.daemon;

import dev.gatehouse.cli.command.DaemonCommand;
import dev.gatehouse.cli.terminal.Terminal;
import dev.gatehouse.cli.text.PlainText;
import dev.gatehouse.client.ControlException;
import dev.gatehouse.client.GatehouseClient;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code gatehouse snapshot}. */
@Command(
    name = "snapshot",
    description = "Have a consistent copy of the database written, while it is in use.",
    footer = {"", "Examples:", "  gatehouse snapshot /var/backups/gatehouse.db"})
final class SnapshotCommand extends DaemonCommand {

  @Parameters(
      paramLabel = "FILE",
      description = "A new file, in a folder where the daemon may write.")
  private Path file = Path.of("");

  SnapshotCommand(Terminal terminal) {
    super(terminal);
  }

  @Override
  protected int ask(GatehouseClient client) throws ControlException {
    Path absolute = file.toAbsolutePath();
    long bytes = client.daemon().snapshot(absolute);
    return show(
        () -> "written: %s (%d bytes)%n".formatted(PlainText.of(absolute.toString()), bytes),
        json -> json.text("file", absolute.toString()).number("bytes", bytes));
  }
}
