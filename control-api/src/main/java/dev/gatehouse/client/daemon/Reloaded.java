package dev.gatehouse.client.daemon;

import dev.gatehouse.client.proxy.Warning;
import java.util.List;

/**
 * What came of reading the configuration file again.
 *
 * @param applied the keys whose new values are in force
 * @param needsRestart the keys whose new values wait for a restart
 */
public record Reloaded(
    List<String> applied, List<String> needsRestart, int configDrift, List<Warning> warnings) {

  public Reloaded {
    applied = List.copyOf(applied);
    needsRestart = List.copyOf(needsRestart);
    warnings = List.copyOf(warnings);
  }
}
