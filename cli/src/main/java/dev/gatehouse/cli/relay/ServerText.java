package dev.gatehouse.cli.relay;

import dev.gatehouse.cli.text.Figures;
import dev.gatehouse.cli.text.Json;
import dev.gatehouse.cli.text.PlainText;
import dev.gatehouse.cli.text.Table;
import dev.gatehouse.cli.text.TextStyle;
import dev.gatehouse.cli.text.Times;
import dev.gatehouse.cli.text.Words;
import dev.gatehouse.client.relay.RelayConnection;
import dev.gatehouse.client.relay.RelayPhone;
import dev.gatehouse.client.relay.RelayServer;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Server-ids and phones as text. */
final class ServerText {

  private ServerText() {}

  /** A row for each server-id. */
  static Table servers(List<RelayServer> servers, ZoneId zone) {
    Table table =
        Table.of(
                "SERVER-ID",
                "STATE",
                "PHONES",
                "VERSION",
                "REMOTE",
                "SINCE",
                "LAST-SEEN",
                "IN",
                "OUT")
            .shortening("VERSION", "SERVER-ID");
    for (RelayServer server : servers) {
      boolean live = server.state() == RelayServer.State.LIVE;
      table.row(live ? TextStyle.PLAIN : TextStyle.YELLOW, cells(server, zone));
    }
    return table;
  }

  private static List<String> cells(RelayServer server, ZoneId zone) {
    Optional<RelayConnection> binary = server.binary();
    return List.of(
        PlainText.of(server.serverId()),
        state(server),
        Long.toString(server.phones()),
        PlainText.orDash(binary.map(RelayConnection::label).orElse("")),
        PlainText.orDash(binary.map(RelayConnection::remote).orElse("")),
        moment(binary, RelayConnection::since, zone),
        moment(binary, RelayConnection::lastSeen, zone),
        bytes(binary, RelayConnection.Traffic::bytesIn),
        bytes(binary, RelayConnection.Traffic::bytesOut));
  }

  private static String state(RelayServer server) {
    return Words.of(server.state())
        + server.graceLeft().map(left -> " (" + Times.words(left) + ")").orElse("");
  }

  private static String moment(
      Optional<RelayConnection> binary, Function<RelayConnection, Instant> when, ZoneId zone) {
    return binary.map(one -> Times.forPeople(when.apply(one), zone)).orElse("-");
  }

  private static String bytes(
      Optional<RelayConnection> binary, Function<RelayConnection.Traffic, Long> which) {
    return binary.map(one -> bytes(which.apply(one.traffic()))).orElse("-");
  }

  private static String bytes(long number) {
    return Figures.bytes((double) number);
  }

  /** A row for each phone. */
  static Table phones(List<RelayPhone> phones, ZoneId zone) {
    Table table =
        Table.of("CONN-ID", "DEVICE", "REMOTE", "SINCE", "LAST-SEEN", "WAITING", "IN", "OUT")
            .shortening("DEVICE", "CONN-ID");
    for (RelayPhone phone : phones) {
      RelayConnection connection = phone.connection();
      table.row(
          phone.paused() ? TextStyle.YELLOW : TextStyle.PLAIN,
          List.of(
              PlainText.of(connection.connId()),
              PlainText.orDash(connection.label()),
              PlainText.of(connection.remote()),
              Times.forPeople(connection.since(), zone),
              Times.forPeople(connection.lastSeen(), zone),
              bytes(phone.outboxBytes()) + (phone.paused() ? " (paused)" : ""),
              bytes(connection.traffic().bytesIn()),
              bytes(connection.traffic().bytesOut())));
    }
    return table;
  }

  /** The fields of a server-id, for programs. */
  static void json(Json json, RelayServer server) {
    json.text("server_id", server.serverId())
        .text("state", Words.of(server.state()))
        .number("phones", server.phones())
        .number("grace_left_seconds", server.graceLeft().map(Duration::toSeconds).orElse(0L));
    server.binary().ifPresent(binary -> json.object("binary", one -> json(one, binary)));
  }

  /** The fields of a phone, for programs. */
  static void json(Json json, RelayPhone phone) {
    json(json, phone.connection());
    json.number("outbox_bytes", phone.outboxBytes()).truth("paused", phone.paused());
  }

  private static void json(Json json, RelayConnection connection) {
    json.text("conn_id", connection.connId())
        .text("label", connection.label())
        .text("remote", connection.remote())
        .text("since", Times.forPrograms(connection.since()))
        .text("last_seen", Times.forPrograms(connection.lastSeen()))
        .number("frames_in", connection.traffic().framesIn())
        .number("bytes_in", connection.traffic().bytesIn())
        .number("frames_out", connection.traffic().framesOut())
        .number("bytes_out", connection.traffic().bytesOut());
  }
}
