package dev.gatehouse.proxy.store;

import dev.gatehouse.proxy.route.L7Policy;
import dev.gatehouse.proxy.store.Database.Row;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The table {@code l7_policies}, in the order of their coming, which is that of their asking. */
record L7PolicyRows(Database database) {

  private static final String TABLE = "l7_policies";

  List<L7Policy> listL7Policies(long routeId) throws StoreException {
    return database.list(
        TABLE,
        "SELECT * FROM l7_policies WHERE route_id = ? ORDER BY id",
        L7PolicyRows::read,
        routeId);
  }

  /** Of all routes, by the number of the route. */
  Map<Long, List<L7Policy>> listByRoute() throws StoreException {
    Map<Long, List<L7Policy>> byRoute = new HashMap<>();
    database
        .list(
            TABLE,
            "SELECT * FROM l7_policies ORDER BY id",
            cells -> new Row<>(cells.row().getLong("route_id"), read(cells)))
        .forEach(row -> byRoute.computeIfAbsent(row.id(), _ -> new ArrayList<>()).add(row.value()));
    return byRoute;
  }

  long createL7Policy(long routeId, L7Policy policy) throws StoreException {
    return database.insert(
        "INSERT INTO l7_policies (route_id, type, value) VALUES (?, ?, ?)",
        routeId,
        policy.type().label(),
        policy.value());
  }

  /** Whether it was there. */
  boolean deleteL7Policy(long routeId, L7Policy policy) throws StoreException {
    return database.update(
            "DELETE FROM l7_policies WHERE route_id = ? AND type = ? AND value = ?",
            routeId,
            policy.type().label(),
            policy.value())
        > 0;
  }

  private static L7Policy read(Cells cells) throws SQLException, StoreException {
    return new L7Policy(
        cells.choice("type", L7Policy.Type.class, L7Policy.Type::label), cells.text("value"));
  }
}
