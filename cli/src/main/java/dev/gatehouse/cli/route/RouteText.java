package dev.gatehouse.cli.route;

import dev.gatehouse.cli.text.PlainText;
import dev.gatehouse.cli.text.Table;
import dev.gatehouse.cli.text.TextStyle;
import dev.gatehouse.cli.text.Words;
import dev.gatehouse.client.proxy.BackendTls;
import dev.gatehouse.client.proxy.Route;
import dev.gatehouse.client.proxy.RouteStatus;
import java.util.List;
import java.util.Optional;

/** Routes for people. */
final class RouteText {

  private static final String NONE = "-";

  private RouteText() {}

  static Table table(List<Route> routes) {
    Table table =
        Table.of(
                "LISTENER",
                "HOSTNAME",
                "MODE",
                "BACKEND",
                "PROTOCOL",
                "TLS",
                "POLICIES",
                "STATE",
                "CONNS")
            .shortening("BACKEND");
    routes.forEach(route -> table.row(style(route), cells(route)));
    return table;
  }

  /** What is wrong with which route, and what the marks mean. */
  static String foot(List<Route> routes) {
    StringBuilder foot = new StringBuilder();
    for (Route route : routes) {
      route
          .status()
          .map(RouteStatus::detail)
          .filter(detail -> !detail.isEmpty())
          .ifPresent(
              detail ->
                  foot.append(
                      "%s: %s%n".formatted(PlainText.of(route.hostname()), PlainText.of(detail))));
    }
    return routes.stream().anyMatch(RouteText::isUnverified)
        ? foot.append("! the certificate of the backend is not verified\n").toString()
        : foot.toString();
  }

  private static List<String> cells(Route route) {
    Optional<RouteStatus> status = route.status();
    return List.of(
        PlainText.orDash(status.map(RouteStatus::listener).orElse("")),
        PlainText.of(route.hostname()),
        Words.of(route.mode()),
        PlainText.of(String.join(", ", route.backends().addresses()))
            + (isUnverified(route) ? " !" : ""),
        protocol(route),
        tls(route),
        Integer.toString(route.policies().size()),
        status.map(known -> Words.of(known.state()).replace('_', ' ')).orElse(NONE),
        status.map(known -> Long.toString(known.activeConnections())).orElse(NONE));
  }

  private static String protocol(Route route) {
    String learned = route.status().map(RouteStatus::learnedProtocol).orElse("");
    return switch (route.mode()) {
      case L4 -> NONE;
      case L7, UNKNOWN ->
          Words.of(route.backends().protocol())
              + (learned.isEmpty() ? "" : " (" + PlainText.of(learned) + ")");
    };
  }

  private static String tls(Route route) {
    return switch (route.mode()) {
      case L4 -> "passed through";
      case L7 -> route.backends().tls().used() ? "re-encrypted" : "ends here";
      case UNKNOWN -> NONE;
    };
  }

  private static boolean isUnverified(Route route) {
    BackendTls tls = route.backends().tls();
    return tls.used() && !tls.verified();
  }

  private static TextStyle style(Route route) {
    RouteStatus.State state =
        route.status().map(RouteStatus::state).orElse(RouteStatus.State.UNKNOWN);
    return switch (state) {
      case BACKEND_DOWN, CERTIFICATE_UNAVAILABLE -> TextStyle.RED;
      case SERVING, UNKNOWN -> isUnverified(route) ? TextStyle.YELLOW : TextStyle.PLAIN;
    };
  }
}
