package dev.gatehouse.client.proxy;

import java.util.List;

/**
 * What became of a route that was handed to the daemon.
 *
 * @param id of its row in the database; 0 if it was only validated
 */
public record AddedRoute(Outcome outcome, long id, List<Warning> warnings) {

  /** What the daemon did, or would do. */
  public enum Outcome {
    CREATED,
    UPDATED,
    UNCHANGED,
    /** One that this program does not know. */
    UNKNOWN
  }

  public AddedRoute {
    warnings = List.copyOf(warnings);
  }
}
