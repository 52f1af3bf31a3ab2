package dev.gatehouse.cli.top;

import dev.gatehouse.cli.daemon.StatusLine;
import dev.gatehouse.cli.listener.ListenerText;
import dev.gatehouse.cli.terminal.Terminal;
import dev.gatehouse.cli.text.Figures;
import dev.gatehouse.cli.text.PlainText;
import dev.gatehouse.cli.text.Table;
import dev.gatehouse.cli.text.TextStyle;
import dev.gatehouse.cli.text.Words;
import dev.gatehouse.cli.top.Refusals.Refusal;
import dev.gatehouse.client.daemon.RouteRate;
import dev.gatehouse.client.daemon.Status;
import dev.gatehouse.client.proxy.ListenerStatus;
import dev.gatehouse.client.tracker.TrackerStats;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** One look at the front door, for people. */
final class TopText {

  private static final String NONE = "-";

  private static final Comparator<RouteRate> BUSIEST_FIRST =
      Comparator.comparingLong(RouteRate::active)
          .thenComparingDouble(RouteRate::perSecond)
          .reversed()
          .thenComparing(RouteRate::hostname)
          .thenComparing(RouteRate::listener);

  private final Terminal terminal;
  private final int routes;

  /**
   * @param routes how many are shown at most
   */
  TopText(Terminal terminal, int routes) {
    this.terminal = terminal;
    this.routes = routes;
  }

  String of(Look look) {
    Status status = look.status();
    List<RouteRate> rates = status.traffic().rates();
    String more =
        rates.size() > routes
            ? "%d more routes; see them with --routes%n".formatted(rates.size() - routes)
            : "";
    return StatusLine.of(status)
        + "\n"
        + StatusLine.drift(status.configDrift())
        + "\n"
        + render(listeners(status.traffic().listeners()))
        + "\n"
        + render(routes(rates.stream().sorted(BUSIEST_FIRST).limit(routes).toList()))
        + more
        + "\n"
        + look.relay().map(now -> render(RelayTable.of(now)) + "\n").orElse("")
        + render(blocked(look.refusals()))
        + look.tracker().map(this::tracker).orElse("");
  }

  private String tracker(TrackerStats stats) {
    return "\n" + TrackerLines.summary(stats) + render(TrackerLines.table(stats));
  }

  private static Table listeners(List<ListenerStatus> listeners) {
    Table table = Table.of("LISTENER", "CONNS", "LIMIT", "STATE");
    for (ListenerStatus listener : listeners) {
      table.row(
          style(listener),
          List.of(
              PlainText.of(listener.addr()),
              Long.toString(listener.activeConnections()),
              ListenerText.limit(listener.maxConnections()),
              ListenerText.state(listener)));
    }
    return table;
  }

  private static Table routes(List<RouteRate> rates) {
    Table table =
        Table.of(
                "ROUTE",
                "LISTENER",
                "MODE",
                "ACTIVE",
                "NEW/S",
                "FROM CLIENT/S",
                "FROM BACKEND/S",
                "ERRORS/S",
                "DIAL P50",
                "DIAL P99")
            .shortening("LISTENER", "ROUTE");
    rates.forEach(
        rate ->
            table.row(
                rate.errorsPerSecond() > 0 ? TextStyle.YELLOW : TextStyle.PLAIN, cells(rate)));
    return table;
  }

  private static List<String> cells(RouteRate rate) {
    return List.of(
        PlainText.of(rate.hostname()),
        PlainText.of(rate.listener()),
        Words.of(rate.mode()),
        Long.toString(rate.active()),
        Figures.rate(rate.perSecond()),
        Figures.bytes(rate.bytesFromClientPerSecond()),
        Figures.bytes(rate.bytesFromBackendPerSecond()),
        Figures.rate(rate.errorsPerSecond()),
        span(rate.dialP50()),
        span(rate.dialP99()));
  }

  private static Table blocked(List<Refusal> refusals) {
    Table table = Table.of("BLOCKED BY", "COUNT", "NEW/S");
    for (Refusal refusal : refusals) {
      boolean now = refusal.perSecond().orElse(0) > 0;
      table.row(
          now ? TextStyle.YELLOW : TextStyle.PLAIN,
          List.of(
              PlainText.of(refusal.reason()),
              Long.toString(refusal.count()),
              refusal.perSecond().isPresent()
                  ? Figures.rate(refusal.perSecond().getAsDouble())
                  : NONE));
    }
    return table;
  }

  /** A full listener refuses whoever comes next. */
  private static TextStyle style(ListenerStatus listener) {
    boolean full =
        listener.maxConnections() > 0 && listener.activeConnections() >= listener.maxConnections();
    if (full) {
      return TextStyle.RED;
    }
    return listener.draining() ? TextStyle.YELLOW : TextStyle.PLAIN;
  }

  private static String span(Optional<Duration> span) {
    return span.map(Figures::span).orElse(NONE);
  }

  private String render(Table table) {
    return table.render(terminal.columns(), terminal.colours());
  }
}
