package dev.gatehouse.proxy.route;

import dev.gatehouse.wire.tls.ServerName;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the names of one listener lead to: first the name itself, then the longest wildcard above
 * it, then the listener's default.
 *
 * <p>Immutable. A name that was not sent is not an unknown name: it has a target of its own, or
 * none.
 *
 * @param <T> what a route leads to
 */
public final class RouteTable<T> {

  private final Map<ServerName, T> exact = new HashMap<>();
  private final WildcardTable<T> wildcards;
  private final @Nullable T fallback;
  private final @Nullable T unnamed;

  /**
   * @param routes each name once
   * @param fallback for names that lead nowhere else
   * @param unnamed for clients that send no name
   */
  public RouteTable(Map<RouteName, T> routes, Optional<T> fallback, Optional<T> unnamed) {
    Map<String, T> parents = new HashMap<>();
    routes.forEach(
        (name, target) -> {
          switch (name) {
            case RouteName.Exact(ServerName only) -> exact.put(only, target);
            case RouteName.Below(ServerName parent) -> parents.put(parent.toString(), target);
          }
        });
    this.wildcards = new WildcardTable<>(parents);
    this.fallback = fallback.orElse(null);
    this.unnamed = unnamed.orElse(null);
  }

  /** Where this name leads. */
  public Optional<T> find(ServerName name) {
    T target = exact.get(name);
    if (target == null) {
      target = wildcards.find(name.toString());
    }
    return Optional.ofNullable(target == null ? fallback : target);
  }

  /** Where a client leads that sends no name. */
  public Optional<T> findUnnamed() {
    return Optional.ofNullable(unnamed);
  }
}
