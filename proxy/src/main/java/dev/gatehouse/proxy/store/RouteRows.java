package dev.gatehouse.proxy.store;

import dev.gatehouse.proxy.route.Route;
import dev.gatehouse.proxy.route.RouteName;
import dev.gatehouse.proxy.store.Database.Row;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The table {@code routes}; a route is known by its listener and its hostname. */
record RouteRows(Database database) {

  private static final String TABLE = "routes";

  /** In the order of their coming, each without its policies. */
  List<Row<Route>> listRoutes(long listenerId) throws StoreException {
    return database.list(
        TABLE,
        "SELECT * FROM routes WHERE listener_id = ? ORDER BY id",
        cells -> new Row<>(cells.id(), RouteColumns.read(cells)),
        listenerId);
  }

  OptionalLong getRouteId(long listenerId, RouteName hostname) throws StoreException {
    return database
        .list(
            TABLE,
            "SELECT id FROM routes WHERE listener_id = ? AND hostname = ?",
            Cells::id,
            listenerId,
            hostname.toString())
        .stream()
        .mapToLong(Long::longValue)
        .findFirst();
  }

  /** Its policies have a table of their own. */
  long createRoute(long listenerId, Route route) throws StoreException {
    Map<String, @Nullable Object> columns = RouteColumns.of(route);
    return database.insert(insertion(columns), values(listenerId, columns));
  }

  /** What was there before keeps its number, its place and its policies. */
  void upsertRoute(long listenerId, Route route) throws StoreException {
    Map<String, @Nullable Object> columns = RouteColumns.of(route);
    String changes =
        columns.keySet().stream()
            .map(column -> column + " = excluded." + column)
            .collect(Collectors.joining(", "));
    database.update(
        insertion(columns) + " ON CONFLICT (listener_id, hostname) DO UPDATE SET " + changes,
        values(listenerId, columns));
  }

  /** With its policies; whether it was there. */
  boolean deleteRoute(long listenerId, RouteName hostname) throws StoreException {
    return database.update(
            "DELETE FROM routes WHERE listener_id = ? AND hostname = ?",
            listenerId,
            hostname.toString())
        > 0;
  }

  private static String insertion(Map<String, @Nullable Object> columns) {
    return "INSERT INTO routes (listener_id, %s) VALUES (?, %s)"
        .formatted(
            String.join(", ", columns.keySet()),
            String.join(", ", Collections.nCopies(columns.size(), "?")));
  }

  private static @Nullable Object[] values(long listenerId, Map<String, @Nullable Object> columns) {
    List<@Nullable Object> values = new ArrayList<>(columns.size() + 1);
    values.add(listenerId);
    values.addAll(columns.values());
    return values.toArray();
  }
}
