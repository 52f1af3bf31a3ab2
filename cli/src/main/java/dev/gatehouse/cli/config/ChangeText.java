package dev.gatehouse.cli.config;

import dev.gatehouse.cli.text.Json;
import dev.gatehouse.cli.text.PlainText;
import dev.gatehouse.cli.text.Table;
import dev.gatehouse.cli.text.TextStyle;
import dev.gatehouse.client.daemon.ConfigChange;
import java.util.List;

/** Differences between a file and the database, as text. */
final class ChangeText {

  private ChangeText() {}

  static Table table(List<ConfigChange> changes) {
    Table table = Table.of("KIND", "KEY", "FILE", "DATABASE").shortening("DATABASE", "FILE");
    changes.forEach(
        change ->
            table.row(
                TextStyle.PLAIN,
                List.of(
                    PlainText.of(change.kind()),
                    PlainText.of(change.key()),
                    PlainText.orDash(change.inFile()),
                    PlainText.orDash(change.inStore()))));
    return table;
  }

  static Json json(Json json, List<ConfigChange> changes) {
    return json.objects(
        "changes",
        changes,
        change ->
            json.text("kind", change.kind())
                .text("key", change.key())
                .text("in_file", change.inFile())
                .text("in_store", change.inStore()));
  }
}
