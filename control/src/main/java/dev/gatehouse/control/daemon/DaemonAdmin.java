package dev.gatehouse.control.daemon;

import dev.gatehouse.config.tree.ConfigProblem;
import dev.gatehouse.control.call.ConfigRefusedException;
import dev.gatehouse.control.ops.LogConfig;
import dev.gatehouse.proxy.ProxyView.RouteView;
import dev.gatehouse.proxy.ruleset.ChangeText;
import dev.gatehouse.proxy.ruleset.EditRefusedException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What operators may do with the daemon as a whole. Calls wait for what they ask for, and are made
 * from any thread.
 */
public interface DaemonAdmin {

  /**
   * What became of a configuration file that was read again.
   *
   * @param applied keys whose new values are in force
   * @param needsRestart keys whose new values are not
   * @param warnings what is allowed but probably not meant
   */
  record Reloaded(List<String> applied, List<String> needsRestart, List<ConfigProblem> warnings) {
    public Reloaded {
      applied = List.copyOf(applied);
      needsRestart = List.copyOf(needsRestart);
      warnings = List.copyOf(warnings);
    }
  }

  /**
   * What a file changed in the database, or would change.
   *
   * @param warnings what is allowed but probably not meant
   */
  record Applied(List<ChangeText> changes, List<ConfigProblem> warnings) {
    public Applied {
      changes = List.copyOf(changes);
      warnings = List.copyOf(warnings);
    }
  }

  /** A drain that goes on, whoever looks at it. */
  @FunctionalInterface
  interface Draining {

    /** How far it has come. */
    Progress progress();
  }

  /**
   * How far a drain has come.
   *
   * @param connections that are still open
   * @param routes of the services that drain
   * @param done whether nothing is left
   * @param forced connections that had to be reset
   */
  record Progress(long connections, List<RouteView> routes, boolean done, long forced) {
    public Progress {
      routes = List.copyOf(routes);
    }
  }

  /** Reads the configuration file again and follows it; a bad one changes nothing. */
  Reloaded reload() throws ConfigRefusedException;

  /**
   * Takes no new connections, lets open ones end, and resets what is left at the timeout.
   *
   * @param service that stops; empty: all, and the daemon ends
   * @param timeout empty: that of the configuration
   * @throws EditRefusedException NOT_NOW if that goes on already, NOT_FOUND for a service that is
   *     not there
   */
  Draining drain(Optional<String> service, Optional<Duration> timeout) throws EditRefusedException;

  /**
   * Writes a consistent copy of the database to a file that is not there yet.
   *
   * @return its size in bytes
   */
  long snapshot(Path file) throws EditRefusedException;

  /**
   * What leads from the database to a file.
   *
   * @param toml empty: the daemon's own file
   */
  List<ChangeText> diff(Optional<String> toml) throws ConfigRefusedException;

  /**
   * Makes the database equal to a file, in one transaction.
   *
   * @param toml empty: the daemon's own file
   * @param rehearse whether to change nothing and to tell what would change
   */
  Applied apply(Optional<String> toml, boolean rehearse)
      throws ConfigRefusedException, EditRefusedException;

  /** The configuration with what the database has, as a file in YAML or in TOML. */
  String export(boolean yaml) throws EditRefusedException;

  /**
   * Logs from that level on, until the next start or reload.
   *
   * @return the level before
   */
  LogConfig.Level logLevel(LogConfig.Level level);
}
