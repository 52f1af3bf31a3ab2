package dev.gatehouse.cli.listener;

import dev.gatehouse.cli.text.Json;
import dev.gatehouse.cli.text.PlainText;
import dev.gatehouse.cli.text.Table;
import dev.gatehouse.cli.text.TextStyle;
import dev.gatehouse.client.proxy.ListenerStatus;
import java.util.List;

/** Listeners of the front door as text. */
public final class ListenerText {

  private static final String NONE = "-";

  private ListenerText() {}

  /** A row for each. */
  public static Table table(List<ListenerStatus> listeners) {
    Table table =
        Table.of(
                "LISTENER",
                "BOUND",
                "ROUTES",
                "CONNS",
                "LIMIT",
                "PROXY FROM",
                "DEFAULT ROUTE",
                "NO SNI ROUTE",
                "STATE")
            .shortening("PROXY FROM", "NO SNI ROUTE", "DEFAULT ROUTE");
    for (ListenerStatus listener : listeners) {
      table.row(listener.draining() ? TextStyle.YELLOW : TextStyle.PLAIN, cells(listener));
    }
    return table;
  }

  private static List<String> cells(ListenerStatus listener) {
    return List.of(
        PlainText.of(listener.addr()),
        PlainText.orDash(listener.boundAddr()),
        Integer.toString(listener.routeCount()),
        Long.toString(listener.activeConnections()),
        limit(listener.maxConnections()),
        proxyFrom(listener),
        PlainText.orDash(listener.defaultRoute()),
        PlainText.orDash(listener.noSniRoute()),
        state(listener));
  }

  /** Whether it takes new connections, in a word. */
  public static String state(ListenerStatus listener) {
    return listener.draining() ? "draining" : "open";
  }

  /** A limit in words; none is a dash. */
  public static String limit(long maxConnections) {
    return maxConnections == 0 ? NONE : Long.toString(maxConnections);
  }

  private static String proxyFrom(ListenerStatus listener) {
    if (!listener.proxyProtocol()) {
      return NONE;
    }
    return listener.trustedProxies().isEmpty()
        ? "anybody"
        : PlainText.of(String.join(", ", listener.trustedProxies()));
  }

  /** The fields of one, for programs. */
  public static void json(Json json, ListenerStatus listener) {
    json.text("addr", listener.addr())
        .text("bound_addr", listener.boundAddr())
        .number("routes", listener.routeCount())
        .number("active_connections", listener.activeConnections())
        .number("max_connections", listener.maxConnections())
        .truth("proxy_protocol", listener.proxyProtocol())
        .texts("trusted_proxies", listener.trustedProxies())
        .text("default_route", listener.defaultRoute())
        .text("no_sni_route", listener.noSniRoute())
        .truth("draining", listener.draining());
  }
}
