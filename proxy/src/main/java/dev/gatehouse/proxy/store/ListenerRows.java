package dev.gatehouse.proxy.store;

import dev.gatehouse.kernel.address.Cidr;
import dev.gatehouse.kernel.address.Endpoint;
import dev.gatehouse.kernel.address.ListenAddress;
import dev.gatehouse.net.listen.ListenerSettings.Guard;
import dev.gatehouse.proxy.config.ListenerConfig;
import dev.gatehouse.proxy.route.RouteName;
import dev.gatehouse.proxy.store.Database.Row;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** The table {@code listeners}; a listener is known by its address. */
record ListenerRows(Database database) {

  private static final String TABLE = "listeners";

  /** In the order of their coming, each without its routes. */
  List<Row<ListenerConfig>> listListeners() throws StoreException {
    return database.list(TABLE, "SELECT * FROM listeners ORDER BY id", ListenerRows::read);
  }

  OptionalLong getListenerId(Endpoint address) throws StoreException {
    return database
        .list(TABLE, "SELECT id FROM listeners WHERE addr = ?", Cells::id, address.toString())
        .stream()
        .mapToLong(Long::longValue)
        .findFirst();
  }

  /** Its routes have a table of their own. */
  long createListener(ListenerConfig listener) throws StoreException {
    return database.insert(
        """
        INSERT INTO listeners (
          proxy_protocol, trusted_proxies, default_route, no_sni_route, max_connections, addr)
        VALUES (?, ?, ?, ?, ?, ?)\
        """,
        listener.guard().proxyProtocol() ? 1 : 0,
        JsonTexts.write(listener.guard().trustedProxies()),
        name(listener.fallback()),
        name(listener.unnamed()),
        listener.guard().maxConnections(),
        listener.address().toString());
  }

  /** All but its limit; whether it is there. */
  boolean updateListener(ListenerConfig listener) throws StoreException {
    return database.update(
            """
            UPDATE listeners
            SET proxy_protocol = ?, trusted_proxies = ?, default_route = ?, no_sni_route = ?
            WHERE addr = ?\
            """,
            listener.guard().proxyProtocol() ? 1 : 0,
            JsonTexts.write(listener.guard().trustedProxies()),
            name(listener.fallback()),
            name(listener.unnamed()),
            listener.address().toString())
        > 0;
  }

  /** Whether the listener is there. */
  boolean updateListenerMaxConns(Endpoint address, int maxConnections) throws StoreException {
    return database.update(
            "UPDATE listeners SET max_connections = ? WHERE addr = ?",
            maxConnections,
            address.toString())
        > 0;
  }

  /** With its routes and their policies; whether it was there. */
  boolean deleteListener(Endpoint address) throws StoreException {
    return database.update("DELETE FROM listeners WHERE addr = ?", address.toString()) > 0;
  }

  private static String name(Optional<RouteName> route) {
    return route.map(RouteName::toString).orElse("");
  }

  private static Row<ListenerConfig> read(Cells cells) throws SQLException, StoreException {
    ListenerConfig listener =
        new ListenerConfig(
            cells.parsed("addr", ListenAddress.EXPECTED, ListenAddress::parse),
            new Guard(
                cells.flag("proxy_protocol"),
                cells.parsedAll(
                    "trusted_proxies", "a network such as 10.0.0.0/8", ListenerRows::cidr),
                (int) cells.number("max_connections", 0, Integer.MAX_VALUE)),
            List.of(),
            routeName(cells, "default_route"),
            routeName(cells, "no_sni_route"));
    return new Row<>(cells.id(), listener);
  }

  private static Optional<RouteName> routeName(Cells cells, String column)
      throws SQLException, StoreException {
    return cells.text(column).isEmpty()
        ? Optional.empty()
        : Optional.of(cells.parsed(column, RouteName.EXPECTED, RouteName::parse));
  }

  private static Optional<Cidr> cidr(String text) {
    return switch (Cidr.read(text)) {
      case Cidr.Read.Network(Cidr cidr) -> Optional.of(cidr);
      case Cidr.Read.Refused _ -> Optional.empty();
    };
  }
}
