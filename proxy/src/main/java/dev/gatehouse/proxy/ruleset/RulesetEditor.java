package dev.gatehouse.proxy.ruleset;

import dev.gatehouse.kernel.address.Endpoint;
import dev.gatehouse.proxy.route.RouteName;
import java.util.List;
import java.util.Map;

/** The ruleset in force, and the one way to change it. */
public interface RulesetEditor {

  /**
   * What an edit did.
   *
   * @param changes what was written and published; empty if all was as wanted
   */
  record Edited(Ruleset before, Ruleset after, List<RulesetChange> changes) {
    public Edited {
      changes = List.copyOf(changes);
    }
  }

  /** What identifies a route. */
  record RouteKey(Endpoint listener, RouteName hostname) {}

  /** What counts now. */
  Ruleset ruleset();

  /**
   * Makes an edit: in force and in the database when this returns, and nowhere if it throws.
   *
   * <p>Waits for the edits before it and for the disk; not for a loop.
   */
  Edited edit(Edit edit) throws EditRefusedException;

  /** What an edit would do, as far as can be told without doing it. */
  Edited rehearse(Edit edit) throws EditRefusedException;

  /** The numbers of the routes in the database; a route that is not there yet has none. */
  Map<RouteKey, Long> routeIds() throws EditRefusedException;
}
