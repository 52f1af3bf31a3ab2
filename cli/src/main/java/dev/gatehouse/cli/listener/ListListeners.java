package dev.gatehouse.cli.listener;

import dev.gatehouse.cli.command.DaemonCommand;
import dev.gatehouse.cli.terminal.Terminal;
import dev.gatehouse.client.ControlException;
import dev.gatehouse.client.GatehouseClient;
import dev.gatehouse.client.proxy.ListenerStatus;
import java.util.List;
import picocli.CommandLine.Command;

/** {@code gatehouse listeners list}. */
@Command(
    name = "list",
    description = "Show the listeners of the front door, their limits and their load.",
    footer = {"", "Examples:", "  gatehouse listeners list"})
final class ListListeners extends DaemonCommand {

  ListListeners(Terminal terminal) {
    super(terminal);
  }

  @Override
  protected int ask(GatehouseClient client) throws ControlException {
    List<ListenerStatus> listeners = client.proxy().listeners();
    return show(
        () -> render(ListenerText.table(listeners)),
        json ->
            json.objects("listeners", listeners, listener -> ListenerText.json(json, listener)));
  }
}
