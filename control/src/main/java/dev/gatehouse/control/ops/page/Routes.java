package dev.gatehouse.control.ops.page;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The pages of a listener by path. */
public final class Routes {

  private final Map<String, Route> byPath;

  /**
   * All pages.
   *
   * @throws IllegalArgumentException if two claim one path
   */
  public Routes(Collection<Route> routes) {
    Map<String, Route> paths = new HashMap<>();
    for (Route route : routes) {
      if (paths.put(route.path(), route) != null) {
        throw new IllegalArgumentException(route.path() + ": two pages (expected: one)");
      }
    }
    byPath = Map.copyOf(paths);
  }

  /** The page at exactly this path. */
  public Optional<Route> find(String path) {
    return Optional.ofNullable(byPath.get(path));
  }
}
