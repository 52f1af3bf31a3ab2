package dev.gatehouse.control.ops.view;

import dev.gatehouse.kernel.address.AddressScope;
import dev.gatehouse.watch.exposure.Drift;
import dev.gatehouse.watch.exposure.ExposureSnapshot;
import dev.gatehouse.watch.exposure.Listener;
import dev.gatehouse.watch.exposure.Verdict;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;

/** What the host exposes, as a section of the console. */
final class ExposureTable {

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss 'UTC'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  private ExposureTable() {}

  static void write(Html html, ExposureSnapshot snapshot) {
    List<Listener> own =
        snapshot.listeners().stream().filter(row -> row.binding().isOwnNetns()).toList();
    html.markup("<h2>Exposure</h2>\n").element("p", "about", about(snapshot, own));
    if (snapshot.stale()) {
      html.element("p", "warning", "This is an older scan: a newer one did not come in time.");
    }
    rows(html, own);
    drift(html, snapshot.drift());
    snapshot.warnings().forEach(warning -> html.element("p", "about", warning));
  }

  private static String about(ExposureSnapshot snapshot, List<Listener> own) {
    long open = own.stream().filter(row -> row.scope() == AddressScope.PUBLIC).count();
    return "%s \u00b7 %d listeners, %d public"
        .formatted(TIME.format(snapshot.takenAt()), own.size(), open);
  }

  private static void rows(Html html, List<Listener> own) {
    html.markup("<div class=\"scroll\"><table>\n<thead><tr>");
    ExposureRow.COLUMNS.forEach(column -> html.element("th", column));
    html.markup("</tr></thead>\n<tbody>\n");
    for (Listener listener : own) {
      html.markup("<tr class=\"" + style(listener) + "\">");
      ExposureRow.cells(listener).forEach(cell -> html.element("td", cell));
      html.markup("</tr>\n");
    }
    html.markup("</tbody></table></div>\n");
  }

  private static void drift(Html html, List<Drift> drift) {
    if (drift.isEmpty()) {
      return;
    }
    html.markup("<h2>Drift</h2>\n<ul class=\"drifts\">\n");
    for (Drift difference : drift) {
      html.element("li", sentence(difference));
    }
    html.markup("</ul>\n");
  }

  private static String sentence(Drift drift) {
    String what =
        drift
            .listener()
            .map(ExposureRow::cells)
            .map(cells -> cells.get(0) + " " + cells.get(1) + " of " + cells.get(3))
            .orElse(drift.expected());
    return "%s: %s, since %s; %s"
        .formatted(drift.kind().label(), what, TIME.format(drift.since()), drift.remedy());
  }

  private static String style(Listener listener) {
    if (ExposureRow.isDrift(listener)) {
      return "drift";
    }
    if (listener.verdict() == Verdict.OWN) {
      return "own";
    }
    return listener.scope().label();
  }
}
