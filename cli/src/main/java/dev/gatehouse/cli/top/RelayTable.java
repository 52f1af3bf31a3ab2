package dev.gatehouse.cli.top;

import dev.gatehouse.cli.text.Figures;
import dev.gatehouse.cli.text.PlainText;
import dev.gatehouse.cli.text.Table;
import dev.gatehouse.cli.text.TextStyle;
import dev.gatehouse.client.relay.RelayNow;
import dev.gatehouse.client.relay.RelayStatus;
import java.util.List;

/** The relay as a row; full is red, and slow peers are yellow. */
final class RelayTable {

  private RelayTable() {}

  static Table of(RelayNow now) {
    Table table =
        Table.of(
                "RELAY",
                "BINARIES",
                "GRACED",
                "PHONES",
                "CONNS",
                "LIMIT",
                "WAITING",
                "PAUSED",
                "TO BINARIES/S",
                "TO PHONES/S")
            .shortening("RELAY");
    table.row(style(now.status()), cells(now));
    return table;
  }

  private static List<String> cells(RelayNow now) {
    RelayStatus relay = now.status();
    RelayStatus.Counts counts = relay.counts();
    return List.of(
        PlainText.of(relay.draining() ? "draining" : relay.mode()),
        Long.toString(counts.binaries()),
        Long.toString(counts.graced()),
        Long.toString(counts.phones()),
        Long.toString(counts.connections()),
        Long.toString(counts.limit()),
        Figures.bytes((double) relay.backlog().bytes()),
        Long.toString(relay.backlog().pausedPhones()),
        flow(now.perSecond().messagesToBinaries(), now.perSecond().bytesToBinaries()),
        flow(now.perSecond().messagesToPhones(), now.perSecond().bytesToPhones()));
  }

  private static String flow(double messages, double bytes) {
    return Figures.rate(messages) + " (" + Figures.bytes(bytes) + ")";
  }

  private static TextStyle style(RelayStatus relay) {
    if (relay.counts().connections() >= relay.counts().limit()) {
      return TextStyle.RED;
    }
    return relay.draining() || relay.backlog().pausedPhones() > 0
        ? TextStyle.YELLOW
        : TextStyle.PLAIN;
  }
}
