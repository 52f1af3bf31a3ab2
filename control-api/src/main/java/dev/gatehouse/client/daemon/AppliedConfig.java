package dev.gatehouse.client.daemon;

import dev.gatehouse.client.proxy.Warning;
import java.util.List;

/** What changed, or would change, when the database was made equal to a file. */
public record AppliedConfig(List<ConfigChange> changes, List<Warning> warnings) {

  public AppliedConfig {
    changes = List.copyOf(changes);
    warnings = List.copyOf(warnings);
  }
}
