package dev.gatehouse.control.daemon;

import dev.gatehouse.proxy.ruleset.ChangeText;
import dev.gatehouse.v1.ConfigChange;
import java.util.List;

/** What leads from the database to a file, as messages. */
final class ChangeMessages {

  private ChangeMessages() {}

  static List<ConfigChange> of(List<ChangeText> changes) {
    return changes.stream().map(ChangeMessages::of).toList();
  }

  private static ConfigChange of(ChangeText change) {
    return ConfigChange.newBuilder()
        .setKind(change.kind().label())
        .setKey(change.subject())
        .setInFile(change.after())
        .setInStore(change.before())
        .build();
  }
}
