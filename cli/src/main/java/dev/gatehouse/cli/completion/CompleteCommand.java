package dev.gatehouse.cli.completion;

import dev.gatehouse.cli.command.DaemonOption;
import dev.gatehouse.cli.command.EnumConverter;
import dev.gatehouse.cli.command.ExitCode;
import dev.gatehouse.cli.terminal.Terminal;
import dev.gatehouse.client.ControlException;
import dev.gatehouse.client.GatehouseClient;
import dev.gatehouse.client.proxy.ListenerStatus;
import dev.gatehouse.client.proxy.Route;
import dev.gatehouse.client.relay.RelayBan;
import dev.gatehouse.client.relay.RelayServer;
import dev.gatehouse.client.tracker.HashRule;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code gatehouse complete}, which the completion script calls. */
@Command(
    name = "complete",
    hidden = true,
    description = "Print names that the running daemon knows; nothing if there is none.",
    footer = {"", "Examples:", "  gatehouse complete listeners hostnames"})
public final class CompleteCommand implements Callable<Integer> {

  /** A first call has classes to load, which takes most of this on a busy host. */
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  /** A shell puts names into the line as they are, so they may hold nothing that it would run. */
  private static final Pattern HARMLESS = Pattern.compile("[A-Za-z0-9_.*:\\[\\]-]+");

  /** What can be asked for. */
  private enum Kind {
    LISTENERS,
    HOSTNAMES,
    SERVERS,
    BANS,
    /** Those about which operators have decided something. */
    TORRENTS
  }

  private static final class Kinds extends EnumConverter<Kind> {
    Kinds() {
      super(Kind.class);
    }
  }

  private final Terminal terminal;

  @Parameters(
      paramLabel = "KIND",
      converter = Kinds.class,
      completionCandidates = Kinds.class,
      description = "${COMPLETION-CANDIDATES}.")
  private List<Kind> kinds = List.of();

  @Mixin private DaemonOption daemon = new DaemonOption();

  public CompleteCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    names().stream()
        .filter(name -> HARMLESS.matcher(name).matches())
        .forEach(terminal.out()::println);
    terminal.out().flush();
    return ExitCode.OK;
  }

  /** A shell in the middle of a line has no use for an error. */
  private Set<String> names() {
    Set<String> names = new LinkedHashSet<>();
    try (GatehouseClient client =
        GatehouseClient.open(daemon.path(terminal.environment()), PATIENCE)) {
      for (Kind kind : kinds) {
        names(client, kind).forEach(names::add);
      }
    } catch (ControlException e) {
      names.clear();
    }
    return names;
  }

  private static Stream<String> names(GatehouseClient client, Kind kind) throws ControlException {
    return switch (kind) {
      case LISTENERS -> client.proxy().listeners().stream().map(ListenerStatus::addr);
      case HOSTNAMES -> client.proxy().routes("").stream().map(Route::hostname);
      case SERVERS -> client.relay().servers().stream().map(RelayServer::serverId);
      case BANS -> client.relay().bans().stream().map(RelayBan::serverId);
      case TORRENTS -> client.tracker().rules().stream().map(HashRule::infoHash);
    };
  }
}
