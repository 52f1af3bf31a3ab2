package dev.gatehouse.cli.relay;

import dev.gatehouse.cli.command.DaemonCommand;
import dev.gatehouse.cli.command.DurationConverter;
import dev.gatehouse.cli.terminal.Terminal;
import dev.gatehouse.cli.text.PlainText;
import dev.gatehouse.cli.text.Times;
import dev.gatehouse.client.ControlException;
import dev.gatehouse.client.GatehouseClient;
import dev.gatehouse.client.relay.Kicked;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code gatehouse relay kick}. */
@Command(
    name = "kick",
    description = "Close all connections of a server-id, or one phone.",
    footer = {
      "",
      "Who is closed may come again, unless the server-id is banned for a time.",
      "",
      "Examples:",
      "  gatehouse relay kick 5f3a1c9e-7b21-4d80-9e44-0c6b2d8f1a37",
      "  gatehouse relay kick 5f3a1c9e-7b21-4d80-9e44-0c6b2d8f1a37 --for 10m"
    })
final class Kick extends DaemonCommand {

  @Parameters(paramLabel = "SERVER-ID", description = "Whose connections.")
  private String serverId = "";

  @Option(names = "--phone", paramLabel = "CONN-ID", description = "Close this phone alone.")
  private String connId = "";

  @Option(
      names = "--for",
      paramLabel = "TIME",
      converter = DurationConverter.class,
      description = "Let no binary claim the server-id for that time.")
  private @Nullable Duration time;

  Kick(Terminal terminal) {
    super(terminal);
  }

  @Override
  protected void check() {
    refuse(!connId.isEmpty() && time != null, "--phone and --for exclude each other");
  }

  @Override
  protected int ask(GatehouseClient client) throws ControlException {
    Optional<Duration> ban = Optional.ofNullable(time);
    Kicked kicked = kicked(client, ban);
    return show(
        () ->
            "closed: %s and %s%s%n"
                .formatted(
                    count(kicked.binaries(), "binary", "binaries"),
                    count(kicked.phones(), "phone", "phones"),
                    ban.map(this::banned).orElse("")),
        json ->
            json.text("server_id", serverId)
                .number("binaries_closed", kicked.binaries())
                .number("phones_closed", kicked.phones())
                .number("banned_seconds", ban.map(Duration::toSeconds).orElse(0L)));
  }

  private Kicked kicked(GatehouseClient client, Optional<Duration> ban) throws ControlException {
    if (ban.isPresent()) {
      return client.relay().ban(serverId, ban.get());
    }
    return connId.isEmpty()
        ? client.relay().kick(serverId)
        : client.relay().kickPhone(serverId, connId);
  }

  private String banned(Duration ban) {
    return "; %s is banned for %s".formatted(PlainText.of(serverId), Times.words(ban));
  }

  private static String count(long number, String one, String many) {
    return number + " " + (number == 1 ? one : many);
  }
}
