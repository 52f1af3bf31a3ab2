package dev.gatehouse.cli.daemon;

import dev.gatehouse.cli.command.Warnings;
import dev.gatehouse.cli.listener.ListenerText;
import dev.gatehouse.cli.relay.RelaySummary;
import dev.gatehouse.cli.terminal.Terminal;
import dev.gatehouse.cli.text.PlainText;
import dev.gatehouse.cli.text.Table;
import dev.gatehouse.cli.text.TextStyle;
import dev.gatehouse.cli.text.Times;
import dev.gatehouse.cli.text.Words;
import dev.gatehouse.client.daemon.ListeningSocket;
import dev.gatehouse.client.daemon.ServiceStatus;
import dev.gatehouse.client.daemon.Status;
import dev.gatehouse.client.relay.RelayStatus;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The daemon's status for people: a line about it, tables, and what to know at their foot. */
final class StatusText {

  private final Terminal terminal;

  StatusText(Terminal terminal) {
    this.terminal = terminal;
  }

  String of(Status status, Optional<RelayStatus> relay) {
    StringBuilder text = new StringBuilder(StatusLine.of(status)).append('\n');
    text.append('\n').append(render(services(status)));
    relay.ifPresent(one -> text.append('\n').append(RelaySummary.line(one, now(status))));
    text.append('\n').append(render(sockets(status)));
    if (!status.traffic().listeners().isEmpty()) {
      text.append('\n').append(render(ListenerText.table(status.traffic().listeners())));
    }
    String foot = foot(status);
    return (foot.isEmpty() ? text : text.append('\n').append(foot)).toString();
  }

  /** Of the daemon's host, whose clock may differ from that of this one. */
  private static Instant now(Status status) {
    return status.startedAt().plus(status.uptime());
  }

  private static Table services(Status status) {
    Table table = Table.of("SERVICE", "STATE", "WAITING FOR");
    for (ServiceStatus service : status.services()) {
      String waiting = String.join(", ", service.waitingFor());
      table.row(
          style(service),
          List.of(
              PlainText.of(service.name()), Words.of(service.state()), PlainText.orDash(waiting)));
    }
    return table;
  }

  private static Table sockets(Status status) {
    Table table = Table.of("SOCKET OF", "PROTO", "ADDRESS");
    for (ListeningSocket socket : status.sockets()) {
      table.row(
          TextStyle.PLAIN,
          List.of(
              PlainText.of(socket.service()),
              PlainText.of(socket.protocol()),
              PlainText.of(socket.address())));
    }
    return table;
  }

  private String foot(Status status) {
    StringBuilder foot = new StringBuilder();
    status
        .nextCertificateExpiry()
        .ifPresent(
            expiry ->
                foot.append(
                    "The next certificate to end is that of %s: %s.%n"
                        .formatted(
                            PlainText.of(expiry.route()),
                            Times.forPeople(expiry.at(), terminal.zone()))));
    status
        .geoipBuiltAt()
        .ifPresent(
            at ->
                foot.append(
                    "Countries are those of %s.%n"
                        .formatted(Times.forPeople(at, terminal.zone()))));
    return foot.append(StatusLine.drift(status.configDrift()))
        .append(Warnings.text(status.warnings()))
        .toString();
  }

  private String render(Table table) {
    return table.render(terminal.columns(), terminal.colours());
  }

  private static TextStyle style(ServiceStatus service) {
    return switch (service.state()) {
      case FAILED -> TextStyle.RED;
      case STARTING, DRAINING -> TextStyle.YELLOW;
      case OFF -> TextStyle.DIM;
      case SERVING, UNKNOWN -> TextStyle.PLAIN;
    };
  }
}
