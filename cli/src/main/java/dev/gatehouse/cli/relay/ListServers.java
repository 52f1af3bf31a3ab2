package dev.gatehouse.cli.relay;

import dev.gatehouse.cli.command.DaemonCommand;
import dev.gatehouse.cli.command.EnumConverter;
import dev.gatehouse.cli.terminal.Terminal;
import dev.gatehouse.client.ControlException;
import dev.gatehouse.client.GatehouseClient;
import dev.gatehouse.client.relay.RelayServer;
import java.time.ZoneId;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code gatehouse relay servers}. */
@Command(
    name = "servers",
    description = "Show the server-ids that are held, and those that wait for their binary.",
    footer = {
      "",
      "Examples:",
      "  gatehouse relay servers",
      "  gatehouse relay servers --state graced",
      "  gatehouse relay servers --sort bytes"
    })
final class ListServers extends DaemonCommand {

  /** The states that can be asked for. */
  enum Shown {
    LIVE,
    GRACED
  }

  private static final class ShownStates extends EnumConverter<Shown> {
    ShownStates() {
      super(Shown.class);
    }
  }

  private static final class Orders extends EnumConverter<ServerOrder> {
    Orders() {
      super(ServerOrder.class);
    }
  }

  @Option(
      names = "--state",
      paramLabel = "STATE",
      converter = ShownStates.class,
      completionCandidates = ShownStates.class,
      description = "Only these: ${COMPLETION-CANDIDATES}.")
  private @Nullable Shown state;

  @Option(
      names = "--sort",
      paramLabel = "ORDER",
      converter = Orders.class,
      completionCandidates = Orders.class,
      description = "Most or first come first: ${COMPLETION-CANDIDATES}; default: by server-id.")
  private @Nullable ServerOrder order;

  ListServers(Terminal terminal) {
    super(terminal);
  }

  @Override
  protected int ask(GatehouseClient client) throws ControlException {
    List<RelayServer> shown =
        client.relay().servers().stream()
            .filter(server -> isWanted(server.state()))
            .sorted(ServerOrder.comparator(order))
            .toList();
    return show(
        () -> render(ServerText.servers(shown, ZoneId.systemDefault())),
        json -> json.objects("servers", shown, server -> ServerText.json(json, server)));
  }

  private boolean isWanted(RelayServer.State found) {
    Shown wanted = state;
    if (wanted == null) {
      return true;
    }
    return switch (wanted) {
      case LIVE -> found == RelayServer.State.LIVE;
      case GRACED -> found == RelayServer.State.GRACED;
    };
  }
}
