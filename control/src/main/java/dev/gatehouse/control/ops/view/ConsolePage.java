package dev.gatehouse.control.ops.view;

import dev.gatehouse.control.ServerView;
import dev.gatehouse.control.ops.page.Answer;
import dev.gatehouse.control.ops.page.Page;
import dev.gatehouse.watch.WatchView;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The whole daemon on one page, for a browser at the far end of a tunnel. */
public final class ConsolePage implements Page {

  /** Where the page finds its style; the policy of the page allows nothing from elsewhere. */
  public static final String STYLE_PATH = "/console/style.css";

  private static final Map<String, String> HEADERS =
      Map.of("Content-Security-Policy", "default-src 'self'; frame-ancestors 'none'");

  private static final String HEAD =
      """
      <!DOCTYPE html>
      <html lang="en">
      <head>
      <meta charset="utf-8">
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <meta http-equiv="refresh" content="30">
      <title>Gatehouse</title>
      <link rel="stylesheet" href="/console/style.css">
      </head>
      <body>
      <header>
      <h1>Gatehouse</h1>
      """;

  private final ServerView server;
  private final @Nullable WatchView watch;

  /** Without a watch there is no table of exposure. */
  public ConsolePage(ServerView server, @Nullable WatchView watch) {
    this.server = server;
    this.watch = watch;
  }

  /** The style sheet. */
  public static Answer style() {
    return new Answer(200, "text/css; charset=utf-8", StyleSheet.CSS, HEADERS);
  }

  @Override
  public Answer answer(String accept) {
    Html html = new Html().markup(HEAD);
    html.element("p", "about", "version " + server.version() + " \u00b7 up " + up(server.uptime()));
    html.markup("</header>\n<main>\n");
    services(html);
    listeners(html);
    if (watch != null) {
      ExposureTable.write(html, watch.exposure(false));
    }
    html.markup("</main>\n</body>\n</html>\n");
    return new Answer(200, "text/html; charset=utf-8", html.toString(), HEADERS);
  }

  private void services(Html html) {
    html.markup("<h2>Services</h2>\n<ul class=\"services\">\n");
    for (ServerView.Service service : server.services()) {
      html.markup("<li class=\"" + service.state().label() + "\">")
          .element("strong", service.name())
          .element("span", service.state().label());
      service.waitingFor().forEach(reason -> html.element("em", "waits for " + reason));
      html.markup("</li>\n");
    }
    html.markup("</ul>\n");
  }

  private void listeners(Html html) {
    html.markup("<h2>Own listeners</h2>\n<div class=\"scroll\"><table>\n<thead><tr>");
    html.element("th", "SERVICE").element("th", "PROTO").element("th", "ADDRESS");
    html.markup("</tr></thead>\n<tbody>\n");
    for (ServerView.Listening listening : server.listeners()) {
      html.markup("<tr>")
          .element("td", listening.service())
          .element("td", listening.protocol())
          .element("td", listening.address())
          .markup("</tr>\n");
    }
    html.markup("</tbody></table></div>\n");
  }

  private static String up(Duration uptime) {
    return uptime.toDays() > 0
        ? "%d d %d h".formatted(uptime.toDays(), uptime.toHoursPart())
        : "%d h %d min %d s"
            .formatted(uptime.toHours(), uptime.toMinutesPart(), uptime.toSecondsPart());
  }
}
